import * as abi from "../core/abi.ts";
import { madeNothing, noLoss } from "./metrics.ts";
import type { Metrics } from "./trades.ts";

export type Objective =
  | "evidence"
  | "total"
  | "expectancy"
  | "sqn"
  | "sortino"
  | "profit_factor"
  | "capture"
  | "calmar"
  | "balanced";

export const objectives: readonly Objective[] = [
  "evidence",
  "total",
  "expectancy",
  "sqn",
  "sortino",
  "profit_factor",
  "capture",
  "calmar",
  "balanced",
];

/** A set that breaks one of these is not ranked. */
export interface Constraints {
  readonly minTrades: number;
  /** Percent points. */
  readonly maxDrawdown?: number;
  /** Share, 0-1. */
  readonly minCaptureRate?: number;
}

/** Score of a set, larger is better. `drawdownLimit` in percent points concerns `balanced` alone. */
export function scoreOf(objective: Objective, metrics: Metrics, drawdownLimit: number): number {
  switch (objective) {
    case "evidence":
      return evidenceScore(metrics);
    case "total":
      return metrics.total_return;
    case "expectancy":
      return metrics.avg_return;
    case "sqn":
      return metrics.sqn;
    case "sortino":
      return metrics.sortino;
    case "profit_factor":
      return metrics.profit_factor;
    case "capture":
      return metrics.capture_rate * metrics.avg_return;
    case "calmar":
      return metrics.total_return > 0 ? metrics.total_return / Math.max(metrics.max_drawdown, 1) : metrics.total_return;
    case "balanced":
      return balancedScore(metrics, drawdownLimit);
  }
}

/**
 * The `evidence` objective: total_return / sqrt(n), points; 0 without trades. It is the t-statistic of the mean return with one standard
 * deviation assumed for all sets, so that few trades count for little and no set gains by cutting its winners to look steady.
 */
export function evidenceScore({ n, total_return }: Pick<Metrics, "n" | "total_return">): number {
  return n === 0 ? 0 : total_return / Math.sqrt(n);
}

type BalancedInput = Pick<Metrics, "n" | "avg_return" | "payoff" | "win_rate" | "max_drawdown" | "capture_rate">;

/** The `balanced` objective: points / 100, never below 0. Sets that lose keep a small score of their own, by how little they lose. */
export function balancedScore(metrics: BalancedInput, drawdownLimit: number): number {
  if (metrics.n === 0) return 0;
  const x = metrics.avg_return;
  if (x <= 0) {
    const rise = ((x + abi.BALANCED_LOSING_MEAN) / abi.BALANCED_LOSING_MEAN) * abi.BALANCED_LOSING_RISE;
    return Math.max(abi.BALANCED_LOSING, abi.BALANCED_LOSING + rise);
  }
  const { payoff, win_rate: winRate } = metrics;
  let points = Math.min(abi.BALANCED_MEAN_MOST, abi.BALANCED_MEAN * x);
  if (payoff < abi.BALANCED_PAYOFF_LEAST) points -= abi.BALANCED_PAYOFF_BELOW * (abi.BALANCED_PAYOFF_LEAST - payoff);
  else if (payoff >= abi.BALANCED_PAYOFF_GOOD)
    points += Math.min(abi.BALANCED_PAYOFF_MOST, abi.BALANCED_PAYOFF_ABOVE * (payoff - abi.BALANCED_PAYOFF_GOOD));
  if (winRate < abi.BALANCED_WINS_LEAST) points -= abi.BALANCED_WINS_BELOW * (abi.BALANCED_WINS_LEAST - winRate);
  else if (winRate >= abi.BALANCED_WINS_MANY && payoff < abi.BALANCED_PAYOFF_LEAST)
    points -= abi.BALANCED_WINS_MANY_TAKE;
  if (metrics.max_drawdown > drawdownLimit) points -= metrics.max_drawdown - drawdownLimit;
  points += abi.BALANCED_CAPTURE * metrics.capture_rate;
  return Math.max(0, points / abi.BALANCED_POINTS);
}

/**
 * Whether the best of all ranked sets tells that none of them makes money: those that do come before the others. At a score of exactly 0 that
 * is not so by `capture`, which gives it to sets without an objective opportunity, and by `sqn`, which gives it to trades without a spread.
 */
export function isNoneGaining(
  objective: Objective,
  best: { readonly score: number; readonly metrics: Pick<Metrics, "total_return"> },
): boolean {
  const isTold = (objective !== "capture" && objective !== "sqn") || best.score < 0;
  return isTold && best.metrics.total_return <= 0;
}

/** Whether a set is kept from being ranked: by a constraint, or because its trades, if there are any, all made exactly nothing. */
export function breaksConstraint(metrics: Metrics, constraints: Constraints): boolean {
  return (
    metrics.n < constraints.minTrades ||
    madeNothing(metrics) ||
    (constraints.maxDrawdown !== undefined && metrics.max_drawdown > constraints.maxDrawdown) ||
    (constraints.minCaptureRate !== undefined && metrics.capture_rate < constraints.minCaptureRate)
  );
}

/**
 * Orders sets best first: score, then (for `balanced`, before the score) those that gain before those that do not, then total_return
 * where both ratios stand at their cap, then the lower index.
 */
export function compareSets(
  objective: Objective,
  a: { readonly score: number; readonly index: number; readonly metrics: Metrics },
  b: { readonly score: number; readonly index: number; readonly metrics: Metrics },
): number {
  if (objective === "balanced") {
    const gains = Number(b.metrics.avg_return > 0) - Number(a.metrics.avg_return > 0);
    if (gains !== 0) return gains;
  }
  if (a.score !== b.score) return b.score - a.score;
  if ((objective === "profit_factor" || objective === "sortino") && a.score === noLoss)
    if (a.metrics.total_return !== b.metrics.total_return) return b.metrics.total_return - a.metrics.total_return;
  return a.index - b.index;
}
