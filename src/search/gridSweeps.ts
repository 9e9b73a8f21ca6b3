import { GAINS_LOSSES } from "../core/abi.ts";
import { toShared } from "../core/crew.ts";
import { arrangeGrid, type Grid } from "../core/grid.ts";
import { requireFit } from "../core/layout.ts";
import { type ReadSums, readingObjective, type SlabSums } from "../core/slabSums.ts";
import type { SlabTallies } from "../core/slabTallies.ts";
import { joinStudies, type SlabStudy } from "../core/study.ts";
import { planOf, Sweep } from "../core/sweep.ts";
import type { ScoreTally, SweepJob } from "../core/sweepJob.ts";
import type { SweepPlan } from "../core/sweepLayout.ts";
import { CapacityError } from "../errors.ts";
import { Board } from "./board.ts";
import { combinationsOf, entriesOf, type FilterAxis } from "./filterGrid.ts";
import type { Judge } from "./judge.ts";
import { isAlwaysBound, isOnlyBound, keyTolerance } from "./keys.ts";
import { candlesOf, coreRulesOf, entryTicksOf } from "./market.ts";
import { objectives } from "./objectives.ts";
import { rankPartsOf } from "./rankParts.ts";
import type { SearchTask } from "./searchTask.ts";
import type { SetGrid } from "./setGrid.ts";
import { type SearchStudy, studyOf } from "./study.ts";
import { TieWatch } from "./ties.ts";

/** Whether sums alone cannot decide a search. */
export function needsDrawdown({ objective, constraints }: Pick<SearchTask, "objective" | "constraints">): boolean {
  return objectives[objective].needsDrawdown || constraints.maxDrawdown !== undefined;
}

/** The key below which the core need not look, with a margin for rounding. */
function floorOf({ atLeast, objective }: SearchTask): number {
  return atLeast === undefined ? Number.NEGATIVE_INFINITY : atLeast - 2 * keyTolerance(objective, atLeast);
}

/** The sweeps of a whole grid: one where its cells fit the memory, else one a slab of the leading filters. */
export class GridSweeps {
  ranked = 0;
  passes = 0;
  /** Sets whose drawdown was walked. */
  settled = 0;
  /** Null if not requested. */
  study: SearchStudy | null = null;
  linearMemoryBytes = 0;

  private ties: TieWatch | null = null;
  private readonly task: SearchTask;
  private readonly axes: readonly FilterAxis[];

  constructor(
    private readonly grid: SetGrid,
    private readonly capacity: number,
    /** Whether the sums identify sets that made nothing, whatever the objective. */
    private readonly tellsNothing = false,
  ) {
    this.task = grid.task;
    this.axes = grid.axes;
    // Of every exit the rank is kept: more than there is room for need not be made first.
    const exits = grid.exits.stopDigits.length * grid.exits.targetDigits.length;
    requireFit({ totalBytes: exits * 9 }, this.task.memoryBytes, `a search of ${exits} exits`);
  }

  /** The best candidates by exact drawdown where the ranking needs one, else by their sums. */
  best(judge: Judge): Board {
    for (let held = 0; ; held++) {
      try {
        return needsDrawdown(this.task) ? this.bestWithDrawdown(held, judge) : this.bestBySums(held);
      } catch (error) {
        if (!(error instanceof CapacityError) || held >= this.axes.length) throw error;
        this.ranked = 0;
      }
    }
  }

  /** The layout of the first slab, which is the fullest, and how many slabs there are; nothing is run. */
  plan(): { readonly job: SweepJob; readonly grid: Grid; readonly plan: SweepPlan; readonly slabs: number } {
    const { held, ...first } = this.firstPlan((loosest) => this.jobOf(loosest));
    return { ...first, slabs: combinationsOf(this.axes.slice(0, held)) };
  }

  /** The fewest leading filters that must be held, and the layout of the first slab then. */
  private firstPlan(jobOf: (held: readonly number[]) => SweepJob): {
    readonly held: number;
    readonly job: SweepJob;
    readonly grid: Grid;
    readonly plan: SweepPlan;
  } {
    for (let held = 0; ; held++)
      try {
        const job = jobOf(this.axes.slice(0, held).map(() => 0));
        const grid = arrangeGrid(job.axes);
        return { held, job, grid, plan: planOf(job, grid) };
      } catch (error) {
        if (!(error instanceof CapacityError) || held >= this.axes.length) throw error;
      }
  }

  /** The sums of every set, by one thread, whatever ranks them: those of the sets that hold the leading filters at some candidates, and their job. */
  everySum(kind: ReadSums, use: (sums: SlabSums, held: readonly number[], job: SweepJob) => void): void {
    const jobOf = (held: readonly number[]): SweepJob => summed(this.jobOf(held, 1), kind);
    const { held: heldAxes } = this.firstPlan(jobOf);
    const beat = (): void => this.task.onTile?.(0);
    for (const held of this.heldCandidates(heldAxes)) {
      const job = jobOf(held);
      this.sweepOnce(job, beat, (sweep) => sweep.everySum((sums) => use(sums, held, job)));
    }
  }

  /**
   * The scores of every set, tallied by one thread: those of the sets that hold the leading filters at some candidates, exit by exit, and then by cell.
   * `tallyOf` is asked before each sweep.
   */
  everyTally(
    tallyOf: (job: SweepJob, held: readonly number[]) => ScoreTally,
    use: (tallies: SlabTallies) => void,
    useCells: (cells: Float64Array) => void,
  ): void {
    const jobOf = (held: readonly number[]): SweepJob => {
      const job = summed(this.jobOf(held, 1), GAINS_LOSSES);
      return { ...job, tally: tallyOf(job, held) };
    };
    const { held: heldAxes } = this.firstPlan(jobOf);
    const beat = (): void => this.task.onTile?.(0);
    for (const held of this.heldCandidates(heldAxes))
      this.sweepOnce(jobOf(held), beat, (sweep) => useCells(sweep.everyTally(use)));
  }

  private bestBySums(heldAxes: number): Board {
    const board = new Board(this.capacity);
    this.ties = new TieWatch(this.task, this.capacity, board);
    this.eachStudiedSlab(heldAxes, (sweep) => {
      for (const entry of sweep.leaderboard()) board.offer(entry);
    });
    return board;
  }

  private bestWithDrawdown(heldAxes: number, judge: Judge): Board {
    const pool = new Board(this.capacity);
    const leaders = new Board(this.task.top);
    this.eachStudiedSlab(heldAxes, (sweep) => {
      const bounds = sweep.leaderboard();
      judge.admitAll(bounds.slice(0, this.task.top).map(({ rank }) => rank));
      const floor = Math.max(judge.lastKey, leaders.isFull ? leaders.worst!.key : Number.NEGATIVE_INFINITY);
      for (const entry of sweep.settle(bounds, floor)) {
        pool.offer(entry);
        if (!isOnlyBound(this.task.objective, entry.key)) leaders.offer(entry);
      }
      this.settled += sweep.settled;
    });
    return pool;
  }

  /** Sweeps every slab, and studies the sets where that was asked for. */
  private eachStudiedSlab(heldAxes: number, use: (sweep: Sweep) => void): void {
    const { study, threads } = this.task;
    let rankedCells = 0;
    this.eachSlab(heldAxes, threads, (sweep) => {
      use(sweep);
      this.ranked += sweep.ranked;
      rankedCells += sweep.rankedCells;
      if (study && heldAxes === 0) this.studySweeps([this.studyOfSlab(sweep, [], rankedCells, 0)], []);
    });
    if (study && heldAxes > 0) this.studySlabs(heldAxes, rankedCells);
  }

  /** Which sets of a slab are sampled depends on how many all slabs rank: once that is known, they are swept once more. */
  private studySlabs(heldAxes: number, rankedCells: number): void {
    const slabs: SlabStudy[] = [];
    let before = 0;
    this.eachSlab(heldAxes, 1, (sweep, held) => {
      slabs.push(this.studyOfSlab(sweep, held, rankedCells, before));
      before += sweep.rankedCells;
    });
    this.studySweeps(
      slabs,
      this.axes.slice(0, heldAxes).map(({ length }) => length),
    );
  }

  private studyOfSlab(sweep: Sweep, held: readonly number[], cells: number, before: number): SlabStudy {
    const { blockOfRow, sets } = this.task.study!;
    return { held, study: sweep.study(blockOfRow, this.task.labels.objective, { wanted: sets, cells, before }) };
  }

  private studySweeps(slabs: readonly SlabStudy[], lengths: readonly number[]): void {
    this.study = studyOf(this.task.space, this.axes, this.grid.exits, joinStudies(slabs, lengths));
  }

  private eachSlab(
    heldAxes: number,
    threads: number | undefined,
    use: (sweep: Sweep, held: readonly number[]) => void,
  ): void {
    const slabs = combinationsOf(this.axes.slice(0, heldAxes));
    for (const [slab, held] of [...this.heldCandidates(heldAxes)].entries()) {
      const onTile = (walked: number): void => this.task.onTile?.((slab + walked) / slabs);
      this.sweepOnce(this.jobOf(held, threads), onTile, (sweep) => use(sweep, held));
    }
  }

  /** Every combination of the candidates of the leading filters. */
  private *heldCandidates(heldAxes: number): Generator<readonly number[]> {
    const outer = this.axes.slice(0, heldAxes);
    const slabs = combinationsOf(outer);
    for (let slab = 0; slab < slabs; slab++) {
      const held: number[] = [];
      let rest = slab;
      for (const axis of [...outer].reverse()) {
        held.unshift(rest % axis.length);
        rest = Math.floor(rest / axis.length);
      }
      yield held;
    }
  }

  /** Sweeps once; `onTile` hears which part of it has been walked. */
  private sweepOnce(job: SweepJob, onTile: (walked: number) => void, use: (sweep: Sweep) => void): void {
    const sweep: Sweep = new Sweep(job, (walked) => {
      onTile(walked);
      this.ties?.look(walked, () => sweep.keysSoFar());
    });
    try {
      use(sweep);
      this.passes += sweep.passes;
      this.linearMemoryBytes = Math.max(this.linearMemoryBytes, sweep.linearMemoryBytes);
    } finally {
      sweep.release();
    }
  }

  private jobOf(held: readonly number[], threads = this.task.threads ?? 1): SweepJob {
    const { table, labels, market, rules, objective, constraints, memoryBytes, study } = this.task;
    const { levels, stopItems, targetItems, shares } = this.grid.exits;
    const column: typeof toShared = threads > 1 ? toShared : (same) => same;
    return {
      paths: {
        count: table.count,
        symbol: column(table.symbol),
        bar: column(table.bar),
        direction: column(table.direction),
        entry: column(table.entry),
        atr: column(table.atr),
        ...(levels.withExitSignal && table.exitBars && { exitBars: column(table.exitBars) }),
      },
      candles: candlesOf(table, market).map(({ count, slots, open, high, low, close, fundingSums }) => ({
        count,
        slots: slots && column(slots),
        open: column(open),
        high: column(high),
        low: column(low),
        close: column(close),
        ...(fundingSums && { fundingSums: column(fundingSums) }),
      })),
      levels,
      rules: coreRulesOf(rules, market.timeframeMs),
      axes: this.axes.slice(held.length).map(({ isOrdered, length }) => ({ isOrdered, length })),
      entries: entriesOf(this.axes, held, this.grid.loose),
      stopItems,
      targetItems,
      shares,
      ...rankPartsOf(this.task.space, this.grid.order, this.axes, held, this.grid.exits),
      objective: objectives[objective].core,
      tellsNothing: this.tellsNothing,
      isObjective: labels.objective,
      objectiveTotal: labels.objective.reduce((sum, isObjective) => sum + isObjective, 0),
      minTrades: constraints.minTrades,
      minCaptureRate: constraints.minCaptureRate ?? 0,
      clock: needsDrawdown(this.task) || study ? entryTicksOf(table, candlesOf(table, market)) : null,
      drawdown: needsDrawdown(this.task)
        ? {
            limit: this.task.drawdownLimit,
            most: constraints.maxDrawdown ?? Number.POSITIVE_INFINITY,
            // Keys that are only bounds prove no place: then all kept sets are wanted.
            top: isAlwaysBound(objective) ? this.capacity : this.task.top,
          }
        : null,
      floor: floorOf(this.task),
      heapEntries: this.capacity,
      isStudied: study !== undefined,
      tally: null,
      memoryBytes,
      threads,
    };
  }
}

/** The same job where every set's sums are read, and none is ranked. */
function summed(job: SweepJob, kind: ReadSums): SweepJob {
  return {
    ...job,
    objective: readingObjective(kind),
    tellsNothing: false,
    minTrades: 0,
    minCaptureRate: 0,
    clock: null,
    drawdown: null,
    isStudied: false,
    floor: Number.NEGATIVE_INFINITY,
    heapEntries: 1,
  };
}
