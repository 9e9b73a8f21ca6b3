import type { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { type Candles, endTimeMs, type Market } from "./candles.ts";
import { type CandleFile, selectCandleFiles } from "./folder.ts";
import { newestOpenTimeMs } from "./newest.ts";
import { readCandleFile } from "./readFile.ts";
import type { RowRules } from "./rowCollector.ts";
import { checkSpan, outsideSpan, type Span, sliced, type Window, windowOf } from "./span.ts";

export interface MarketReadOptions extends Span, RowRules {
  /** All by default. */
  readonly symbols?: readonly string[];
}

/** Called for each symbol with no candles in the requested span. */
export type OnLeftOut = (symbol: string) => void;

/**
 * The candles of a folder, symbol by symbol in order of name: one at a time in memory unless the caller keeps them. All share one span:
 * symbols with no candles in it are left out and reported to `onLeftOut`; if none has any, that is an InputError.
 */
export async function* streamCandles(
  dir: string,
  options: MarketReadOptions,
  onLeftOut: OnLeftOut = () => undefined,
): AsyncGenerator<Candles> {
  checkSpan(options);
  const files = await selectCandleFiles(dir, options.timeframeMs, options.symbols);
  const window = await windowOfFiles(files, options);
  let outside: InputError | null = null;
  let isEmpty = true;
  for (const { path, symbol } of files) {
    const whole = await readCandleFile(path, symbol, options);
    const candles = sliced(whole, window);
    if (candles) {
      isEmpty = false;
      yield candles;
      continue;
    }
    onLeftOut(symbol);
    outside ??= outsideSpan(whole, escaped(path));
  }
  if (isEmpty && outside) throw outside;
}

/** The whole market of a folder, in memory at once. */
export async function readMarket(
  dir: string,
  options: MarketReadOptions,
  onSymbol: () => void = () => undefined,
): Promise<Market> {
  const bySymbol = new Map<string, Candles>();
  const leftOut: string[] = [];
  for await (const candles of streamCandles(dir, options, (symbol) => leftOut.push(symbol))) {
    bySymbol.set(candles.symbol, candles);
    onSymbol();
  }
  return { timeframeMs: options.timeframeMs, bySymbol, leftOut };
}

/** Days are counted from the newest candle of any symbol: the last row of each file tells it. */
async function windowOfFiles(files: readonly CandleFile[], options: MarketReadOptions): Promise<Window> {
  const { timeframeMs, nowMs = Date.now() } = options;
  let newestEndMs = Number.NEGATIVE_INFINITY;
  if (options.days !== undefined)
    for (const { path, symbol } of files) newestEndMs = Math.max(newestEndMs, await endOf(path, symbol, options));
  // A candle that has not closed yet ends the one before.
  const endMs = newestEndMs > nowMs ? newestEndMs - timeframeMs : newestEndMs;
  return windowOf(options, timeframeMs, endMs);
}

async function endOf(path: string, symbol: string, options: MarketReadOptions): Promise<number> {
  const last = await newestOpenTimeMs(path, options);
  if (last !== null) return last + options.timeframeMs;
  // Whatever is wrong with its last line, reading the whole file will tell.
  const candles = await readCandleFile(path, symbol, options);
  return endTimeMs(candles);
}
