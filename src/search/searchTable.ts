import type { Market } from "../candles/candles.ts";
import { REPLAY_KEY } from "../core/abi.ts";
import { Sweep, type SweepJob } from "../core/sweep.ts";
import { CapacityError, CoreFault } from "../errors.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { orderSpace, type SpaceOrder } from "../space/order.ts";
import type { Space } from "../space/parameters.ts";
import { Board, type Candidate } from "./board.ts";
import { type ExitGrid, exitGridOf } from "./exitGrid.ts";
import { cellsOf, combinationsOf, type FilterAxis, filterAxesOf } from "./filterGrid.ts";
import {
  hopelessDrawdown,
  isCertainlyZero,
  keyTolerance,
  keyWithDrawdown,
  objectiveCode,
  orderingKeyOf,
} from "./keys.ts";
import { candlesOf, coreRulesOf, entryOrder } from "./market.ts";
import { breaksConstraint, type Constraints, compareSets, type Objective, scoreOf } from "./objectives.ts";
import { rankPartsOf } from "./rankParts.ts";
import type { EngineFigures, RankedSet } from "./result.ts";
import { SetReplayer } from "./setReplayer.ts";
import type { TradeRules } from "./trades.ts";

/** One search: which table, which sets, and how they are ranked. */
export interface SearchTask {
  /** Opportunities of one type whose longest path fits the data. */
  readonly table: OpportunityTable;
  readonly labels: Labels;
  readonly market: Market;
  readonly space: Space;
  readonly rules: TradeRules;
  readonly objective: Objective;
  readonly constraints: Constraints;
  /** Percent points, for `balanced`. */
  readonly drawdownLimit: number;
  /** Sets wanted on the leaderboard. */
  readonly top: number;
  /** Only so many sets, an even stride over the ranks; all where undefined. */
  readonly limit?: number;
  readonly memoryBytes: number;
  /** Called between tiles; may throw to stop. */
  readonly onTile?: () => void;
}

export interface SearchOutcome {
  /** Sets of the space, or of the stride where limited. */
  readonly sets: number;
  /** Sets that no constraint on trades or capture keeps from being ranked. */
  readonly ranked: number;
  /** Best first. */
  readonly top: readonly RankedSet[];
  readonly engine: EngineFigures;
}

/** Searches every set of the space exactly: sums in the core, then the leaders replayed trade by trade until their order is proven. */
export function searchTable(task: SearchTask): SearchOutcome {
  const started = performance.now();
  const order = orderSpace(task.space);
  const exits = exitGridOf(task.space, task.market.timeframeMs, task.rules.summaryBars);
  const judge = new Judge(task, order, exits);
  const search =
    task.limit !== undefined && task.limit < order.sets
      ? searchStride(order, task.limit, judge)
      : searchGrid(task, order, exits, judge);
  return {
    sets: Math.min(task.limit ?? order.sets, order.sets),
    ranked: search.ranked,
    top: judge.leaders(),
    engine: {
      linear_memory_bytes: Math.max(search.linearMemoryBytes, judge.linearMemoryBytes),
      passes: search.passes,
      threads: 1,
      replays: judge.replays,
      milliseconds: performance.now() - started,
    },
  };
}

/** Replays candidates, best bound first, and knows when no other can still reach the leaderboard. */
class Judge {
  replays = 0;
  private readonly replayer: SetReplayer;
  private ranked: Omit<RankedSet, "rank">[] = [];

  constructor(
    private readonly task: SearchTask,
    private readonly order: SpaceOrder,
    exits: ExitGrid,
  ) {
    const longest = Math.max(...exits.levels.holdingBars);
    this.replayer = new SetReplayer(
      task.table,
      task.labels,
      task.market,
      task.rules,
      task.market.timeframeMs,
      longest,
      task.memoryBytes,
    );
  }

  get linearMemoryBytes(): number {
    return this.replayer.linearMemoryBytes;
  }

  /** Exact key of the last place, or -Infinity while places are free. */
  get lastKey(): number {
    const last = this.ranked[this.task.top - 1];
    return last ? orderingKeyOf(this.task.objective, last.score, last.metrics) : Number.NEGATIVE_INFINITY;
  }

  /** Replays one set and gives it its place; false where it breaks a constraint. `sumsKey` is what the core's sums made of it. */
  admit(rank: number, sumsKey?: number): boolean {
    const { task } = this;
    if (this.ranked.some((set) => set.index === rank)) return true;
    this.replays++;
    const figures = this.replayer.figures(this.order.parametersOf(rank));
    if (breaksConstraint(figures.metrics, task.constraints)) return false;
    const set = { ...figures, index: rank, score: scoreOf(task.objective, figures.metrics, task.drawdownLimit) };
    if (sumsKey !== undefined) checkAgainstSums(task.objective, set, sumsKey);
    let at = this.ranked.length;
    while (at > 0 && compareSets(task.objective, set, this.ranked[at - 1]!) < 0) at--;
    this.ranked.splice(at, 0, set);
    if (this.ranked.length > task.top) this.ranked.pop();
    return true;
  }

  /** Replays candidates in falling order; true once the leaderboard is certain, false where it would take more candidates. */
  settle(candidates: readonly Candidate[], isComplete: boolean): boolean {
    this.ranked = [];
    for (const { key, rank } of candidates) {
      const last = this.lastKey;
      if (key < last - keyTolerance(this.task.objective, last)) return true;
      if (isCertainlyZero(this.task.objective, key) && last >= key && rank > this.ranked.at(-1)!.index) return true;
      this.admit(rank, key);
    }
    return isComplete;
  }

  leaders(): RankedSet[] {
    return this.ranked.map((set, k) => ({ rank: k + 1, ...set }));
  }
}

/** The core's sums and the replay must agree; keys that only say "replay me" or bound a set near 0 do not count. */
function checkAgainstSums(objective: Objective, set: Omit<RankedSet, "rank">, sumsKey: number): void {
  if (sumsKey >= REPLAY_KEY || Math.abs(set.metrics.avg_return) < 1e-8) return;
  const key = orderingKeyOf(objective, set.score, set.metrics);
  if (Math.abs(key - sumsKey) > 1e-6 * Math.max(1, Math.abs(key)))
    throw new CoreFault("CORE_DISAGREES", "the core's sums and the replay disagree on a set", {
      where: JSON.stringify(set.params),
      found: `sums: ${sumsKey}`,
      expected: `replay: ${key}`,
      remedy: "please report this with the data: the result of this run must not be used",
    });
}

interface SearchRun {
  readonly ranked: number;
  readonly passes: number;
  readonly linearMemoryBytes: number;
}

/** An even stride over the ranks, each set replayed. */
function searchStride(order: SpaceOrder, limit: number, judge: Judge): SearchRun {
  let ranked = 0;
  for (let k = 0; k < limit; k++) if (judge.admit(Math.floor((k * order.sets) / limit))) ranked++;
  return { ranked, passes: limit, linearMemoryBytes: 0 };
}

const firstSpare = 256;
/** Beyond so many candidates that no sum can tell apart, the sums and the rank decide. */
const mostSpare = 2048;

function searchGrid(task: SearchTask, order: SpaceOrder, exits: ExitGrid, judge: Judge): SearchRun {
  const axes = filterAxesOf(task.space, task.table);
  let run: SearchRun = { ranked: 0, passes: 0, linearMemoryBytes: 0 };
  for (let spare = firstSpare; ; spare *= 8) {
    const grid = new GridSweeps(task, order, exits, axes, task.top + spare);
    const pool = grid.best(judge);
    run = {
      ranked: grid.ranked,
      passes: run.passes + grid.passes,
      linearMemoryBytes: Math.max(run.linearMemoryBytes, grid.linearMemoryBytes),
    };
    if (judge.settle(pool.sorted(), !pool.isFull) || spare >= mostSpare) return run;
  }
}

/** The sweeps of a whole grid: one where its cells fit the memory, else one a slab of the leading filters. */
class GridSweeps {
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
