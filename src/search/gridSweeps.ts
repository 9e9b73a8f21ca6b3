import { Sweep } from "../core/sweep.ts";
import type { SweepJob } from "../core/sweepJob.ts";
import { CapacityError } from "../errors.ts";
import type { SpaceOrder } from "../space/order.ts";
import { Board } from "./board.ts";
import type { ExitGrid } from "./exitGrid.ts";
import { combinationsOf, entriesOf, type FilterAxis } from "./filterGrid.ts";
import type { Judge } from "./judge.ts";
import { isOnlyBound, objectiveCode } from "./keys.ts";
import { candlesOf, coreRulesOf, entryTicksOf } from "./market.ts";
import { rankPartsOf } from "./rankParts.ts";
import type { SearchTask } from "./searchTask.ts";

/** Whether a search cannot be settled by sums alone. */
export function needsDrawdown({ objective, constraints }: Pick<SearchTask, "objective" | "constraints">): boolean {
  return objective === "calmar" || objective === "balanced" || constraints.maxDrawdown !== undefined;
}

/** The sweeps of a whole grid: one where its cells fit the memory, else one a slab of the leading filters. */
export class GridSweeps {
  ranked = 0;
  passes = 0;
  /** Sets whose drawdown was walked. */
  settled = 0;
  linearMemoryBytes = 0;

  constructor(
    private readonly task: SearchTask,
    private readonly order: SpaceOrder,
    private readonly exits: ExitGrid,
    private readonly axes: readonly FilterAxis[],
    private readonly capacity: number,
  ) {}

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

  private bestBySums(heldAxes: number): Board {
    const board = new Board(this.capacity);
    this.eachSlab(heldAxes, (sweep) => {
      for (const entry of sweep.leaderboard()) board.offer(entry);
    });
    return board;
  }

  private bestWithDrawdown(heldAxes: number, judge: Judge): Board {
    const pool = new Board(this.capacity);
    const leaders = new Board(this.task.top);
    this.eachSlab(heldAxes, (sweep) => {
      const bounds = sweep.leaderboard();
      for (const { rank } of bounds.slice(0, this.task.top)) judge.admit(rank);
      const floor = Math.max(judge.lastKey, leaders.isFull ? leaders.worst!.key : Number.NEGATIVE_INFINITY);
      for (const entry of sweep.settle(bounds, floor)) {
        pool.offer(entry);
        if (!isOnlyBound(this.task.objective, entry.key)) leaders.offer(entry);
      }
      this.settled += sweep.settled;
    });
    return pool;
  }

  private eachSlab(heldAxes: number, use: (sweep: Sweep) => void): void {
    const outer = this.axes.slice(0, heldAxes);
    const slabs = combinationsOf(outer);
    for (let slab = 0; slab < slabs; slab++) {
      const held: number[] = [];
      let rest = slab;
      for (const axis of [...outer].reverse()) {
        held.unshift(rest % axis.length);
        rest = Math.floor(rest / axis.length);
      }
      const sweep = new Sweep(this.jobOf(held), this.task.onTile);
      try {
        use(sweep);
        this.passes += sweep.passes;
        this.ranked += sweep.ranked;
        this.linearMemoryBytes = Math.max(this.linearMemoryBytes, sweep.linearMemoryBytes);
      } finally {
        sweep.release();
      }
    }
  }

  private jobOf(held: readonly number[]): SweepJob {
    const { table, labels, market, rules, objective, constraints, memoryBytes } = this.task;
    const { levels, stopItems, targetItems } = this.exits;
    return {
      paths: table,
      candles: candlesOf(table, market),
      levels,
      rules: coreRulesOf(rules, market.timeframeMs),
      axes: this.axes.slice(held.length),
      entries: entriesOf(this.axes, held, table.count),
      stopItems,
      targetItems,
      ...rankPartsOf(this.task.space, this.order, this.axes, held, this.exits),
      objective: objectiveCode[objective],
      isObjective: labels.objective,
      objectiveTotal: labels.objective.reduce((sum, isObjective) => sum + isObjective, 0),
      minTrades: constraints.minTrades,
      minCaptureRate: constraints.minCaptureRate ?? 0,
      drawdown: needsDrawdown(this.task)
        ? {
            entryTicks: entryTicksOf(table, market.timeframeMs),
            limit: this.task.drawdownLimit,
            most: constraints.maxDrawdown ?? Number.POSITIVE_INFINITY,
            top: this.task.top,
          }
        : null,
      heapEntries: this.capacity,
      memoryBytes,
    };
  }
}
