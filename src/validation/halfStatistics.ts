import { noLoss, ratioOf } from "../search/metrics.ts";
import { balancedScore, evidenceScore, type Objective } from "../search/objectives.ts";
import { varianceOfSums } from "../search/spread.ts";
import type { BlockSums } from "./blocks.ts";

/** Columns of `BlockSums` that are summed over blocks. */
export type SumName = "count" | "wins" | "objective" | "total" | "squares" | "losingSquares" | "gain" | "loss";

/** Sums of every set over some blocks; a column that the objective does not read is empty. */
export type Sums = Readonly<Record<SumName, Float64Array>>;

const sumNames: readonly SumName[] = [
  "count",
  "wins",
  "objective",
  "total",
  "squares",
  "losingSquares",
  "gain",
  "loss",
];

/** What an objective reads, and what tells trades that made nothing. Without its drawdown term `calmar` ranks as `total`. */
export const sumsOfObjective: Readonly<Record<Objective, readonly SumName[]>> = {
  evidence: ["count", "total", "squares"],
  total: ["count", "total", "squares"],
  calmar: ["count", "total", "squares"],
  expectancy: ["count", "total", "squares"],
  sqn: ["count", "total", "squares"],
  sortino: ["count", "total", "losingSquares"],
  profit_factor: ["count", "gain", "loss"],
  capture: ["count", "total", "squares", "objective"],
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

/** Whether a set's trades over these blocks, if there are any, all made exactly nothing: it is then no more ranked than one without trades. */
export function hasNothing(sums: Sums, set: number): boolean {
  const isZero = (column: Float64Array): boolean => column.length === 0 || column[set] === 0;
  // Each objective reads enough of these: squares, or both gain and loss, or the losing squares beside a total that they leave at 0.
  return (
    isZero(sums.squares) && isZero(sums.gain) && isZero(sums.loss) && isZero(sums.losingSquares) && isZero(sums.total)
  );
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
    case "evidence":
      for (let s = 0; s < sets; s++) first[s] = evidenceScore({ n: count[s]!, total_return: total[s]! });
      return;
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
        const ratio = n === 0 ? 0 : ratioOf(total[s]! / n, Math.sqrt(sums.losingSquares[s]! / n));
        const isCapped = ratio === noLoss;
        first[s] = isCapped && n < minCount ? 0 : ratio;
        second[s] = isCapped && n >= minCount ? total[s]! : 0;
      }
      return;
    case "profit_factor":
      for (let s = 0; s < sets; s++) {
        const n = count[s]!;
        const ratio = ratioOf(sums.gain[s]!, -sums.loss[s]!);
        const isCapped = ratio === noLoss;
        first[s] = isCapped && n < minCount ? 0 : ratio;
        second[s] = isCapped && n >= minCount ? sums.gain[s]! : 0;
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
    const variance = varianceOfSums(squares[s]!, mean, n);
    first[s] = variance === 0 ? 0 : (mean / Math.sqrt(variance)) * Math.sqrt(n);
  }
}

function writeBalanced(first: Float64Array, second: Float64Array, sums: Sums, objectiveTotal: number): void {
  const metrics = { n: 0, avg_return: 0, payoff: 0, win_rate: 0, max_drawdown: 0, capture_rate: 0 };
  for (let s = 0; s < first.length; s++) {
    const n = hasNothing(sums, s) ? 0 : sums.count[s]!;
    const wins = sums.wins[s]!;
    const averageWin = wins === 0 ? 0 : sums.gain[s]! / wins;
    const averageLoss = n === wins ? 0 : sums.loss[s]! / (n - wins);
    metrics.n = n;
    metrics.avg_return = n === 0 ? 0 : sums.total[s]! / n;
    metrics.payoff = ratioOf(averageWin, Math.abs(averageLoss));
    metrics.win_rate = n === 0 ? 0 : wins / n;
    metrics.capture_rate = objectiveTotal === 0 ? 0 : sums.objective[s]! / objectiveTotal;
    first[s] = metrics.avg_return > 0 ? 1 : 0;
    second[s] = balancedScore(metrics, Number.POSITIVE_INFINITY);
  }
}

/** Sums in one row, column after column in the order of `sumsOfObjective`, and the columns as views of it. */
export interface SumRow {
  /** A multiple of four elements; those past the columns are not read. */
  readonly row: Float64Array;
  readonly sums: Sums;
}

export function emptySumRow(objective: Objective, sets: number): SumRow {
  const needed = sumsOfObjective[objective];
  const row = new Float64Array(4 * Math.ceil((needed.length * sets) / 4));
  const columns = sumNames.map((name) => {
    const k = needed.indexOf(name);
    return [name, k < 0 ? row.subarray(0, 0) : row.subarray(k * sets, (k + 1) * sets)];
  });
  return { row, sums: Object.fromEntries(columns) as Sums };
}

/** The row of one block. */
export function sumRowOf(blockSums: BlockSums, objective: Objective, block: number): SumRow {
  const { sets } = blockSums;
  const result = emptySumRow(objective, sets);
  for (const name of sumsOfObjective[objective])
    result.sums[name].set(blockSums[name].subarray(block * sets, (block + 1) * sets));
  return result;
}

/** target = a + b, four at a time: nearly twice as fast, and most of the work there is. */
export function addRows(target: SumRow, a: SumRow, b: SumRow): void {
  const to = target.row;
  const x = a.row;
  const y = b.row;
  for (let k = 0; k < to.length; k += 4) {
    to[k] = x[k]! + y[k]!;
    to[k + 1] = x[k + 1]! + y[k + 1]!;
    to[k + 2] = x[k + 2]! + y[k + 2]!;
    to[k + 3] = x[k + 3]! + y[k + 3]!;
  }
}
