import { CoreFault } from "../errors.ts";
import * as abi from "./abi.ts";
import { Crew, CrewStopped } from "./crew.ts";
import { EntryOrder } from "./entryOrder.ts";
import { callCrew } from "./followers.ts";
import { arrangeGrid, type Grid } from "./grid.ts";
import { type BorrowedCore, borrowCore, coreModule } from "./instance.ts";
import { furtherColumnsOf } from "./paths.ts";
import { SlabReader, type SlabSums } from "./slabSums.ts";
import { SlabTallier, type SlabTallies } from "./slabTallies.ts";
import type { Sampling, SweepStudy } from "./study.ts";
import type { SweepEntry, SweepJob } from "./sweepJob.ts";
import type { SweepPlan } from "./sweepLayout.ts";
import { planSweep } from "./sweepPlan.ts";
import { writeTables } from "./sweepTables.ts";
import { SweepThread } from "./sweepThread.ts";

/** The layout of a job; throws CapacityError if none fits its memory. */
export function planOf(job: SweepJob, grid: Grid): SweepPlan {
  return planSweep(
    {
      entries: job.entries.count,
      grid,
      levels: job.levels,
      rules: job.rules,
      stopItems: (job.stopItems.length * 2) / abi.STOP_ITEM_BYTES,
      targetItems: (job.targetItems.length * 2) / abi.TARGET_ITEM_BYTES,
      isPartial: job.shares !== null,
      stepsBytes: job.steps.byteLength,
      objective: job.objective,
      tellsNothing: job.tellsNothing,
      needsDrawdown: job.drawdown !== null,
      isStudied: job.isStudied,
      tallyPlaces: job.tally?.placeCounts ?? null,
      top: job.drawdown?.top ?? 0,
      heapEntries: job.heapEntries,
      threads: job.threads,
      columns: furtherColumnsOf(job.candles),
    },
    job.memoryBytes,
  );
}

/** Every filter combination with every exit, summed and ranked in one fixed memory, by one thread or several. */
export class Sweep {
  readonly plan: SweepPlan;
  /** Times the opportunities streamed through. */
  passes = 0;
  /** Sets that no constraint on trades or capture keeps from being ranked. */
  readonly ranked: number;
  private readonly borrowed: BorrowedCore;
  private readonly crew: Crew;
  private readonly leader: SweepThread;

  /** Throws CapacityError if the job does not fit. `onTile` is called between tiles, with the walked part of the sets, and may throw to stop. */
  constructor(
    private readonly job: SweepJob,
    onTile: (walked: number) => void = () => {},
  ) {
    const grid = arrangeGrid(job.axes);
    const order = new EntryOrder(job, grid);
    this.plan = planOf(job, grid);
    const { plan } = this;
    this.borrowed = borrowCore(plan.totalBytes, job.memoryBytes);
    const { core, memory } = this.borrowed;
    const figures = writeTables({ memory, plan, job, at: plan.offsets[0]! }, grid, order.cells, order.slabStarts);
    this.ranked = figures.rankable * plan.rowItems * plan.laneItems;
    this.crew = new Crew(memory, plan.offsets[0]!.meeting, 0, job.threads);
    this.crew.open();
    if (job.threads > 1) {
      const { mostCapture } = figures;
      const message = { module: coreModule(), memory, job, plan, mostCapture, count: job.threads };
      callCrew(Array.from({ length: job.threads - 1 }, (_, k) => ({ ...message, index: k + 1 })));
    }
    this.leader = new SweepThread({ core, memory, job, plan }, this.crew, { ...figures, order, onTile });
  }

  get linearMemoryBytes(): number {
    return this.borrowed.memory.buffer.byteLength;
  }

  /** The best sets by ordering key of their sums, then lower rank: best first, at most `heapEntries`. */
  leaderboard(): SweepEntry[] {
    return this.together(() => {
      this.leader.sweepBounds();
      this.passes += this.plan.passes.length;
      return this.leader.bounds().slice(0, this.job.heapEntries);
    });
  }

  /**
   * The best sets by their exact ordering key, drawdown and all, then lower rank: every set that may have a key of `floor` or more and
   * is not certainly behind the wanted number of others has been walked. Call it after `leaderboard`, with what that gave.
   */
  settle(bounds: readonly SweepEntry[], floor: number): SweepEntry[] {
    return this.together(() => {
      const { job, leader, plan } = this;
      const { settling } = leader;
      settling.floor = floor;
      leader.settleBounds(bounds);
      const worst = bounds.at(-1);
      // Where the bounds reach below the last place, no other set can come before it.
      if (worst && bounds.length === job.heapEntries && worst.key >= settling.wantedKey) {
        settling.lead(bounds[0]!, worst);
        this.crew.meet();
        leader.settleRest();
        this.passes += plan.passes.length;
      }
      return leader.pool().slice(0, job.heapEntries);
    });
  }

  /** Keys that the leading thread has kept so far: a sample of the leaderboard while it is being made. */
  keysSoFar(): readonly number[] {
    return this.leader.keys();
  }

  /** Sets whose drawdown was walked. */
  get settled(): number {
    return this.leader.settled();
  }

  /** Ranked filter combinations. */
  get rankedCells(): number {
    return this.ranked / (this.plan.rowItems * this.plan.laneItems);
  }

  /** What can be said of all ranked sets. Call it after `leaderboard` and `settle`, or alone where there is one thread. */
  study(blockOfRow: Uint8Array, isObjective: Uint8Array, sampling: Sampling): SweepStudy {
    return this.together(() => this.leader.study(blockOfRow, isObjective, sampling));
  }

  /** The sums of every set, exit by exit; of a job whose objective is a `readingObjective`, by one thread. */
  everySum(use: (sums: SlabSums) => void): void {
    const { core, memory } = this.borrowed;
    const { plan } = this;
    const reader = new SlabReader(
      { core, memory, plan, at: plan.offsets[0]! },
      arrangeGrid(this.job.axes),
      this.job.objective.sums,
    );
    this.together(() => this.leader.everySlab((slab) => reader.read(slab, use)));
  }

  /** The scores of every set, tallied exit by exit; of a job with a `tally`, by one thread. Gives the tallies of the cells over all exits. */
  everyTally(use: (tallies: SlabTallies) => void): Float64Array {
    const { core, memory } = this.borrowed;
    const { plan } = this;
    const tallier = new SlabTallier(
      { core, memory, plan, at: plan.offsets[0]! },
      arrangeGrid(this.job.axes),
      this.job.tally!,
    );
    this.together(() => this.leader.everySlab((slab) => tallier.tally(slab, use)));
    return tallier.cells();
  }

  private together<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.crew.stop();
      if (!(error instanceof CrewStopped)) throw error;
      throw new CoreFault("CORE_WORKER", "a worker thread failed", {
        found: this.crew.failure || "no reason given",
        remedy: "please report this; --threads 1 runs without workers",
      });
    }
  }

  /** Dismisses the workers and releases the memory; the sweep must not be used afterwards. */
  release(): void {
    this.crew.disband();
    this.borrowed.release();
  }
}
