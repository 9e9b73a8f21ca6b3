import { Sweep } from "../core/sweep.ts";
import type { SweepJob } from "../core/sweepJob.ts";
import { CapacityError } from "../errors.ts";
import type { SpaceOrder } from "../space/order.ts";
import { Board } from "./board.ts";
import type { ExitGrid } from "./exitGrid.ts";
import { cellsOf, combinationsOf, type FilterAxis } from "./filterGrid.ts";
import type { Judge } from "./judge.ts";
import { hopelessDrawdown, keyTolerance, keyWithDrawdown, objectiveCode } from "./keys.ts";
import { candlesOf, coreRulesOf, entryOrder } from "./market.ts";
import { rankPartsOf } from "./rankParts.ts";
import type { SearchTask } from "./searchTask.ts";

/** The sweeps of a whole grid: one where its cells fit the memory, else one a slab of the leading filters. */
export class GridSweeps {
  ranked = 0;
  passes = 0;
  linearMemoryBytes = 0;

  constructor(
    private readonly task: SearchTask,
    private readonly order: SpaceOrder,
    private readonly exits: ExitGrid,
    private readonly axes: readonly FilterAxis[],
    private readonly capacity: number,
  ) {}

  private get needsDrawdown(): boolean {
    const { objective, constraints } = this.task;
    return objective === "calmar" || objective === "balanced" || constraints.maxDrawdown !== undefined;
  }

  /** The best candidates by exact drawdown where the ranking needs one, else by their sums. */
  best(judge: Judge): Board {
    for (let held = 0; ; held++) {
      try {
        return this.needsDrawdown ? this.bestWithDrawdown(held, judge) : this.bestBySums(held);
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
    const { objective, constraints, drawdownLimit, top } = this.task;
    const pool = new Board(this.capacity);
    const leaders = new Board(top);
    this.eachSlab(heldAxes, (sweep) => {
      const bounds = sweep.leaderboard().slice(0, top);
      for (const { rank } of bounds) judge.admit(rank);
      const wanted = (): number => {
        const key = Math.max(judge.lastKey, leaders.isFull ? leaders.worst!.key : Number.NEGATIVE_INFINITY);
        return key === Number.NEGATIVE_INFINITY ? key : key - keyTolerance(objective, key);
      };
      sweep.settleDrawdowns(
        wanted,
        (key) =>
          Math.min(
            hopelessDrawdown(objective, key, wanted(), drawdownLimit),
            constraints.maxDrawdown ?? Number.POSITIVE_INFINITY,
          ),
        (key, rank, fall) => {
          if (constraints.maxDrawdown !== undefined && fall > constraints.maxDrawdown) return;
          const exact = keyWithDrawdown(objective, key, fall, drawdownLimit);
          if (exact < wanted()) return;
          pool.offer({ key: exact, rank });
          leaders.offer({ key: exact, rank });
        },
      );
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
        held.unshift(rest % axis.digits.length);
        rest = Math.floor(rest / axis.digits.length);
      }
      const sweep = new Sweep(this.jobOf(held), this.task.onTile);
      use(sweep);
      this.passes += sweep.passes;
      this.linearMemoryBytes = Math.max(this.linearMemoryBytes, sweep.linearMemoryBytes);
    }
  }

  private jobOf(held: readonly number[]): SweepJob {
    const { table, labels, market, rules, objective, constraints, memoryBytes } = this.task;
    const cells = cellsOf(this.axes, held, table.count, labels.objective);
    const objectiveTotal = labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
    const captureRates = cells.capturedObjective.map((captured) =>
      objectiveTotal === 0 ? 0 : captured / objectiveTotal,
    );
    const isRankable = Uint8Array.from(cells.captured, (captured, cell) =>
      captured > 0 && captured >= constraints.minTrades && captureRates[cell]! >= (constraints.minCaptureRate ?? 0)
        ? 1
        : 0,
    );
    this.ranked += isRankable.reduce((sum, flag) => sum + flag, 0) * this.exits.digits.length;
    return {
      paths: table,
      candles: candlesOf(table, market),
      levels: this.exits.levels,
      rules: coreRulesOf(rules, market.timeframeMs),
      cells,
      captureRates,
      isRankable,
      exits: this.exits.exits,
      ...rankPartsOf(this.task.space, this.order, this.axes, held, this.exits),
      objective: objectiveCode[objective],
      drawdown: this.needsDrawdown ? entryOrder(table, market.timeframeMs) : null,
      heapEntries: this.capacity,
      memoryBytes,
    };
  }
}
