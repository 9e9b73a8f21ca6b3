import type { Purse } from "../portfolio/purse.ts";
import { uniformFrom } from "../random.ts";
import { metricsOf } from "../search/metrics.ts";
import type { Trade } from "../search/trades.ts";
import { resampleBlocks } from "../validation/stationaryBootstrap.ts";
import { quantileOf } from "../validation/tradeSums.ts";
import type { Interval, Outcome, PolicyAccount, PolicyFigures } from "./result.ts";

const dayMs = 86_400_000;
const resamples = 2000;
const leastBlockDays = 5;

/** The days that were traded: from the first night to the end of the data. */
export interface TradedDays {
  readonly fromMs: number;
  readonly endMs: number;
  readonly timeframeMs: number;
  readonly seed: number;
  /** Mean block length of the bootstrap. */
  readonly blockDays: number;
}

/** Number of trades. */
export function outcomeOf(trades: readonly Trade[]): Outcome {
  let total = 0;
  for (const trade of trades) total += 100 * trade.return;
  return { trades: trades.length, avg_return: trades.length === 0 ? 0 : total / trades.length, total_return: total };
}

/** Mean block length of the bootstrap: five days, or twice the longest trade if that is longer. */
export function blockDaysOf(trades: readonly Trade[]): number {
  const longestMs = trades.reduce((most, { entryTimeMs, exitTimeMs }) => Math.max(most, exitTimeMs - entryTimeMs), 0);
  return Math.max(leastBlockDays, Math.ceil((2 * longestMs) / dayMs));
}

/** Points by day, counted from the first night: those of the trades whose time falls into each. */
export function dailyPoints(
  trades: readonly Trade[],
  days: Omit<TradedDays, "seed" | "blockDays">,
  timeOf: (trade: Trade) => number = ({ entryTimeMs }) => entryTimeMs,
): Float64Array {
  const points = new Float64Array(Math.max(1, Math.ceil((days.endMs - days.fromMs) / dayMs)));
  for (const trade of trades) {
    const day = Math.floor((timeOf(trade) + days.timeframeMs - 1 - days.fromMs) / dayMs);
    points[Math.min(points.length - 1, Math.max(0, day))]! += 100 * trade.return;
  }
  return points;
}

/** What a policy's trades made, compared with never changing. */
export function policyFigures(
  trades: readonly Trade[],
  neverChanging: readonly Trade[],
  changes: number,
  days: TradedDays,
): PolicyFigures {
  const metrics = metricsOf(trades, 0, days.timeframeMs / 3_600_000);
  const { blockDays } = days;
  const daily = dailyPoints(trades, days);
  const other = dailyPoints(neverChanging, days);
  return {
    trades: metrics.n,
    avg_return: metrics.avg_return,
    total_return: metrics.total_return,
    max_drawdown: metrics.max_drawdown,
    changes,
    over_not_trading: totalInterval(daily, blockDays, days.seed),
    over_never_change: totalInterval(
      daily.map((points, day) => points - other[day]!),
      blockDays,
      days.seed,
    ),
    equity: equityOf(trades, days),
  };
}

/** What a policy's purse made, compared with that of never changing, over the same days. */
export function policyAccount(
  { result, returns }: Purse,
  neverChanging: Purse,
  { blockDays, seed }: Pick<TradedDays, "blockDays" | "seed">,
): PolicyAccount {
  const more = returns.map((gained, day) => gained - neverChanging.returns[day]!);
  return {
    ...result,
    over_not_trading: totalInterval(returns, blockDays, seed),
    over_never_change: totalInterval(more, blockDays, seed),
  };
}

/** A sum of daily points with its interval: stationary bootstrap of days, the same days for the same seed. */
export function totalInterval(daily: Float64Array, blockDays: number, seed: number): Interval {
  const uniform = uniformFrom(seed);
  const indices = new Uint32Array(daily.length);
  const totals = new Float64Array(resamples);
  let better = 0;
  for (let k = 0; k < resamples; k++) {
    resampleBlocks(indices, daily.length, blockDays, uniform);
    let total = 0;
    for (const day of indices) total += daily[day]!;
    totals[k] = total;
    if (total > 0) better++;
  }
  totals.sort();
  return {
    total: daily.reduce((sum, points) => sum + points, 0),
    low: quantileOf(totals, 0.025),
    high: quantileOf(totals, 0.975),
    better_share: better / resamples,
  };
}

function equityOf(trades: readonly Trade[], days: TradedDays): [number, number][] {
  let equity = 0;
  return [...dailyPoints(trades, days, ({ exitTimeMs }) => exitTimeMs)].map((points, day) => {
    equity += points;
    return [Math.min(days.endMs, days.fromMs + (day + 1) * dayMs), equity];
  });
}
