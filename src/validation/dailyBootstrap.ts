import { uniformFrom } from "../random.ts";
import { isSame } from "../search/spread.ts";
import type { DailyPoints } from "./days.ts";
import { resampleBlocks } from "./stationaryBootstrap.ts";

/** Enough to know a share of 0.999 to a thousandth. */
export const resamples = 10_000;

/** Shares of resamples in which one set is better than another by more than the margin; 0-1. */
export interface BetterShares {
  /** In points per day. */
  readonly per_day: number;
  /** In average points per trade. */
  readonly per_trade: number;
}

export interface DailyComparison {
  /** The candidate against not trading. */
  readonly nothing: BetterShares;
  /** The candidate against the current set; null if there is none. */
  readonly current: BetterShares | null;
  /** Share of resamples in which the current set loses; 0 if there is none. */
  readonly currentLoses: number;
}

/** Days that two sets are compared on. Both have one entry for each day of the same span. */
export interface ComparedDays {
  readonly candidate: DailyPoints;
  readonly current: DailyPoints | null;
  /** Mean length of a block, days. */
  readonly blockDays: number;
  /** Points by which each of the candidate's trades must beat the opponent; of a portfolio's equity so much as the trade's notional is of it. */
  readonly margin: number;
  readonly seed: number;
}

/**
 * Compares a candidate with not trading and with the current set over the same resampled days (stationary bootstrap, Politis and Romano 1994),
 * so that all meet the same market. A resample without a trade has an average of 0; figures that differ by rounding are equal.
 */
export function compareByDays({ candidate, current, blockDays, margin, seed }: ComparedDays): DailyComparison {
  const days = candidate.sums.length;
  const uniform = uniformFrom(seed);
  const indices = new Uint32Array(days);
  const better = { nothingDay: 0, nothingTrade: 0, currentDay: 0, currentTrade: 0, loses: 0 };
  for (let k = 0; k < resamples; k++) {
    resampleBlocks(indices, days, blockDays, uniform);
    const own = sumsOver(indices, candidate);
    const other = current ? sumsOver(indices, current) : nothing;
    const required = margin * own.weight;
    if (isAbove(own.total - required, 0)) better.nothingDay++;
    if (isAbove(own.average - margin, 0)) better.nothingTrade++;
    if (isAbove(own.total - required, other.total)) better.currentDay++;
    if (isAbove(own.average - margin, other.average)) better.currentTrade++;
    if (isAbove(0, other.total)) better.loses++;
  }
  return {
    nothing: { per_day: better.nothingDay / resamples, per_trade: better.nothingTrade / resamples },
    current: current && { per_day: better.currentDay / resamples, per_trade: better.currentTrade / resamples },
    currentLoses: better.loses / resamples,
  };
}

interface DrawnSums {
  readonly total: number;
  /** What the margin counts for: trades, or with a portfolio their notional over equity. */
  readonly weight: number;
  readonly average: number;
}

const nothing: DrawnSums = { total: 0, weight: 0, average: 0 };

function sumsOver(indices: Uint32Array, { sums, counts, traded }: DailyPoints): DrawnSums {
  let [total, trades] = [0, 0];
  for (const day of indices) {
    total += sums[day]!;
    trades += counts[day]!;
  }
  if (!traded) return { total, weight: trades, average: trades === 0 ? 0 : total / trades };
  let [points, weight] = [0, 0];
  for (const day of indices) {
    points += traded.points[day]!;
    weight += traded.weights[day]!;
  }
  return { total, weight, average: trades === 0 ? 0 : points / trades };
}

function isAbove(a: number, b: number): boolean {
  return a > b && !isSame(a, b);
}
