import { GAINS_LOSSES } from "../core/abi.ts";
import type { SlabSums } from "../core/slabSums.ts";
import type { SweepJob } from "../core/sweepJob.ts";
import { orderSpace } from "../space/order.ts";
import { type CellPlaces, cellPlaces } from "./everySet.ts";
import { GridSweeps } from "./gridSweeps.ts";
import type { SearchTask } from "./searchTask.ts";
import { setGridOf } from "./setGrid.ts";

/** How far sums that were added in another order may be off, relative. */
const rounding = 1e-6;

/**
 * Ranks of the sets with enough trades whose gains alone add up to so many points or more, ascending; null if there are more than `most`. One pass
 * over all sets, by one thread in the engine's memory.
 */
export function setsGaining(task: SearchTask, points: number, most: number): number[] | null {
  const grid = setGridOf(task, orderSpace(task.space));
  const least = points - rounding * Math.abs(points);
  const found = new Set<number>();
  let known: { readonly job: SweepJob; readonly places: CellPlaces } | null = null;
  const targets = grid.exits.targetDigits.length;
  const take = (
    { stopItem, targetItem, firstCell, cells, numbers, sums }: SlabSums,
    places: CellPlaces,
    job: SweepJob,
  ) => {
    const ranks = places.ranks[job.stopKinds[stopItem]!]!;
    const first = job.exitRanks[stopItem * targets + targetItem]!;
    for (let k = 0; k < cells; k++)
      if (sums[k * numbers]! >= least && places.captured[firstCell + k]! >= task.constraints.minTrades)
        found.add(first + ranks[firstCell + k]!);
  };
  new GridSweeps(grid, 1).everySum(GAINS_LOSSES, (sums, held, job) => {
    if (found.size > most) return;
    if (known?.job !== job) known = { job, places: cellPlaces(job, held, grid.axes) };
    take(sums, known.places, job);
  });
  return found.size > most ? null : [...found].sort((a, b) => a - b);
}
