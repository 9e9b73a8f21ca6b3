import { noLoss, varianceOf } from "../search/metrics.ts";
import { balancedScore, type Objective } from "../search/objectives.ts";
import type { BlockSums } from "./blocks.ts";

/** Columns of `BlockSums` that are summed over blocks. */
export type SumName = "count" | "wins" | "objective" | "total" | "squares" | "losingSquares" | "gain" | "loss";

/** Sums of every set over some blocks; a column that the objective does not read is empty. */
export type Sums = Readonly<Record<SumName, Float64Array>>;

export const sumNames: readonly SumName[] = [
  "count",
  "wins",
  "objective",
  "total",
  "squares",
  "losingSquares",
  "gain",
  "loss",
];

/** What an objective reads. Without its drawdown term `calmar` ranks as `total`. */
export const sumsOfObjective: Readonly<Record<Objective, readonly SumName[]>> = {
  total: ["count", "total"],
  calmar: ["count", "total"],
  expectancy: ["count", "total"],
  sqn: ["count", "total", "squares"],
  sortino: ["count", "total", "losingSquares"],
  profit_factor: ["count", "gain", "loss"],
  capture: ["count", "total", "objective"],
  balanced: ["count", "wins", "objective", "total", "gain", "loss"],
};

/**
 * Statistic of every set over some blocks, ordered by `first`, then `second` (total_return at a ratio's cap; the `balanced` score
 * among those that gain, who rank before those that do not). Both 0 without trades, except that `balanced` then ranks last.
 */
export interface Ranking {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Whether an objective fills `second`; elsewhere it stays 0. */
export function hasSecond(objective: Objective): boolean {
  return objective === "sortino" || objective === "profit_factor" || objective === "balanced";
}

/**
 * Writes the objective of every set, its drawdown term left out. A ratio reaches its cap only with `minCount` trades; with fewer and
 * no loss it is 0, as a set that cannot be ranked. `objectiveTotal`: all objective opportunities in these blocks.
 */
export function writeStatistics(
  ranking: Ranking,
  objective: Objective,
  sums: Sums,
  objectiveTotal: number,
  minCount: number,
): void {
  const { first, second } = ranking;
  const { count, total } = sums;
  const sets = first.length;
  switch (objective) {
    case "total":
    case "calmar":
      for (let s = 0; s < sets; s++) first[s] = count[s]! > 0 ? total[s]! : 0;
      return;
    case "expectancy":
      for (let s = 0; s < sets; s++) first[s] = count[s]! > 0 ? total[s]! / count[s]! : 0;
      return;
    case "sqn":
      writeSqn(first, sums);
      return;
    case "sortino":
      for (let s = 0; s < sets; s++) {
        const n = count[s]!;
        const losing = sums.losingSquares[s]!;
        const isCapped = n > 0 && losing === 0 && n >= minCount;
        first[s] = isCapped ? noLoss : losing === 0 ? 0 : total[s]! / n / Math.sqrt(losing / n);
        second[s] = isCapped ? total[s]! : 0;
      }
      return;
    case "profit_factor":
      for (let s = 0; s < sets; s++) {
        const n = count[s]!;
        const loss = sums.loss[s]!;
        const isCapped = n > 0 && loss === 0 && n >= minCount;
        first[s] = isCapped ? noLoss : loss === 0 ? 0 : sums.gain[s]! / -loss;
        second[s] = isCapped ? sums.gain[s]! : 0;
      }
      return;
    case "capture":
      for (let s = 0; s < sets; s++) {
        const rate = objectiveTotal === 0 ? 0 : sums.objective[s]! / objectiveTotal;
        first[s] = count[s]! > 0 ? rate * (total[s]! / count[s]!) : 0;
      }
      return;
    case "balanced":
      writeBalanced(first, second, sums, objectiveTotal);
  }
}

function writeSqn(first: Float64Array, { count, total, squares }: Sums): void {
  for (let s = 0; s < first.length; s++) {
    const n = count[s]!;
    const mean = total[s]! / n;
    const variance = n < 2 ? 0 : varianceOf(squares[s]!, mean, n);
    first[s] = variance === 0 ? 0 : (mean / Math.sqrt(variance)) * Math.sqrt(n);
  }
}

function writeBalanced(first: Float64Array, second: Float64Array, sums: Sums, objectiveTotal: number): void {
  const metrics = { n: 0, avg_return: 0, payoff: 0, win_rate: 0, max_drawdown: 0, capture_rate: 0 };
  for (let s = 0; s < first.length; s++) {
    const n = sums.count[s]!;
    const wins = sums.wins[s]!;
    const averageWin = wins === 0 ? 0 : sums.gain[s]! / wins;
    const averageLoss = n === wins ? 0 : sums.loss[s]! / (n - wins);
    metrics.n = n;
    metrics.avg_return = n === 0 ? 0 : sums.total[s]! / n;
    metrics.payoff = averageLoss === 0 ? noLoss : Math.abs(averageWin / averageLoss);
    metrics.win_rate = n === 0 ? 0 : wins / n;
    metrics.capture_rate = objectiveTotal === 0 ? 0 : sums.objective[s]! / objectiveTotal;
    first[s] = metrics.avg_return > 0 ? 1 : 0;
    second[s] = balancedScore(metrics, Number.POSITIVE_INFINITY);
  }
}

/** Empty sums of as many sets, with the columns that the objective reads. */
export function emptySums(objective: Objective, sets: number): Sums {
  const needed = sumsOfObjective[objective];
  return Object.fromEntries(
    sumNames.map((name) => [name, new Float64Array(needed.includes(name) ? sets : 0)]),
  ) as unknown as Sums;
}

/** target = source + one block of `blockSums`, column by column. */
export function addBlock(
  target: Sums,
  source: Sums,
  blockSums: Pick<BlockSums, SumName | "sets">,
  block: number,
  names: readonly SumName[],
): void {
  for (const name of names) {
    const to = target[name];
    const from = source[name];
    const column = blockSums[name];
    const offset = block * blockSums.sets;
    for (let s = 0; s < to.length; s++) to[s] = from[s]! + column[offset + s]!;
  }
}
