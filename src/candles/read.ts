import type { Candles, Market } from "./candles.ts";
import { selectCandleFiles } from "./folder.ts";
import { type ReadOptions, readCandleFile } from "./readFile.ts";

export interface MarketReadOptions extends ReadOptions {
  /** All of the folder unless said. */
  readonly symbols?: readonly string[];
}

/** The candles of a folder, symbol by symbol in order of name: one at a time in memory unless the caller keeps them. */
export async function* streamCandles(dir: string, options: MarketReadOptions): AsyncGenerator<Candles> {
  for (const { path, symbol } of await selectCandleFiles(dir, options.timeframeMs, options.symbols))
    yield await readCandleFile(path, symbol, options);
}

/** The whole market of a folder. */
export async function readMarket(dir: string, options: MarketReadOptions): Promise<Market> {
  const bySymbol = new Map<string, Candles>();
  for await (const candles of streamCandles(dir, options)) bySymbol.set(candles.symbol, candles);
  return { timeframeMs: options.timeframeMs, bySymbol };
}
