import { arrangeGrid, cellsOf, type GridAxis } from "../../src/core/grid.ts";
import type { Objective } from "../../src/search/objectives.ts";
import { randomFrom } from "./random.ts";
import type { SweepCase } from "./sweepMemory.ts";

const ordered = (...lengths: number[]): GridAxis[] => lengths.map((length) => ({ length, isOrdered: true }));

/** Small grids: no filter, one, some with a single candidate, some that are not ordered. */
export const fewShapes: readonly (readonly GridAxis[])[] = [
  [],
  ordered(3),
  ordered(1, 4, 3),
  ordered(3, 2, 3, 2),
  [...ordered(2, 3), { length: 3, isOrdered: false }, ...ordered(2)],
  [{ length: 2, isOrdered: false }, ...ordered(4), { length: 3, isOrdered: false }],
];

/** Grids that between them need every suffix kernel, one and several groups. */
export const gridShapes: readonly (readonly GridAxis[])[] = [
  ...fewShapes,
  ordered(5, 4, 3),
  ordered(3, 3, 3, 3),
  ordered(4, 4, 4, 4),
  ordered(2, 2, 2, 2, 2),
  ordered(3, 3, 3, 3, 2),
  ordered(2, 2, 2, 2, 2, 2, 2),
];

/** A grid of this shape with a few opportunities in each cell; points and returns are whole parts of two, so that many sums tie and none is rounded. */
export function sweepCase(
  seed: number,
  axes: readonly GridAxis[],
  objective: Objective,
  options: Partial<SweepCase> = {},
): SweepCase {
  const random = randomFrom(seed);
  const cells = cellsOf(arrangeGrid(axes));
  const most = cells > 50 ? 1 : 5;
  // Points mostly lose here and mostly gain there: every kind of set comes about.
  const tilt = Math.floor(random() * 9) - 3;
  return {
    axes,
    objective,
    own: Array.from({ length: cells }, () =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, () => ({
        points: [0, 1, 2, 3].map(() => ((Math.floor(random() * 15) - 7 + tilt) * 25) / 32),
        objective: random() < 0.4,
      })),
    ),
    minTrades: 1 + Math.floor(random() * 3),
    capacity: 10,
    exits: 9,
    ...options,
  };
}
