import type { Candles } from "./candles.ts";

/** Where the bars of a higher timeframe lie: on its grid since the epoch, or as far off it as the candles are off their own. */
export interface HigherGrid {
  readonly candlesPerBar: number;
  /** Slot 0 of the candles, counted in whole candles since the epoch. A slot's bar is its number over `candlesPerBar`, rounded down. */
  readonly firstSlot: number;
  /** By how much candles and bars are off their grids, milliseconds. */
  readonly offsetMs: number;
}

/** The grid of bars of `spanMs`, a multiple of the candles' timeframe. */
export function higherGrid({ timeframeMs, firstOpenTimeMs }: Candles, spanMs: number): HigherGrid {
  const firstSlot = Math.floor(firstOpenTimeMs / timeframeMs);
  return { candlesPerBar: spanMs / timeframeMs, firstSlot, offsetMs: firstOpenTimeMs - firstSlot * timeframeMs };
}
