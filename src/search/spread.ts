import * as abi from "../core/abi.ts";

/**
 * Variance around this mean of `n` numbers (percent points, squared) below which nothing but rounding is left: 1e-18, or 1e-12 of the squared
 * mean, or of many numbers what adding them may lose, 2^-49 of it for each. A spread that small is none: its statistics are those of equal numbers.
 */
export function roundingVariance(mean: number, n: number): number {
  const share = Math.max(abi.VARIANCE_SHARE_IS_ROUNDING, abi.VARIANCE_SHARE_A_TRADE * n);
  return Math.max(abi.VARIANCE_IS_ROUNDING, mean * mean * share);
}

/** Sample variance from the sum of squares; 0 if only rounding is left, and with fewer than two numbers. */
export function varianceOfSums(squares: number, mean: number, n: number): number {
  if (n < 2) return 0;
  const variance = (squares - n * mean * mean) / (n - 1);
  return variance < roundingVariance(mean, n) ? 0 : variance;
}

/** Below this share of the squared mean the sum of squares no longer tells the variance to nine digits. */
const illConditioned = 1e-6;

/** The same of the numbers `scale * values[k]`, of which the sum of squares and the mean are known: exact also where the two all but cancel. */
export function varianceOf(values: ArrayLike<number>, scale: number, squares: number, mean: number): number {
  const n = values.length;
  if (n < 2) return 0;
  let variance = (squares - n * mean * mean) / (n - 1);
  if (variance < illConditioned * mean * mean) {
    let spread = 0;
    for (let k = 0; k < n; k++) {
      const difference = scale * values[k]! - mean;
      spread += difference * difference;
    }
    variance = spread / (n - 1);
  }
  return variance < roundingVariance(mean, n) ? 0 : variance;
}

/** Two averages in points, or shares of one another, that differ by no more than rounding: by 1e-9, or by 1e-12 of the larger. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(1e-9, 1e-12 * Math.max(Math.abs(a), Math.abs(b)));
}
