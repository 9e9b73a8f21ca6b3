import { uniformFrom } from "../core/random.ts";
import { isSame } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";
import { resampleBlocks } from "./stationaryBootstrap.ts";
import { quantileOf } from "./tradeSums.ts";

const resamples = 2000;
const meanBlockDays = 5;
const dayMs = 86_400_000;

export interface PairedDifference {
  /** 95 % interval of avg_return of the first set less the second's, points. */
  readonly low: number;
  readonly high: number;
  /** Share of resamples in which the first is better. */
  readonly betterShare: number;
}

/**
 * Difference of two sets of trades over the same resampled days: UTC days of entry, every day from the first to the last trade's,
 * drawn by the stationary bootstrap in blocks of five days on average, so that both meet the same market. A set without trades in a resample counts
 * as 0; averages that differ by rounding are equal. Null where neither has a trade.
 */
export function pairedDifference(a: readonly Trade[], b: readonly Trade[], seed: number): PairedDifference | null {
  const days = [...a, ...b].map((trade) => Math.floor(trade.entryTimeMs / dayMs));
  if (days.length === 0) return null;
  const first = days.reduce((least, day) => Math.min(least, day));
  const count = days.reduce((most, day) => Math.max(most, day)) - first + 1;
  const [sumsA, countsA] = byDay(a, first, count);
  const [sumsB, countsB] = byDay(b, first, count);
  const uniform = uniformFrom(seed);
  const indices = new Uint32Array(count);
  const differences = new Float64Array(resamples);
  let better = 0;
  for (let k = 0; k < resamples; k++) {
    resampleBlocks(indices, count, meanBlockDays, uniform);
    let [totalA, nA, totalB, nB] = [0, 0, 0, 0];
    for (const day of indices) {
      totalA += sumsA[day]!;
      nA += countsA[day]!;
      totalB += sumsB[day]!;
      nB += countsB[day]!;
    }
    const meanA = nA === 0 ? 0 : totalA / nA;
    const meanB = nB === 0 ? 0 : totalB / nB;
    const difference = isSame(meanA, meanB) ? 0 : meanA - meanB;
    if (difference > 0) better++;
    differences[k] = difference;
  }
  differences.sort();
  return { low: quantileOf(differences, 0.025), high: quantileOf(differences, 0.975), betterShare: better / resamples };
}

function byDay(trades: readonly Trade[], first: number, count: number): [Float64Array, Float64Array] {
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  for (const trade of trades) {
    const day = Math.floor(trade.entryTimeMs / dayMs) - first;
    sums[day]! += 100 * trade.return;
    counts[day]!++;
  }
  return [sums, counts];
}
