import { roundingVariance, varianceOfSums } from "../search/spread.ts";
import type { BlockSums } from "./blocks.ts";

const sameTrial = 0.7;

/** Sample variance over the sets of z = mean/stdev*sqrt(n) (0 with fewer than two trades or stdev 0); 0 with fewer than two sets. */
export function trialVariance(sums: BlockSums): number {
  const { sets, blocks } = sums;
  let mean = 0;
  let squares = 0;
  for (let set = 0; set < sets; set++) {
    let [n, total, totalSquares] = [0, 0, 0];
    for (let at = set; at < sets * blocks; at += sets) {
      n += sums.count[at]!;
      total += sums.total[at]!;
      totalSquares += sums.squares[at]!;
    }
    const variance = varianceOfSums(totalSquares, total / n, n);
    const z = variance === 0 ? 0 : (total / n / Math.sqrt(variance)) * Math.sqrt(n);
    const change = z - mean;
    mean += change / (set + 1);
    squares += change * (z - mean);
  }
  const variance = sets < 2 ? 0 : squares / (sets - 1);
  return variance < roundingVariance(mean, sets) ? 0 : variance;
}

/**
 * Effective number of trials: sets in order join the first cluster whose first member's block means correlate with theirs above 0.7,
 * or found their own. A block without trades has a mean of 0; a set with equal means correlates with nothing.
 */
export function effectiveTrials(sums: BlockSums): number {
  const { sets, blocks } = sums;
  const founders: Float64Array[] = [];
  for (let set = 0; set < sets; set++) {
    const direction = directionOf(sums, set);
    if (!founders.some((founder) => dot(founder, direction, blocks) > sameTrial)) founders.push(direction);
  }
  return founders.length;
}

/** Block means less their mean, of length 1: the product of two of them is their correlation. All 0 if the means differ by rounding alone. */
function directionOf(sums: BlockSums, set: number): Float64Array {
  let trades = 0;
  const means = Float64Array.from({ length: sums.blocks }, (_, block) => {
    const at = block * sums.sets + set;
    trades += sums.count[at]!;
    return sums.count[at] === 0 ? 0 : sums.total[at]! / sums.count[at]!;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const direction = means.map((value) => value - mean);
  const spread = dot(direction, direction, sums.blocks);
  const isLevel = spread < (sums.blocks - 1) * roundingVariance(mean, trades);
  const length = Math.sqrt(spread);
  return direction.map((value) => (isLevel || length === 0 ? 0 : value / length));
}

function dot(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += a[k]! * b[k]!;
  return sum;
}
