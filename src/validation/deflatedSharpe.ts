import { varianceOf } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";
import type { BlockSums } from "./blocks.ts";
import { distinctSets } from "./distinct.ts";
import { normalProbability, normalQuantile } from "./normal.ts";
import { effectiveTrials, trialVariance } from "./trials.ts";
import { averageUniqueness } from "./uniqueness.ts";

const eulerMascheroni = 0.5772156649;

/** Shape of a set's returns, free of their unit. */
export interface Moments {
  /** Mean / sample standard deviation, per trade. */
  readonly sharpe: number;
  /** Third and fourth standardised moments (dividing by n; a normal has 0 and 3). */
  readonly skew: number;
  readonly kurtosis: number;
}

export interface DeflatedSharpe extends Moments {
  /** Probability that the set's true Sharpe ratio is above 0, given that it is the best of that many trials. */
  readonly dsr: number;
  /** Sharpe ratio per trade that the best of as many sets without an edge is expected to show. */
  readonly expectedBest: number;
  /** T: trades, each weighed by its average uniqueness. */
  readonly observations: number;
  /** V: variance of mean/stdev*sqrt(n) over the sampled sets. */
  readonly trialVariance: number;
  /** N: clusters of correlated sampled sets. */
  readonly trials: number;
  /** Sampled sets of different trades, clustered or not. */
  readonly sets: number;
}

/** Skew, kurtosis and Sharpe ratio per trade; null with fewer than two returns or if all are equal. */
export function momentsOf(returns: ArrayLike<number>): Moments | null {
  const n = returns.length;
  if (n < 2) return null;
  let [total, squares] = [0, 0];
  for (let k = 0; k < n; k++) {
    total += returns[k]!;
    squares += returns[k]! * returns[k]!;
  }
  const mean = total / n;
  const variance = varianceOf(returns, 1, squares, mean);
  if (variance === 0) return null;
  let [second, third, fourth] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const difference = returns[k]! - mean;
    const square = difference * difference;
    second += square / n;
    third += (square * difference) / n;
    fourth += (square * square) / n;
  }
  return {
    sharpe: mean / Math.sqrt(variance),
    skew: third / (second * Math.sqrt(second)),
    kurtosis: fourth / (second * second),
  };
}

/** Expected maximum of that many independent standard normals, by the approximation of Bailey and Lopez de Prado (2014); 0 for one. */
export function expectedMaximum(trials: number): number {
  if (trials < 2) return 0;
  return (
    (1 - eulerMascheroni) * normalQuantile(1 - 1 / trials) + eulerMascheroni * normalQuantile(1 - 1 / (trials * Math.E))
  );
}

/**
 * Probability that a true Sharpe ratio is above `expectedBest`, all per observation; null with fewer than two observations or if the
 * estimate has no variance.
 */
export function sharpeProbability(
  { sharpe, skew, kurtosis }: Moments,
  expectedBest: number,
  observations: number,
): number | null {
  const spread = 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  if (observations < 2 || spread <= 0) return null;
  return normalProbability(((sharpe - expectedBest) * Math.sqrt(observations - 1)) / Math.sqrt(spread));
}

/**
 * Deflated Sharpe ratio (Bailey and Lopez de Prado 2014) per trade, of the chosen set's trades against the block sums of the sets sampled
 * from its search, each choice counted once; null if not computable: trades worth fewer than two unique ones, or all returns equal.
 */
export function deflatedSharpe(
  chosen: readonly Pick<Trade, "entryTimeMs" | "exitTimeMs" | "return">[],
  sampled: BlockSums,
  barMs: number,
): DeflatedSharpe | null {
  const moments = momentsOf(Float64Array.from(chosen, (trade) => 100 * trade.return));
  const observations = averageUniqueness(chosen, barMs).reduce((sum, uniqueness) => sum + uniqueness, 0);
  if (!moments || observations < 2) return null;
  const choices = distinctSets(sampled);
  const variance = trialVariance(choices);
  const trials = effectiveTrials(choices);
  const expectedBest = Math.sqrt(variance / observations) * expectedMaximum(trials);
  const dsr = sharpeProbability(moments, expectedBest, observations);
  if (dsr === null) return null;
  return { ...moments, dsr, expectedBest, observations, trialVariance: variance, trials, sets: choices.sets };
}
