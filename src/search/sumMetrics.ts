import type { CellTrades } from "../core/cellCounts.ts";
import { ratioOf } from "./metrics.ts";
import { type Constraints, type Objective, objectives, scoreOf } from "./objectives.ts";
import { varianceOfSums } from "./spread.ts";
import type { Metrics } from "./trades.ts";

/** Metrics that follow from sums over a set's trades, whatever their order; those of `Metrics` with the same names. */
export type SumMetrics = Omit<Metrics, "max_drawdown" | "avg_holding_hours" | "exits">;

/** What is summed of one set, points: those above 0, those below, squares, squares of the losing ones; and how many are above 0. */
export interface SetSums {
  readonly gains: number;
  readonly losses: number;
  readonly squares: number;
  readonly losingSquares: number;
  readonly wins: number;
}

/** Metrics of a set from its sums; as `metricsOf` of its trades, but for rounding where the sums were added in another order. */
export function sumMetricsOf(
  { gains, losses, squares, losingSquares, wins }: SetSums,
  { captured: n, objective }: CellTrades,
  objectiveTotal: number,
): SumMetrics {
  const total = gains + losses;
  const share = (count: number): number => (n === 0 ? 0 : count / n);
  const mean = share(total);
  const stdev = Math.sqrt(varianceOfSums(squares, mean, n));
  const avgWin = wins === 0 ? 0 : gains / wins;
  const avgLoss = n === wins ? 0 : losses / (n - wins);
  return {
    n,
    win_rate: share(wins),
    avg_return: mean,
    total_return: total,
    stdev,
    avg_win: avgWin,
    avg_loss: avgLoss,
    payoff: ratioOf(avgWin, Math.abs(avgLoss)),
    profit_factor: ratioOf(gains, Math.abs(losses)),
    sqn: stdev === 0 ? 0 : (mean / stdev) * Math.sqrt(n),
    sortino: n === 0 ? 0 : ratioOf(mean, Math.sqrt(losingSquares / n)),
    capture_rate: objectiveTotal === 0 ? 0 : objective / objectiveTotal,
    precision: share(objective),
  };
}

/** Filled anew for each score: a copy of its own for each of millions of sets would take longer than the score. */
const scored = { max_drawdown: 0, avg_holding_hours: 0, exits: {} } as unknown as Metrics;

/** Score of a set without the term for its drawdown, which its sums do not tell. */
export function sumScoreOf(objective: Objective, metrics: SumMetrics): number {
  return scoreOf(objective, Object.assign(scored, metrics), Number.POSITIVE_INFINITY);
}

/** Whether `sumScoreOf` is the score itself. */
export function isScoredBySums(objective: Objective): boolean {
  return !objectives[objective].needsDrawdown;
}

/** Whether trades, capture and gains suffice for a set to be ranked; a limit on the drawdown apart. */
export function isRankedBySums(
  { n, capture_rate, avg_win, avg_loss }: SumMetrics,
  { minTrades, minCaptureRate = 0 }: Constraints,
): boolean {
  return n > 0 && n >= minTrades && capture_rate >= minCaptureRate && (avg_win !== 0 || avg_loss !== 0);
}
