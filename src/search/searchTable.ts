import { CapacityError } from "../errors.ts";
import { orderSpace, requireCountable, type SpaceOrder } from "../space/order.ts";
import type { Board } from "./board.ts";
import { GridSweeps, needsDrawdown } from "./gridSweeps.ts";
import { Judge } from "./judge.ts";
import { isAlwaysBound } from "./keys.ts";
import { requireLeaderboard } from "./leaderboardSize.ts";
import type { EngineFigures, RankedSet } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";
import { type SetGrid, setGridOf, setsIn } from "./setGrid.ts";
import type { SearchStudy } from "./study.ts";

export interface SearchOutcome {
  /** Sets of the space, or of the stride where limited. */
  readonly sets: number;
  /** Sets that meet the constraints on trades and capture. */
  readonly ranked: number;
  /** Best first. */
  readonly top: readonly RankedSet[];
  /** Whether it is certain that no set is missing from `top` and none is out of place; false if more sets tie there than a search replays. */
  readonly proven: boolean;
  readonly engine: EngineFigures;
  /** Null if none was asked for, or the sets were limited. */
  readonly study: SearchStudy | null;
}

/** Searches every set of the space exactly: sums in the core, then the leaders replayed trade by trade until their order is proven. */
export function searchTable(wanted: SearchTask): SearchOutcome {
  const started = performance.now();
  const order = orderSpace(wanted.space);
  requireLeaderboard(wanted.top, order.sets);
  const task = { ...wanted, top: Math.min(wanted.top, order.sets) };
  const grid = setGridOf(task, order);
  const judge = new Judge(task, order);
  const { limit } = task;
  const isSampled = limit !== undefined && limit < order.sets;
  if (!isSampled) requireCountable(order);
  const search = isSampled ? searchStride(order, limit, judge) : searchGrid(grid, judge);
  return {
    sets: Math.min(task.limit ?? order.sets, setsIn(grid)),
    ranked: search.ranked,
    top: judge.leaders(),
    proven: search.proven,
    engine: {
      linear_memory_bytes: search.linearMemoryBytes,
      passes: search.passes,
      threads: task.threads ?? 1,
      replays: judge.replays + search.settled,
      milliseconds: performance.now() - started,
    },
    study: search.study,
  };
}

interface SearchRun {
  readonly ranked: number;
  readonly passes: number;
  /** Sets whose drawdown was walked to settle their place. */
  readonly settled: number;
  readonly linearMemoryBytes: number;
  readonly study: SearchStudy | null;
  readonly proven: boolean;
}

/** An even stride over the ranks, each set replayed. */
function searchStride(order: SpaceOrder, limit: number, judge: Judge): SearchRun {
  let ranked = 0;
  for (let k = 0; k < limit; k++) if (judge.admit(Math.floor((k * order.sets) / limit))) ranked++;
  return { ranked, passes: limit, settled: 0, linearMemoryBytes: 0, study: null, proven: true };
}

const firstSpare = 44;
/** Drawdowns move sets far from where their bounds stand. */
const firstDrawdownSpare = 236;
/** Beyond so many candidates that no sum can tell apart, the sums and the rank decide, if they score what the sets are ranked by. */
const mostSpare = 2048;

const moreSpare = 8;

/** How often all sets are swept at most, where more of them tie at the last place than a sweep keeps; drawdowns and sets that made nothing aside. */
export function mostSweepsOf(task: SearchTask): number {
  let sweeps = 1;
  for (let spare = heapEntriesOf(task) - task.top; spare < (task.mostSpare ?? mostSpare); spare *= moreSpare) sweeps++;
  return sweeps;
}

/** Places on the leaderboard of sums: those wanted, and some to spare for what only a replay can tell apart. */
export function heapEntriesOf(task: SearchTask): number {
  return task.top + (needsDrawdown(task) ? firstDrawdownSpare : firstSpare);
}

function searchGrid(sets: SetGrid, judge: Judge): SearchRun {
  const { task, axes, loose } = sets;
  judge.readBy(axes, loose);
  let run: SearchRun = { ranked: 0, passes: 0, linearMemoryBytes: 0, settled: 0, study: null, proven: false };
  let tellsNothing = false;
  let sweeps = 0;
  for (let spare = heapEntriesOf(task) - task.top; ; ) {
    task.onSweep?.(sweeps++);
    const grid = new GridSweeps(sets, task.top + spare, tellsNothing);
    const pool = bestOrNone(grid, judge, run);
    if (pool === null) return run;
    run = {
      ranked: grid.ranked,
      passes: run.passes + grid.passes,
      settled: run.settled + grid.settled,
      linearMemoryBytes: Math.max(run.linearMemoryBytes, grid.linearMemoryBytes),
      study: grid.study,
      proven: false,
    };
    judge.nothings = 0;
    if (judge.settle(pool.sorted(), !pool.isFull)) return { ...run, proven: true };
    // If only totals are summed, sets that made nothing rank before all that lose: sweep again with sums that identify them.
    if (judge.nothings > 0 && !tellsNothing) tellsNothing = true;
    else if (spare >= (task.mostSpare ?? mostSpare) && !isAlwaysBound(task.objective)) return run;
    else spare *= moreSpare;
  }
}

/** The best candidates; null if there is no room for so many, and fewer were found before. */
function bestOrNone(grid: GridSweeps, judge: Judge, before: SearchRun): Board | null {
  try {
    return grid.best(judge);
  } catch (error) {
    if (!(error instanceof CapacityError) || before.passes === 0) throw error;
    return null;
  }
}
