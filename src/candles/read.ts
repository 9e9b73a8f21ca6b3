import { InputError } from "../errors.ts";
import type { Candles, Market } from "./candles.ts";
import { selectCandleFiles } from "./folder.ts";
import { type ReadOptions, readCandleFile } from "./readFile.ts";

export interface MarketReadOptions extends ReadOptions {
  /** All of the folder unless said. */
  readonly symbols?: readonly string[];
}

/**
 * The candles of a folder, symbol by symbol in order of name: one at a time in memory unless the caller keeps them.
 * A symbol without a candle in the span is left out unless it was asked for by name; if none has one, that is an InputError.
 */
export async function* streamCandles(dir: string, options: MarketReadOptions): AsyncGenerator<Candles> {
  let outside: InputError | null = null;
  let isEmpty = true;
  for (const { path, symbol } of await selectCandleFiles(dir, options.timeframeMs, options.symbols)) {
    let candles: Candles;
    try {
      candles = await readCandleFile(path, symbol, options);
    } catch (error) {
      if (options.symbols || !(error instanceof InputError && error.code === "CANDLE_SPAN")) throw error;
      outside = error;
      continue;
    }
    isEmpty = false;
    yield candles;
  }
  if (isEmpty && outside) throw outside;
}

/** The whole market of a folder, in memory at once. */
export async function readMarket(dir: string, options: MarketReadOptions): Promise<Market> {
  const bySymbol = new Map<string, Candles>();
  for await (const candles of streamCandles(dir, options)) bySymbol.set(candles.symbol, candles);
  return { timeframeMs: options.timeframeMs, bySymbol };
}
