import type { BarSource } from "./features.ts";
import type { Reading } from "./gate.ts";
import { levelsAt } from "./levels.ts";

/** One bar as the components of the signal score see it. Ratios and distances are fractions; trends -2..2; levels NaN if none. */
export interface Snapshot extends Omit<Reading, "macdShare"> {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Levels around the previous close: a breakout passes a level that existed before its bar. */
  readonly support: number;
  readonly resistance: number;
  /** ATR over close. */
  readonly atrShare: number;
}

/** The snapshot of a bar after the first. */
export function snapshotAt(source: BarSource, bar: number, reading: Reading): Snapshot {
  const { open, high, low, close } = source.candles;
  const { trends, emaDistance1h, rsi14, volumeRatio } = reading;
  const { support, resistance } = levelsAt(source.candles, source.swings, bar - 1);
  // Listed one by one: objects made by spreading survive collections, and the heap grows to twice the size.
  return {
    trends,
    emaDistance1h,
    rsi14,
    volumeRatio,
    support,
    resistance,
    open: open[bar]!,
    high: high[bar]!,
    low: low[bar]!,
    close: close[bar]!,
    atrShare: source.atrAt(bar) / close[bar]!,
  };
}
