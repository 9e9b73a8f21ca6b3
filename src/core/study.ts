import * as abi from "./abi.ts";
import { candidateOf, cellsOf, type Grid } from "./grid.ts";
import type { Core } from "./instance.ts";
import { mostBlocks, type Region, type SweepPlan } from "./sweepPlan.ts";

/** Sums of some of the ranked sets by blocks of time. */
export interface SampledSets {
  readonly count: number;
  readonly blocks: number;
  /** f64[set][block][8]: trades, points, squares, squares of losing trades, gains, losses, wins, objective trades. */
  readonly sums: Float64Array;
}

/** Scores, without their drawdown term, of the ranked sets that share something. */
export interface ScoreTally {
  readonly count: number;
  readonly sum: number;
  /** -Infinity where count is 0. */
  readonly best: number;
}

/** What can be said of all ranked sets of a sweep. */
export interface SweepStudy {
  readonly samples: SampledSets;
  readonly all: { readonly count: number; readonly sum: number; readonly squares: number };
  /** By filter axis, then candidate, loosest first. */
  readonly axes: readonly (readonly ScoreTally[])[];
  /** [stop item][target item] */
  readonly exits: readonly ScoreTally[];
}

/** Samples whose sums are yet to be made, with the exit and the cell of each. */
export interface ChosenSets extends SampledSets {
  readonly exits: Uint32Array;
  readonly cells: Uint32Array;
}

/** An even stride over the ranked sets: the filters' cells, in each of them the exits. */
export function chooseSamples(plan: SweepPlan, isRanked: Uint8Array, wanted: number): ChosenSets {
  const ranked: number[] = [];
  for (let cell = 0; cell < isRanked.length; cell++) if (isRanked[cell] === 1) ranked.push(cell);
  const exitCount = plan.rowItems * plan.laneItems;
  const sets = ranked.length * exitCount;
  const count = Math.min(wanted, sets);
  const exits = new Uint32Array(count);
  const cells = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    const place = Math.floor((k * sets) / count);
    exits[k] = place % exitCount;
    cells[k] = ranked[Math.floor(place / exitCount)]!;
  }
  const sums = new Float64Array(count * mostBlocks * abi.BLOCK_STATISTICS);
  return { count, blocks: mostBlocks, sums, exits, cells };
}

/** Makes the sums of those samples whose exits' sides are held. */
export function sumBlocks(
  core: Core,
  memory: WebAssembly.Memory,
  at: Readonly<Record<Region, number>>,
  { count, sums, exits, cells }: ChosenSets,
  isHeld: (exit: number) => boolean,
): void {
  const size = mostBlocks * abi.BLOCK_STATISTICS;
  const block = new Float64Array(memory.buffer, at.blockSums, size);
  for (let k = 0; k < count; k++) {
    if (!isHeld(exits[k]!)) continue;
    block.fill(0);
    core.blockSums(at.sweep, exits[k]!, cells[k]!, at.marks, at.blockSums);
    sums.set(block, k * size);
  }
}

/** Folds the tallies by cell and by exit: over all, by axis and candidate, by stop and target item. */
export function foldTallies(
  memory: WebAssembly.Memory,
  plan: SweepPlan,
  grid: Grid,
  at: Readonly<Record<Region, number>>,
  isRanked: Uint8Array,
): Omit<SweepStudy, "samples"> {
  const floats = new Float64Array(memory.buffer);
  const exitCount = plan.rowItems * plan.laneItems;
  const all = { count: 0, sum: 0, squares: 0 };
  const axes = grid.axes.map(({ length }) => Array.from({ length }, () => emptyTally()));
  let cells = 0;
  for (let cell = 0; cell < isRanked.length; cell++) {
    if (isRanked[cell] === 0) continue;
    cells++;
    const [sum, squares, best] = floats.subarray(at.cellTally / 8 + cell * 3, at.cellTally / 8 + cell * 3 + 3);
    all.count += exitCount;
    all.sum += sum!;
    all.squares += squares!;
    for (const [axis, tallies] of axes.entries()) {
      const tally = tallies[candidateOf(grid, axis, cell)]!;
      tally.count += exitCount;
      tally.sum += sum!;
      tally.best = Math.max(tally.best, best!);
    }
  }
  const targets = plan.areStopsInLanes ? plan.rowItems : plan.laneItems;
  const exits = Array.from({ length: exitCount }, () => emptyTally());
  for (let row = 0; row < plan.rowItems; row++)
    for (let lane = 0; lane < plan.laneItems; lane++) {
      const from = at.exitTally / 8 + (row * plan.laneItems + lane) * 3;
      const [stop, target] = plan.areStopsInLanes ? [lane, row] : [row, lane];
      exits[stop * targets + target] = { count: cells, sum: floats[from]!, best: floats[from + 2]! };
    }
  return { all, axes, exits };
}

function emptyTally(): { count: number; sum: number; best: number } {
  return { count: 0, sum: 0, best: Number.NEGATIVE_INFINITY };
}

/** 1 by cell whose sets are ranked: those with a weight. */
export function rankedCells(memory: WebAssembly.Memory, grid: Grid, at: Readonly<Record<Region, number>>): Uint8Array {
  const weights = new Float64Array(memory.buffer, at.weights, cellsOf(grid));
  const isRanked = new Uint8Array(weights.length);
  for (let cell = 0; cell < isRanked.length; cell++) if (!Number.isNaN(weights[cell]!)) isRanked[cell] = 1;
  return isRanked;
}
