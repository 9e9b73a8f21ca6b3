import { EVERYTHING, GAINS_LOSSES, SUMS } from "../core/abi.ts";
import { countCells, entryCells } from "../core/cellCounts.ts";
import { cellsOf, type Grid } from "../core/grid.ts";
import type { ReadSums, SlabSums } from "../core/slabSums.ts";
import type { SweepJob } from "../core/sweepJob.ts";
import { type Objective, objectives } from "./objectives.ts";
import type { SearchTask } from "./searchTask.ts";
import { emptyMetrics, filledScoreOf, fillGains, fillMetrics } from "./sumMetrics.ts";

/** What must be summed so that sets can be scored: gains and losses, unless the objective asks for more than a total. */
export function readSumsOf(objective: Objective): ReadSums {
  const { sums } = objectives[objective].core;
  return sums === SUMS || sums === GAINS_LOSSES ? GAINS_LOSSES : EVERYTHING;
}

/** What a total is divided by to be a set's score, for objectives that are no more than that; by number of trades. */
const divisors: Partial<Record<Objective, (trades: number) => number>> = {
  total: () => 1,
  expectancy: (trades) => trades,
  evidence: Math.sqrt,
};

/** By cell: what its sets' totals are divided by to be their scores, NaN if they are not ranked; null if an objective asks for more. */
export function scoreDivisorsOf(
  { objective, constraints, labels }: SearchTask,
  grid: Grid,
  job: SweepJob,
): Float64Array | null {
  const divisor = divisors[objective];
  if (!divisor) return null;
  const counts = countCells(grid, job.entries, entryCells(grid, job.entries), job.isObjective);
  const objectiveTotal = labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
  const least = Math.max(1, constraints.minTrades);
  return Float64Array.from(counts.captured, (trades, cell) => {
    const rate = objectiveTotal === 0 ? 0 : counts.objective[cell]! / objectiveTotal;
    return trades < least || rate < (constraints.minCaptureRate ?? 0) ? Number.NaN : divisor(trades);
  });
}

/** Whether a set's score is its total over something that its trades' number tells. */
export function isScoredByTotal(objective: Objective): boolean {
  return objective in divisors;
}

/** Scores of the ranked sets of one exit and one slab, without their drawdown term. The next slab overwrites them. */
export class SlabScores {
  /** Ranked sets. */
  count = 0;
  /** By ranked set: its cell in the whole grid. */
  readonly cells: Uint32Array;
  readonly scores: Float64Array;
  /** 1 if the set makes money, else 0. */
  readonly gaining: Uint8Array;
  private readonly captured: Uint32Array;
  private readonly objective: Uint32Array;
  private readonly objectiveTotal: number;
  /** By slab: cells with enough trades to be ranked. */
  private readonly slabs: readonly Uint32Array[];
  // Of the set at hand.
  private readonly set = { gains: 0, losses: 0, squares: 0, losingSquares: 0, wins: 0 };
  private readonly trades = { captured: 0, objective: 0 };
  private readonly metrics = emptyMetrics();

  constructor(
    private readonly task: SearchTask,
    grid: Grid,
    job: SweepJob,
  ) {
    const { captured, objective } = countCells(grid, job.entries, entryCells(grid, job.entries), job.isObjective);
    this.captured = captured;
    this.objective = objective;
    this.objectiveTotal = task.labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
    const least = Math.max(1, task.constraints.minTrades);
    const all = Uint32Array.from({ length: cellsOf(grid) }, (_, cell) => cell);
    this.slabs = Array.from({ length: grid.slabs }, (_, slab) =>
      all.subarray(slab * grid.slabCells, (slab + 1) * grid.slabCells).filter((cell) => captured[cell]! >= least),
    );
    this.cells = new Uint32Array(grid.slabCells);
    this.scores = new Float64Array(grid.slabCells);
    this.gaining = new Uint8Array(grid.slabCells);
  }

  /** Scores the sets of one exit and one slab; gives the sum of their squared scores. */
  score(slab: SlabSums): number {
    const { objective, constraints } = this.task;
    const { metrics, cells, scores, gaining } = this;
    const isFull = readSumsOf(objective) === EVERYTHING;
    let count = 0;
    let squares = 0;
    for (const cell of this.slabs[slab.firstCell / slab.cells]!) {
      const at = (cell - slab.firstCell) * slab.numbers;
      const [gains, losses] = [slab.sums[at]!, slab.sums[at + 1]!];
      if (gains === 0 && losses === 0) continue;
      this.fill(slab.sums, at, cell, isFull);
      if (metrics.capture_rate < (constraints.minCaptureRate ?? 0)) continue;
      const score = filledScoreOf(objective, metrics);
      cells[count] = cell;
      scores[count] = score;
      gaining[count] = metrics.total_return > 0 ? 1 : 0;
      squares += score * score;
      count++;
    }
    this.count = count;
    return squares;
  }

  /** The metrics of a cell's set, whose sums begin at `at`: all that follow from sums, or those that gains and losses tell. */
  private fill(sums: Float64Array, at: number, cell: number, isFull: boolean): void {
    const { set, trades, metrics } = this;
    trades.captured = this.captured[cell]!;
    trades.objective = this.objective[cell]!;
    set.gains = sums[at]!;
    set.losses = sums[at + 1]!;
    if (!isFull) {
      fillGains(metrics, set, trades, this.objectiveTotal);
      return;
    }
    set.squares = sums[at + 2]!;
    set.losingSquares = sums[at + 3]!;
    set.wins = sums[at + 4]!;
    fillMetrics(metrics, set, trades, this.objectiveTotal);
  }
}
