import { activationsOf, penaltyOf } from "../../src/opportunities/activations.ts";
import { consensusOf } from "../../src/opportunities/gate.ts";
import { signalScore } from "../../src/opportunities/score.ts";
import type { Snapshot } from "../../src/opportunities/snapshot.ts";
import { components, defaultWeights } from "../../src/opportunities/weights.ts";

/** A bar as the older system kept it: numbers, words for trends, and holes. */
export type LegacySnapshot = Readonly<Record<string, number | string | null>>;

/** Weights by the older system's names, all or some of a type's. */
export type LegacyWeights = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A cell as a number; what is missing or no number counts as `otherwise`. */
function numberIn(snapshot: LegacySnapshot, name: string, otherwise: number): number {
  const cell = snapshot[name];
  if (cell === null || cell === undefined || cell === "") return otherwise;
  const value = Number(cell);
  return Number.isFinite(value) ? value : otherwise;
}

/** 多头 is up, 空头 is down, 强势 is strong; any other word has no side. */
function trendIn(snapshot: LegacySnapshot, name: string): number {
  const word = String(snapshot[name] ?? "");
  const strength = word.includes("强势") ? 2 : 1;
  return word.includes("多头") ? strength : word.includes("空头") ? -strength : 0;
}

/**
 * The older system's bar in our words. A missing close lies below every support and its ATR share is of 1; a missing open or close
 * leaves no body and no wicks.
 */
function snapshotOf(legacy: LegacySnapshot): Snapshot {
  const cell = (name: string): number => numberIn(legacy, name, 0);
  const close = cell("close");
  const isWhole = close > 0 && cell("open") > 0;
  return {
    open: isWhole ? cell("open") : close,
    high: isWhole ? cell("high") : close,
    low: isWhole ? cell("low") : close,
    close,
    volumeRatio: numberIn(legacy, "volume_ratio", 1),
    support: cell("support") || Number.NaN,
    resistance: cell("resistance") || Number.NaN,
    trends: [trendIn(legacy, "trend_15m"), trendIn(legacy, "trend_1h"), trendIn(legacy, "trend_4h")],
    emaDistance1h: Math.abs(cell("ema20_1h") - cell("ema50_1h")) / cell("ema50_1h"),
    atrShare: cell("atr") / (close || 1),
    rsi14: numberIn(legacy, "rsi_14", 50),
  };
}

/** Score of a bar under the older system's rule: undirected activations, defaults for the weights that are not given. */
export function legacySignalScore(legacy: LegacySnapshot, type: string, given: LegacyWeights | null): number {
  const weights = {
    ...defaultWeights(type).values,
    ...(given && type === "scalping" && { pattern: 12, trend_align: 10 }),
    ...given?.[`${type}_score_weights`],
  };
  const snapshot = snapshotOf(legacy);
  return signalScore(components, activationsOf(snapshot, type, 0), penaltyOf(snapshot.rsi14, type), weights);
}

/** Consensus of a bar under the older system's rule: its MACD bound is 0.01 in price units, whatever the price. */
export function legacyConsensus(legacy: LegacySnapshot): number {
  const macdShare = Math.abs(numberIn(legacy, "macd_histogram", 0)) >= 0.01 ? 1 : 0;
  return consensusOf({ ...snapshotOf(legacy), macdShare });
}
