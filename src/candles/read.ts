import type { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { type Candles, endTimeMs, type Market } from "./candles.ts";
import { selectCandleFiles } from "./folder.ts";
import { newestOpenTimeMs } from "./newest.ts";
import { readSeries } from "./readSeries.ts";
import { resampled } from "./resample.ts";
import type { RowRules } from "./rowCollector.ts";
import type { SeriesFiles } from "./seriesFiles.ts";
import { checkSpan, outsideSpan, type Span, sliced, type Window, windowOf } from "./span.ts";

export interface MarketReadOptions extends Span, RowRules {
  /** All by default. */
  readonly symbols?: readonly string[];
}

/** Called for each symbol with no candles in the requested span. */
export type OnLeftOut = (symbol: string) => void;

/**
 * The candles of a folder, symbol by symbol in order of name: one at a time in memory unless the caller keeps them. All share one span:
 * symbols with no candles in it are left out and reported to `onLeftOut`, and how many are read to `onRead`, which may throw to stop; if none has any, that is an InputError.
 */
export async function* streamCandles(
  dir: string,
  options: MarketReadOptions,
  onLeftOut: OnLeftOut = () => undefined,
  onRead: (done: number, all: number) => void = () => undefined,
): AsyncGenerator<Candles> {
  checkSpan(options);
  const series = await selectCandleFiles(dir, options.timeframeMs, options.symbols);
  const window = await windowOfFiles(series, options);
  let outside: InputError | null = null;
  let isEmpty = true;
  for (const [k, each] of series.entries()) {
    const whole = await candlesOf(each, options);
    onRead(k + 1, series.length);
    const candles = sliced(whole, window);
    if (candles) {
      isEmpty = false;
      yield candles;
      continue;
    }
    onLeftOut(each.symbol);
    outside ??= outsideSpan(whole, escaped(each.files[0]!.path));
  }
  if (isEmpty && outside) throw outside;
}

/** The whole market of a folder, in memory at once. */
export async function readMarket(
  dir: string,
  options: MarketReadOptions,
  onSymbol: (done: number, all: number) => void = () => undefined,
): Promise<Market> {
  const bySymbol = new Map<string, Candles>();
  const leftOut: string[] = [];
  const onLeftOut = (symbol: string): number => leftOut.push(symbol);
  for await (const candles of streamCandles(dir, options, onLeftOut, onSymbol)) bySymbol.set(candles.symbol, candles);
  return { timeframeMs: options.timeframeMs, bySymbol, leftOut };
}

/** One series in the timeframe that is wanted, resampled if its files have a smaller one. */
export async function candlesOf(series: SeriesFiles, rules: RowRules): Promise<Candles> {
  const candles = await readSeries(series, rules);
  return series.timeframeMs === rules.timeframeMs ? candles : resampled(candles, rules);
}

/** Days are counted from the newest candle of any symbol: the newest row of each file tells it. */
export async function windowOfFiles(series: readonly SeriesFiles[], options: MarketReadOptions): Promise<Window> {
  let newestEndMs = Number.NEGATIVE_INFINITY;
  if (options.days !== undefined)
    for (const each of series) newestEndMs = Math.max(newestEndMs, await endOf(each, options));
  return windowOf(options, options.timeframeMs, newestEndMs);
}

/** Close of a series' newest whole candle, epoch ms. */
async function endOf(series: SeriesFiles, options: MarketReadOptions): Promise<number> {
  const { timeframeMs: ownMs } = series;
  const { timeframeMs, nowMs = Date.now() } = options;
  let last = Number.NEGATIVE_INFINITY;
  for (const { path } of series.files) {
    const newest = await newestOpenTimeMs(path, options);
    // Whatever is wrong with its last line, reading the whole file will tell.
    if (newest === null) return endTimeMs(await candlesOf(series, options));
    last = Math.max(last, newest);
  }
  // A candle that has not closed yet ends the one before.
  const end = last + ownMs > nowMs ? last : last + ownMs;
  const offsetMs = last % ownMs;
  return Math.floor((end - offsetMs) / timeframeMs) * timeframeMs + offsetMs;
}
