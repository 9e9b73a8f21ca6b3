import type { Candles } from "../candles/candles.ts";
import type { BarSource } from "./features.ts";
import type { Reading } from "./gate.ts";
import { type Indicators, indicatorsOf } from "./indicators.ts";
import { structureAt } from "./structure.ts";
import { swingsOf } from "./swings.ts";
import { type HigherTimeframe, higherTimeframe } from "./timeframes.ts";
import { trendsOf } from "./trends.ts";
import { volumeRatios } from "./volumeRatio.ts";

/** Candles of one symbol without a break, with everything the scanner derives from them, bar by bar. No element depends on a later bar, except in `swings`. */
export interface Series extends BarSource {
  readonly candles: Candles;
  readonly indicators: Indicators;
  readonly volumeRatio: Float64Array;
  readonly trend15m: Int8Array;
  readonly hour: HigherTimeframe;
  readonly fourHours: HigherTimeframe;
}

/** Derives the series of candles without a break, in time proportional to its candles. */
export function seriesOf(candles: Candles): Series {
  const indicators = indicatorsOf(candles);
  const swings = swingsOf(candles);
  return {
    candles,
    indicators,
    volumeRatio: volumeRatios(candles.volume),
    trend15m: trendsOf(candles.close, indicators),
    hour: higherTimeframe(candles, 1),
    fourHours: higherTimeframe(candles, 4),
    swings,
    atrAt: (bar) => indicators.atr14[bar]!,
    structureAt: (bar, direction) => structureAt(candles, swings, bar, direction),
  };
}

/** The inputs of the gate and the signal score, as of a bar's close. */
export function readingAt(series: Series, bar: number): Reading {
  return {
    trends: [series.trend15m[bar]!, series.hour.trend[bar]!, series.fourHours.trend[bar]!],
    emaDistance1h: series.hour.emaDistance[bar]!,
    macdShare: series.indicators.macdHistogram[bar]! / series.candles.close[bar]!,
    rsi14: series.indicators.rsi14[bar]!,
    volumeRatio: series.volumeRatio[bar]!,
  };
}
