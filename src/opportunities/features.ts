import type { Candles } from "../candles/candles.ts";
import type { Reading, Signal } from "./gate.ts";
import { levelHistory, levelsAt, riskReward } from "./levels.ts";
import type { Structure } from "./structure.ts";
import type { Swings } from "./swings.ts";

/** The scanner's features, in the order of the table's columns. */
export const scannedFeatures = [
  "signal_score",
  "indicator_consensus",
  "risk_reward",
  "volume_ratio",
  "rsi_14",
  "atr_pct",
  "macd_hist_pct",
  "trend_15m",
  "trend_1h",
  "trend_4h",
  "kline_ratio",
  "price_chg_pct",
  "mkt_struct",
  "mkt_struct_age_hours",
  "sr_tests",
  "sr_false_breaks",
  "volume_surge",
] as const;

const recentBars = 10;
const levelHistoryHours = 7 * 24;

/** What the features of a bar are made of, besides its reading. */
export interface BarSource {
  readonly candles: Pick<Candles, "timeframeMs" | "count" | "slots" | "open" | "high" | "low" | "close">;
  /** At a bar, only those known by then are used. */
  readonly swings: Swings;
  /** ATR 14 at the close of a bar, price units. */
  atrAt(bar: number): number;
  /** Market structure at the close of a bar. */
  structureAt(bar: number, direction: 1 | -1): Structure;
}

/** A value for each feature in the order of `scannedFeatures`, as of the close of `bar`; percent of price where the name says `pct`. */
export function featuresAt(source: BarSource, bar: number, reading: Reading, signal: Signal, score: number): number[] {
  const { candles, swings } = source;
  const { direction, consensus } = signal;
  const close = candles.close[bar]!;
  const hoursPerBar = candles.timeframeMs / 3_600_000;
  const levels = levelsAt(candles, swings, bar);
  const supporting = direction === 1 ? levels.support : levels.resistance;
  const history = levelHistory(candles, supporting, bar, levelHistoryHours / hoursPerBar, direction);
  const structure = source.structureAt(bar, direction);
  return [
    score,
    consensus,
    riskReward(close, levels, direction),
    reading.volumeRatio,
    reading.rsi14,
    (100 * source.atrAt(bar)) / close,
    100 * reading.macdShare,
    ...reading.trends,
    klineRatio(candles, bar, direction),
    priceChange(candles, bar),
    structure.holds ? 1 : 0,
    structure.ageBars * hoursPerBar,
    history.tests,
    history.falseBreaks,
    volumeSurge(reading.volumeRatio),
  ];
}

/** Share of the last 10 candles that closed in the direction; a close at the open is in neither. */
export function klineRatio({ open, close }: Pick<Candles, "open" | "close">, bar: number, direction: 1 | -1): number {
  let count = 0;
  for (let at = bar - recentBars + 1; at <= bar; at++) if (direction * (close[at]! - open[at]!) > 0) count++;
  return count / recentBars;
}

/** How far the close has moved from the one 10 candles before, percent, either way. */
export function priceChange({ close }: Pick<Candles, "close">, bar: number): number {
  const before = close[bar - recentBars]!;
  return (100 * Math.abs(close[bar]! - before)) / before;
}

/** Grade of a volume ratio, 0-3. */
export function volumeSurge(volumeRatio: number): number {
  return volumeRatio >= 3 ? 3 : volumeRatio >= 2 ? 2 : volumeRatio >= 1.5 ? 1 : 0;
}
