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

/** Metrics that are filled anew for each set: an object of its own for each of millions would take longer than its figures. */
export type FilledMetrics = { -readonly [Name in keyof Metrics]: Metrics[Name] };

/** Metrics to fill; those that sums do not tell stay as they are. */
export function emptyMetrics(): FilledMetrics {
  return {
    ...{ n: 0, win_rate: 0, avg_return: 0, total_return: 0, stdev: 0, avg_win: 0, avg_loss: 0, payoff: 0 },
    ...{ profit_factor: 0, sqn: 0, sortino: 0, capture_rate: 0, precision: 0 },
    ...{ max_drawdown: 0, avg_holding_hours: 0, exits: {} as Metrics["exits"] },
  };
}

/** Metrics of a set from its sums; as `metricsOf` of its trades, but for rounding where the sums were added in another order. */
export function sumMetricsOf(sums: SetSums, trades: CellTrades, objectiveTotal: number): SumMetrics {
  const { max_drawdown: _, avg_holding_hours: __, exits: ___, ...own } = emptyMetrics();
  fillMetrics(own as FilledMetrics, sums, trades, objectiveTotal);
  return own;
}

/** The same, in place of what `into` had. */
export function fillMetrics(into: FilledMetrics, sums: SetSums, trades: CellTrades, objectiveTotal: number): void {
  const { gains, losses, squares, losingSquares, wins } = sums;
  const n = trades.captured;
  fillGains(into, sums, trades, objectiveTotal);
  const mean = into.avg_return;
  const stdev = Math.sqrt(varianceOfSums(squares, mean, n));
  const avgWin = wins === 0 ? 0 : gains / wins;
  const avgLoss = n === wins ? 0 : losses / (n - wins);
  into.win_rate = n === 0 ? 0 : wins / n;
  into.stdev = stdev;
  into.avg_win = avgWin;
  into.avg_loss = avgLoss;
  into.payoff = ratioOf(avgWin, Math.abs(avgLoss));
  into.sqn = stdev === 0 ? 0 : (mean / stdev) * Math.sqrt(n);
  into.sortino = n === 0 ? 0 : ratioOf(mean, Math.sqrt(losingSquares / n));
  into.precision = n === 0 ? 0 : trades.objective / n;
}

/** Those of them that gains and losses tell: trades, average and total return, profit factor and capture rate. */
export function fillGains(
  into: FilledMetrics,
  { gains, losses }: Pick<SetSums, "gains" | "losses">,
  { captured: n, objective }: CellTrades,
  objectiveTotal: number,
): void {
  const total = gains + losses;
  into.n = n;
  into.avg_return = n === 0 ? 0 : total / n;
  into.total_return = total;
  into.profit_factor = ratioOf(gains, Math.abs(losses));
  into.capture_rate = objectiveTotal === 0 ? 0 : objective / objectiveTotal;
}

/** Score of a set without the term for its drawdown, which its sums do not tell. */
export function sumScoreOf(objective: Objective, metrics: SumMetrics): number {
  return scoreOf(objective, { ...emptyMetrics(), ...metrics }, Number.POSITIVE_INFINITY);
}

/** The same of metrics that are filled again and again. */
export function filledScoreOf(objective: Objective, metrics: FilledMetrics): number {
  return scoreOf(objective, metrics, Number.POSITIVE_INFINITY);
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
