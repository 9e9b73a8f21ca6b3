import { expectedMilliseconds } from "../core/forecast.ts";
import { orderSpace, requireCountable } from "../space/order.ts";
import { combinationsOf } from "./filterGrid.ts";
import { GridSweeps } from "./gridSweeps.ts";
import { type LeaderboardSize, leaderboardSize, requireLeaderboard } from "./leaderboardSize.ts";
import { heapEntriesOf } from "./searchTable.ts";
import type { SearchTask } from "./searchTask.ts";
import { setGridOf, setsIn } from "./setGrid.ts";

/** What a search would need, known before it runs. Field names are those of the JSON. */
export interface SearchPlan {
  /** Sets of the space. */
  readonly sets: number;
  /** Combinations of filters. */
  readonly filter_combinations: number;
  /** Different exits. */
  readonly exits: number;
  /** Opportunities that pass the loosest candidate of every filter; the others take no part. */
  readonly taking_part: number;
  /** Linear memory of the engine, bytes, all threads together. */
  readonly linear_memory_bytes: number;
  /** Threads of the search. */
  readonly threads: number;
  /** Exits summed at once: so many row items with four abreast each. */
  readonly tile: { readonly exits: number; readonly tiles: number; readonly held: number };
  /** Opportunities held at once; all of them unless they stream through in chunks. */
  readonly chunk: { readonly opportunities: number; readonly passes: number };
  /** Times that leading filters are held at one candidate because not all cells fit at once. */
  readonly slabs: number;
  /** Sets that the result lists, and the memory that they take outside the engine's. */
  readonly leaderboard: Pick<LeaderboardSize, "sets" | "bytes">;
  /** Largest first. */
  readonly regions: readonly { readonly name: string; readonly bytes: number; readonly threads: number }[];
  /** Expected time from loaded tables to leaderboard, swept once. */
  readonly engine_milliseconds: number;
}

/** Plans a search without running it; throws CapacityError if the memory is not enough. */
export function planSearch(wanted: SearchTask): SearchPlan {
  const order = orderSpace(wanted.space);
  requireCountable(order);
  requireLeaderboard(wanted.top, order.sets);
  const task = { ...wanted, top: Math.min(wanted.top, order.sets) };
  const sets = setGridOf(task, order);
  const { exits, axes, loose } = sets;
  const { job, grid, plan, slabs } = new GridSweeps(sets, heapEntriesOf(task)).plan();
  const { milliseconds, ...leaderboard } = leaderboardSize(task.top, order.sets, loose.length);
  return {
    sets: setsIn(sets),
    filter_combinations: combinationsOf(axes),
    exits: exits.stopDigits.length * exits.targetDigits.length,
    taking_part: loose.length,
    linear_memory_bytes: Math.ceil(plan.totalBytes / 65536) * 65536,
    threads: job.threads,
    tile: { exits: Math.min(4, plan.laneItems), tiles: plan.tiles, held: plan.tilesHeld },
    chunk: { opportunities: plan.chunkSlots ?? job.entries.count, passes: plan.passes.length * slabs },
    slabs,
    leaderboard,
    regions: [...plan.regions].sort((a, b) => b.bytes * b.threads - a.bytes * a.threads),
    engine_milliseconds: slabs * expectedMilliseconds(plan, grid, job) + milliseconds,
  };
}
