import * as abi from "./abi.ts";
import { cellsOf, type Grid } from "./grid.ts";
import type { Core } from "./instance.ts";
import { mostBlocks, type Region, type SweepPlan, tallyBytes } from "./sweepPlan.ts";

/** Sums of some of the ranked sets by blocks of time. */
export interface SampledSets {
  readonly count: number;
  readonly blocks: number;
  /** f64[set][block][8]: trades, points, squares, squares of losing trades, gains, losses, wins, objective trades. */
  readonly sums: Float64Array;
}

/** Sum, squares and best of the scores of all ranked sets that share something, without their drawdown term. */
export interface Tallies {
  /** f64[element][3] */
  readonly values: Float64Array;
}

export interface SweepStudy {
  readonly samples: SampledSets;
  /** By cell of the grid, and by exit as `exitAt` numbers them. */
  readonly cells: Tallies;
  readonly exits: Tallies;
  /** 1 by cell where its sets are ranked. */
  readonly isRanked: Uint8Array;
}

/** Sums of an even stride over the ranked sets: the filters' cells, in each of them the exits. */
export function sampleSets(
  core: Core,
  memory: WebAssembly.Memory,
  plan: SweepPlan,
  at: Readonly<Record<Region, number>>,
  isRanked: Uint8Array,
  wanted: number,
): SampledSets {
  const cells: number[] = [];
  for (let cell = 0; cell < isRanked.length; cell++) if (isRanked[cell] === 1) cells.push(cell);
  const exits = plan.rowItems * plan.laneItems;
  const ranked = cells.length * exits;
  const count = Math.min(wanted, ranked);
  const size = mostBlocks * abi.BLOCK_STATISTICS;
  const sums = new Float64Array(count * size);
  const block = new Float64Array(memory.buffer, at.blockSums, size);
  for (let k = 0; k < count; k++) {
    const place = Math.floor((k * ranked) / count);
    block.fill(0);
    core.blockSums(at.sweep, place % exits, cells[Math.floor(place / exits)]!, at.marks, at.blockSums);
    sums.set(block, k * size);
  }
  return { count, blocks: mostBlocks, sums };
}

/** Copies of the tallies, and which cells are ranked. */
export function readTallies(
  memory: WebAssembly.Memory,
  plan: SweepPlan,
  at: Readonly<Record<Region, number>>,
): Pick<SweepStudy, "cells" | "exits"> {
  const copy = (offset: number, bytes: number): Tallies => ({
    values: new Float64Array(memory.buffer, offset, bytes / 8).slice(),
  });
  const cells = plan.regions.find(({ name }) => name === "cellTally")!.bytes;
  return { cells: copy(at.cellTally, cells), exits: copy(at.exitTally, plan.rowItems * plan.laneItems * tallyBytes) };
}

/** 1 by cell whose sets are ranked: those with a weight. */
export function rankedCells(memory: WebAssembly.Memory, grid: Grid, at: Readonly<Record<Region, number>>): Uint8Array {
  const weights = new Float64Array(memory.buffer, at.weights, cellsOf(grid));
  const isRanked = new Uint8Array(weights.length);
  for (let cell = 0; cell < isRanked.length; cell++) if (!Number.isNaN(weights[cell]!)) isRanked[cell] = 1;
  return isRanked;
}
