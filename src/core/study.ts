import { uniformFrom } from "../random.ts";
import * as abi from "./abi.ts";
import { candidateOf, cellsOf, type Grid } from "./grid.ts";
import type { Region, SweepPlan } from "./sweepLayout.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import { mostBlocks } from "./sweepRegions.ts";

/** Sums of some of the ranked sets by blocks of time. */
export interface SampledSets {
  readonly count: number;
  /** Place of each in the draw of the whole search, from 0. */
  readonly places: Uint32Array;
  readonly blocks: number;
  /** f64[set][block][8]: trades, points, squares, squares of losing trades, gains, losses, wins, objective trades. */
  readonly sums: Float64Array;
}

/** Scores, without their drawdown term, of the ranked sets that share something. */
export interface ScoreTally {
  readonly count: number;
  readonly sum: number;
  /** -Infinity if count is 0. */
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

/** Which sets of a search are sampled, where a search may take several sweeps: one for each slab of its leading filters. */
export interface Sampling {
  /** Sets wanted of the whole search. */
  readonly wanted: number;
  /** Ranked filter combinations of the whole search. */
  readonly cells: number;
  /** Of those, how many belong to sweeps before this one. */
  readonly before: number;
}

/** The sample is drawn by this seed, so that the same search always samples the same sets. */
const sampleSeed = 20170807;

/**
 * A sample that favours no filter and no exit: the ranked filter combinations in a drawn order, the exits in another, pair by pair and round
 * and round, so that each combination and each exit stands as often as another, give or take once. The same sets whatever the layout.
 */
export function chooseSamples(
  plan: Pick<SweepPlan, "rowItems" | "laneItems">,
  grid: Grid,
  isRanked: Uint8Array,
  { wanted, cells: all, before }: Sampling,
): ChosenSets {
  const ranked = rankedInOrder(grid, isRanked);
  const exitCount = plan.rowItems * plan.laneItems;
  const total = Math.min(wanted, all * exitCount);
  const uniform = uniformFrom(sampleSeed);
  const cellOrder = firstDrawn(all, total, uniform);
  const exitOrder = firstDrawn(exitCount, total, uniform);
  // After so many pairs they would be the same again: every round begins one exit later.
  const round = (all / greatestDivisor(all, exitCount)) * exitCount;
  const chosen: { readonly place: number; readonly exit: number; readonly cell: number }[] = [];
  for (let k = 0; k < total; k++) {
    const own = cellOrder[k % all]! - before;
    if (own < 0 || own >= ranked.length) continue;
    chosen.push({ place: k, exit: exitOrder[(k + Math.floor(k / round)) % exitCount]!, cell: ranked[own]! });
  }
  return {
    count: chosen.length,
    blocks: mostBlocks,
    sums: new Float64Array(chosen.length * mostBlocks * abi.BLOCK_STATISTICS),
    places: Uint32Array.from(chosen, ({ place }) => place),
    exits: Uint32Array.from(chosen, ({ exit }) => exit),
    cells: Uint32Array.from(chosen, ({ cell }) => cell),
  };
}

/** The first `wanted` of the numbers below `count` in a drawn order, or all (Fisher and Yates, Durstenfeld's form of 1964). */
function firstDrawn(count: number, wanted: number, uniform: () => number): number[] {
  const moved = new Map<number, number>();
  const drawn: number[] = [];
  for (let k = 0; k < Math.min(wanted, count); k++) {
    const other = k + Math.floor(uniform() * (count - k));
    drawn.push(moved.get(other) ?? other);
    moved.set(other, moved.get(k) ?? k);
  }
  return drawn;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Ranked cells by the candidates of their axes, the last axis fastest: an order that does not depend on how cells stand in memory. */
function rankedInOrder(grid: Grid, isRanked: Uint8Array): number[] {
  let cells = [0];
  for (const [axis, { length }] of grid.axes.entries()) {
    if (length < 2) continue;
    const next: number[] = [];
    for (const cell of cells) for (let c = 0; c < length; c++) next.push(cell + c * grid.strides[axis]!);
    cells = next;
  }
  return cells.filter((cell) => isRanked[cell] === 1);
}

/** Adds the trades of entry words `from` .. `to` - 1 to those samples whose exits' sides are held. */
export function sumBlocks(
  { core, memory, at }: SweepPlace,
  { count, sums, exits, cells }: ChosenSets,
  isHeld: (exit: number) => boolean,
  from: number,
  to: number,
): void {
  const size = mostBlocks * abi.BLOCK_STATISTICS;
  const block = new Float64Array(memory.buffer, at.blockSums, size);
  for (let k = 0; k < count; k++) {
    if (!isHeld(exits[k]!)) continue;
    const own = sums.subarray(k * size, (k + 1) * size);
    block.set(own);
    core.blockSums(at.sweep, exits[k]!, cells[k]!, at.marks, at.blockSums, from, to);
    own.set(block);
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

/** One sweep's study, and where its search held the leading filters meanwhile. */
export interface SlabStudy {
  readonly held: readonly number[];
  readonly study: SweepStudy;
}

/** The study of a search from those of its sweeps, in their order; `lengths` are the candidates of the filters that they held. */
export function joinStudies(slabs: readonly SlabStudy[], lengths: readonly number[]): SweepStudy {
  const studies = slabs.map(({ study }) => study);
  const joined = (tallies: readonly ScoreTally[]): ScoreTally => tallies.reduce(addTallies, emptyTally());
  const sums = new Float64Array(studies.reduce((length, { samples }) => length + samples.sums.length, 0));
  const size = mostBlocks * abi.BLOCK_STATISTICS;
  for (const { samples } of studies)
    for (const [k, place] of samples.places.entries())
      sums.set(samples.sums.subarray(k * size, (k + 1) * size), place * size);
  const count = sums.length / size;
  return {
    samples: {
      count,
      places: Uint32Array.from({ length: count }, (_, place) => place),
      blocks: mostBlocks,
      sums,
    },
    all: studies.reduce(
      (all, { all: own }) => ({
        count: all.count + own.count,
        sum: all.sum + own.sum,
        squares: all.squares + own.squares,
      }),
      { count: 0, sum: 0, squares: 0 },
    ),
    axes: [
      ...lengths.map((length, axis) =>
        Array.from({ length }, (_, candidate) =>
          joined(
            slabs.flatMap(({ held, study }) =>
              held[axis] === candidate ? [{ ...study.all, best: bestOf(study.exits) }] : [],
            ),
          ),
        ),
      ),
      ...studies[0]!.axes.map((candidates, axis) =>
        candidates.map((_, candidate) => joined(studies.map(({ axes }) => axes[axis]![candidate]!))),
      ),
    ],
    exits: studies[0]!.exits.map((_, exit) => joined(studies.map(({ exits }) => exits[exit]!))),
  };
}

function bestOf(tallies: readonly ScoreTally[]): number {
  return tallies.reduce((best, tally) => Math.max(best, tally.best), Number.NEGATIVE_INFINITY);
}

/** What two lots of sets have together. */
export function addTallies(a: ScoreTally, b: ScoreTally): ScoreTally {
  return { count: a.count + b.count, sum: a.sum + b.sum, best: Math.max(a.best, b.best) };
}

/** No sets. */
export function emptyTally(): { count: number; sum: number; best: number } {
  return { count: 0, sum: 0, best: Number.NEGATIVE_INFINITY };
}

/** 1 by cell whose sets are ranked: those with a weight. */
export function rankedCells(memory: WebAssembly.Memory, grid: Grid, at: Readonly<Record<Region, number>>): Uint8Array {
  const weights = new Float64Array(memory.buffer, at.weights, cellsOf(grid));
  const isRanked = new Uint8Array(weights.length);
  for (let cell = 0; cell < isRanked.length; cell++) if (!Number.isNaN(weights[cell]!)) isRanked[cell] = 1;
  return isRanked;
}
