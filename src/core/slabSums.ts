import { EVERYTHING, type GAINS_LOSSES, STATISTIC_BYTES, TOTAL } from "./abi.ts";
import type { Grid } from "./grid.ts";
import type { CoreObjective } from "./objective.ts";
import { type SumsKind, statisticsOf } from "./sums.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import type { FinishedSlab } from "./sweepThread.ts";

/** What may be summed where every set's sums are read. */
export type ReadSums = typeof EVERYTHING | typeof GAINS_LOSSES;

/** The objective of a sweep whose sums are read; nothing is ranked by it. */
export function readingObjective(sums: ReadSums): CoreObjective {
  return {
    code: TOTAL,
    sums,
    weight: "none",
    needsCapture: false,
    halves: { columns: ["count", "total", "squares"], ordersTwice: false },
  };
}

/** Numbers of one set where everything is summed, points each: gains, losses, squares, squares of losses, wins; or the first two. */
export const setNumbers = statisticsOf(EVERYTHING);

/** The sums of one exit over the cells of one slab. They are overwritten by the next ones. */
export interface SlabSums {
  readonly stopItem: number;
  readonly targetItem: number;
  /** Of the whole grid; the others follow. */
  readonly firstCell: number;
  readonly cells: number;
  /** Numbers of one set: as many of `setNumbers` as were summed. */
  readonly numbers: number;
  /** [cell][numbers] */
  readonly sums: Float64Array;
}

const laneNumbers = STATISTIC_BYTES / 8;

/** Reads finished slabs exit by exit, summed along the last axis too. */
export class SlabReader {
  private readonly sums: Float64Array;
  private readonly numbers: number;

  constructor(
    private readonly place: Omit<SweepPlace, "job">,
    private readonly grid: Grid,
    kind: SumsKind,
  ) {
    this.numbers = statisticsOf(kind);
    this.sums = new Float64Array(grid.slabCells * this.numbers);
  }

  read({ slab, exit, lanes, own }: FinishedSlab, use: (sums: SlabSums) => void): void {
    const { grid, sums, numbers } = this;
    const { plan, memory, at } = this.place;
    const floats = new Float64Array(memory.buffer, grid.groups.length > 0 ? at.scratch : own);
    for (let lane = 0; lane < lanes; lane++) {
      this.sumLane(floats, lane);
      const [row, item] = [Math.floor((exit + lane) / plan.laneItems), (exit + lane) % plan.laneItems];
      const [stopItem, targetItem] = plan.areStopsInLanes ? [item, row] : [row, item];
      use({ stopItem, targetItem, firstCell: slab * grid.slabCells, cells: grid.slabCells, numbers, sums });
    }
  }

  private sumLane(floats: Float64Array, lane: number): void {
    const { sums, numbers } = this;
    const { blocks, lastLength, positions } = this.grid;
    const step = positions * numbers;
    const rowNumbers = numbers * laneNumbers;
    for (let block = 0; block < blocks; block++)
      for (let position = 0; position < positions; position++)
        for (let c = lastLength - 1; c >= 0; c--) {
          const cell = (block * lastLength + c) * positions + position;
          const to = cell * numbers;
          const from = cell * rowNumbers + lane;
          for (let k = 0; k < numbers; k++)
            sums[to + k] = floats[from + k * laneNumbers]! + (c < lastLength - 1 ? sums[to + step + k]! : 0);
        }
  }
}
