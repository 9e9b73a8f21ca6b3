import { varianceOf } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";
import { meanPoints } from "./tradeSums.ts";
import { averageUniqueness } from "./uniqueness.ts";

/** Standard deviation of true averages among strategies, points per trade: most are worth next to nothing. */
const tau = 0.2;

type ShrunkTrade = Pick<Trade, "entryTimeMs" | "exitTimeMs" | "return">;

/**
 * How much an average over these trades counts of itself, the rest being what is expected without them: n/(n + sd^2/tau^2), 0-1, with n and tau as in
 * `shrunkAverage`. Empirical Bayes: Efron and Morris 1973, of James and Stein 1961. 0 with fewer than two trades, of which no deviation is known.
 */
export function ownShare(trades: readonly ShrunkTrade[], barMs: number): number {
  if (trades.length < 2) return 0;
  const { observations, variance } = spreadOf(trades, barMs, meanPoints(trades));
  return observations / (observations + variance / (tau * tau));
}

/**
 * An average in points, shrunk towards 0 according to its number of trades: mean * n/(n + sd^2/tau^2), the posterior mean under a normal
 * prior around 0 with a standard deviation of 0.2 points (Efron and Morris 1973). n is the sum of the trades' average uniqueness, as in the deflated Sharpe ratio. 0 without trades.
 */
export function shrunkAverage(trades: readonly ShrunkTrade[], barMs: number): number {
  const mean = meanPoints(trades);
  if (trades.length < 2) return 0;
  const { observations, variance } = spreadOf(trades, barMs, mean);
  return (mean * observations) / (observations + variance / (tau * tau));
}

/** Trades weighted by their uniqueness, and the variance of their points. */
function spreadOf(
  trades: readonly ShrunkTrade[],
  barMs: number,
  mean: number,
): { readonly observations: number; readonly variance: number } {
  const squares = trades.reduce((sum, trade) => sum + 10_000 * trade.return * trade.return, 0);
  const variance = varianceOf(
    trades.map((trade) => trade.return),
    100,
    squares,
    mean,
  );
  const observations = averageUniqueness(trades, barMs).reduce((sum, uniqueness) => sum + uniqueness, 0);
  return { observations, variance };
}
