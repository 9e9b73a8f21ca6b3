import * as abi from "../core/abi.ts";
import { noLoss } from "./metrics.ts";
import type { Metrics } from "./trades.ts";

export interface ScoredSet {
  readonly score: number;
  readonly metrics: Metrics;
}

/** How sets are put in order by an objective, and the numbers by which the core does the same; see assembly/scores.ts. */
export interface ScoreOrder {
  /** Below 0 if `a` comes first; 0 if they are equally good. */
  readonly compare: (a: ScoredSet, b: ScoredSet) => number;
  /** One number that orders sets so; a key of the core is never below it. */
  readonly key: (score: number, metrics: Metrics) => number;
  /** How far two keys of one set may differ that were summed in different orders. */
  readonly tolerance: (key: number) => number;
  /** Whether a key stands for a set whose score is certainly the least that a gaining set can have: of such only the rank decides. */
  readonly isCertainlyZero: (key: number) => boolean;
}

/** By score alone, which is the key. */
export const byScore: ScoreOrder = {
  compare: (a, b) => b.score - a.score,
  key: (score) => score,
  tolerance: toleranceOf,
  isCertainlyZero: () => false,
};

/** By a gain over a loss: at the cap, which is its value without a loss, by total_return; a ratio above the cap stands above those. */
export const byRatio: ScoreOrder = {
  compare: (a, b) => b.score - a.score || (a.score === noLoss ? b.metrics.total_return - a.metrics.total_return : 0),
  key: (score, { total_return }) => {
    if (score === noLoss) return abi.CAPPED_KEY + total_return;
    return score > noLoss ? abi.BEYOND_KEY + score : score;
  },
  tolerance: toleranceOf,
  isCertainlyZero: () => false,
};

/** Those that gain before those that do not, then by score. */
export const gainingFirst: ScoreOrder = {
  compare: (a, b) => Number(gains(b.metrics)) - Number(gains(a.metrics)) || b.score - a.score,
  key: (score, metrics) => (gains(metrics) ? abi.GAIN_KEY + score : score),
  tolerance: (key) => toleranceOf(key >= abi.GAIN_KEY ? key - abi.GAIN_KEY : key),
  isCertainlyZero: (key) => key === abi.GAIN_KEY,
};

function gains({ avg_return }: Metrics): boolean {
  return avg_return > 0;
}

function toleranceOf(key: number): number {
  if (key >= abi.BEYOND_KEY) return Math.max(1e-5, 1e-9 * (key - abi.BEYOND_KEY));
  if (key >= abi.CAPPED_KEY) return 1e-6;
  return 1e-9 * Math.max(1, Math.abs(key));
}
