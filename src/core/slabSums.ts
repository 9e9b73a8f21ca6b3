import { EVERYTHING, STATISTIC_BYTES, TOTAL } from "./abi.ts";
import type { Grid } from "./grid.ts";
import type { CoreObjective } from "./objective.ts";
import { statisticsOf } from "./sums.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import type { FinishedSlab } from "./sweepThread.ts";

/** What is summed where every set's sums are read; nothing is ranked by it. */
export const everything: CoreObjective = {
  code: TOTAL,
  sums: EVERYTHING,
  weight: "none",
  needsCapture: false,
  halves: { columns: ["count", "total", "squares"], ordersTwice: false },
};

/** Numbers of one set, points each: gains, losses, squares, squares of losses, wins. */
export const setNumbers = statisticsOf(EVERYTHING);

/** The sums of one exit over the cells of one slab. They are overwritten by the next ones. */
export interface SlabSums {
  readonly stopItem: number;
  readonly targetItem: number;
  /** Of the whole grid; the others follow. */
  readonly firstCell: number;
  readonly cells: number;
  /** [cell][setNumbers] */
  readonly sums: Float64Array;
}

const laneNumbers = STATISTIC_BYTES / 8;
const rowNumbers = setNumbers * laneNumbers;

/** Reads finished slabs exit by exit, summed along the last axis too. */
export class SlabReader {
  private readonly sums: Float64Array;

  constructor(
    private readonly place: Omit<SweepPlace, "job">,
    private readonly grid: Grid,
  ) {
    this.sums = new Float64Array(grid.slabCells * setNumbers);
  }

  read({ slab, exit, lanes, own }: FinishedSlab, use: (sums: SlabSums) => void): void {
    const { grid, sums } = this;
    const { plan, memory, at } = this.place;
    const floats = new Float64Array(memory.buffer, grid.groups.length > 0 ? at.scratch : own);
    for (let lane = 0; lane < lanes; lane++) {
      this.sumLane(floats, lane);
      const [row, item] = [Math.floor((exit + lane) / plan.laneItems), (exit + lane) % plan.laneItems];
      const [stopItem, targetItem] = plan.areStopsInLanes ? [item, row] : [row, item];
      use({ stopItem, targetItem, firstCell: slab * grid.slabCells, cells: grid.slabCells, sums });
    }
  }

  private sumLane(floats: Float64Array, lane: number): void {
    const { sums } = this;
    const { blocks, lastLength, positions } = this.grid;
    const step = positions * setNumbers;
    for (let block = 0; block < blocks; block++)
      for (let position = 0; position < positions; position++)
        for (let c = lastLength - 1; c >= 0; c--) {
          const cell = (block * lastLength + c) * positions + position;
          const to = cell * setNumbers;
          const from = cell * rowNumbers + lane;
          for (let k = 0; k < setNumbers; k++)
            sums[to + k] = floats[from + k * laneNumbers]! + (c < lastLength - 1 ? sums[to + step + k]! : 0);
        }
  }
}
