import jStat from "jstat";

/** Probability that a standard normal is at most x. */
export function normalProbability(x: number): number {
  return jStat.normal.cdf(x, 0, 1);
}

/** The standard normal quantile of a probability above 0 and below 1. */
export function normalQuantile(probability: number): number {
  return jStat.normal.inv(probability, 0, 1);
}
