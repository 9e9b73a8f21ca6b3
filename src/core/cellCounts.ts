import { cellsOf, type Grid } from "./grid.ts";
import type { SweepEntries } from "./sweepJob.ts";

/** Opportunities that pass the filters of each cell, all and objective ones. */
export interface CellCounts {
  readonly captured: Uint32Array;
  readonly objective: Uint32Array;
}

/** Of one cell. */
export interface CellTrades {
  readonly captured: number;
  readonly objective: number;
}

/** Own cell of each entry. */
export function entryCells(grid: Grid, entries: SweepEntries): Uint32Array {
  const cells = new Uint32Array(entries.count);
  for (const [axis, column] of entries.candidates.entries()) {
    const stride = grid.strides[axis]!;
    if (stride > 0) for (let k = 0; k < cells.length; k++) cells[k]! += stride * column[k]!;
  }
  return cells;
}

export function countCells(grid: Grid, entries: SweepEntries, cells: Uint32Array, isObjective: Uint8Array): CellCounts {
  const captured = new Uint32Array(cellsOf(grid));
  const objective = new Uint32Array(cellsOf(grid));
  for (let k = 0; k < cells.length; k++) {
    captured[cells[k]!]!++;
    objective[cells[k]!]! += isObjective[entries.rows[k]!]!;
  }
  for (const [axis, { isOrdered, length }] of grid.axes.entries()) {
    const stride = grid.strides[axis]!;
    if (!isOrdered || length < 2) continue;
    for (let block = captured.length - stride * length; block >= 0; block -= stride * length)
      for (let cell = block + stride * (length - 1) - 1; cell >= block; cell--) {
        captured[cell]! += captured[cell + stride]!;
        objective[cell]! += objective[cell + stride]!;
      }
  }
  return { captured, objective };
}
