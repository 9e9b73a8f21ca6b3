import * as abi from "../core/abi.ts";
import type { Metrics } from "./trades.ts";

/**
 * The `evidence` objective: total_return / sqrt(n), points; 0 without trades. It is the t-statistic of the mean return with one standard
 * deviation assumed for all sets, so that few trades count for little and no set benefits from cutting its winners to look steady.
 */
export function evidenceScore({ n, total_return }: Pick<Metrics, "n" | "total_return">): number {
  return n === 0 ? 0 : total_return / Math.sqrt(n);
}

type BalancedInput = Pick<Metrics, "n" | "avg_return" | "payoff" | "win_rate" | "max_drawdown" | "capture_rate">;

/** The `balanced` objective: points / 100, never below 0. Losing sets get a small score that decreases with the loss. */
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
