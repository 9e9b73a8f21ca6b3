/** A run of missing candles that was filled flat: the first filled bar and how many bars. */
export interface Gap {
  readonly bar: number;
  readonly bars: number;
}

/** What was mended or dropped while reading. */
export interface CandleDefects {
  /** Missing candles filled flat at the last close with volume 0. */
  readonly filled: number;
  /** Rows equal to the row before them, dropped. */
  readonly duplicates: number;
  /** Impossible rows dropped under `--lenient`. */
  readonly dropped: number;
}

/**
 * One symbol's candles as columns on a regular grid: bar i opens at `firstOpenTimeMs + i * timeframeMs`, without holes.
 * Prices in quote currency, all > 0; the columns have `count` elements each.
 */
export interface Candles {
  readonly symbol: string;
  readonly timeframeMs: number;
  /** Open time of bar 0, epoch ms UTC, a multiple of the timeframe. */
  readonly firstOpenTimeMs: number;
  readonly count: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Empty where it was read `withVolume: false`: only the scanner needs it. */
  readonly volume: Float64Array;
  readonly gaps: readonly Gap[];
  readonly defects: CandleDefects;
}

/** One market: the candles of several symbols, by symbol, in one timeframe. */
export interface Market {
  readonly timeframeMs: number;
  readonly bySymbol: ReadonlyMap<string, Candles>;
}

/** Open time of a bar, epoch ms UTC. */
export function openTimeMs(candles: Candles, bar: number): number {
  return candles.firstOpenTimeMs + bar * candles.timeframeMs;
}

/** The bar that opens at exactly this time, or -1 where there is none. */
export function barAt(candles: Candles, timeMs: number): number {
  const bar = (timeMs - candles.firstOpenTimeMs) / candles.timeframeMs;
  return Number.isInteger(bar) && bar >= 0 && bar < candles.count ? bar : -1;
}
