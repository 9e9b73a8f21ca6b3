import * as abi from "./abi.ts";
import { countCells } from "./cellCounts.ts";
import { cellsOf, type Grid } from "./grid.ts";
import { sumsOf, weightOf } from "./sums.ts";
import type { SweepPlace } from "./sweepPlace.ts";

/** What the counts of all cells say. */
export interface CellFigures {
  readonly rankable: number;
  /** Largest capture rate of any rankable cell. */
  readonly mostCapture: number;
}

/** Copies in what all threads read and nobody changes. */
export function writeTables(
  { memory, plan, job, at }: Omit<SweepPlace, "core">,
  grid: Grid,
  cells: Uint32Array,
  slabStarts: readonly number[],
): CellFigures {
  const floats = new Float64Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  const halves = new Uint16Array(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  halves.set(job.stopItems, at.stopItems / 2);
  halves.set(job.targetItems, at.targetItems / 2);
  if (job.shares) floats.set(job.shares, at.shares / 8);
  const targets = (job.targetItems.length * 2) / abi.TARGET_ITEM_BYTES;
  for (let row = 0; row < plan.rowItems; row++)
    for (let lane = 0; lane < plan.laneItems; lane++) {
      const stop = plan.areStopsInLanes ? lane : row;
      const target = plan.areStopsInLanes ? row : lane;
      const exit = row * plan.laneItems + lane;
      floats[at.exitRanks / 8 + exit] = job.exitRanks[stop * targets + target]!;
      bytes[at.exitKinds + exit] = job.stopKinds[stop]!;
    }
  let step = 0;
  for (const [axis, { isOrdered, length }] of grid.axes.entries()) {
    words.set(
      [Math.max(1, grid.strides[axis]!), length, step, isOrdered ? 1 : 0],
      (at.axes + axis * abi.AXIS_BYTES) / 4,
    );
    step += length;
  }
  floats.set(job.steps, at.steps / 8);
  words.set(slabStarts, at.slabStarts / 4);

  const { captured, objective } = countCells(grid, job.entries, cells, job.isObjective);
  words.set(captured, at.counts / 4);
  let rankable = 0;
  let mostCapture = 0;
  const hasRates = job.objective.needsCapture;
  const cellCount = cellsOf(grid);
  for (let cell = 0; cell < cellCount; cell++) {
    const n = captured[cell]!;
    const rate = job.objectiveTotal === 0 ? 0 : objective[cell]! / job.objectiveTotal;
    if (hasRates) floats[at.captureRates / 8 + cell] = rate;
    const isRankable = n > 0 && n >= job.minTrades && rate >= job.minCaptureRate;
    floats[at.weights / 8 + cell] = isRankable ? weightOf(job.objective.weight, n, rate) : Number.NaN;
    if (!isRankable) continue;
    rankable++;
    if (rate > mostCapture) mostCapture = rate;
  }
  return { rankable, mostCapture };
}

/** Tells one thread's kernels how everything stands; fields as abi.ts has them. */
export function writeSweep({ memory, plan, job, at }: SweepPlace, grid: Grid, mostCapture: number): void {
  const view = new DataView(memory.buffer);
  const fields: readonly (readonly [field: number, value: number])[] = [
    [abi.SWEEP_SLAB_CELLS, grid.slabCells],
    [abi.SWEEP_ROW_BYTES, plan.rowBytes],
    [abi.SWEEP_BLOCKS, grid.blocks],
    [abi.SWEEP_LENGTH, grid.lastLength],
    [abi.SWEEP_POSITIONS, grid.positions],
    [abi.SWEEP_SCRATCH, at.scratch],
    [abi.SWEEP_FLAGGED, at.flagged],
    [abi.SWEEP_GROUP_COUNT, grid.groups.length],
    [abi.SWEEP_SUMS, sumsOf(job.objective, job.tellsNothing)],
    [abi.SWEEP_OBJECTIVE, job.objective.code],
    [abi.SWEEP_SLABS, grid.slabs],
    [abi.SWEEP_SLAB_STARTS, at.slabStarts],
    [abi.SWEEP_OWN, at.own],
    [abi.SWEEP_WEIGHTS, at.weights],
    [abi.SWEEP_COUNTS, at.counts],
    [abi.SWEEP_CAPTURE_RATES, job.objective.needsCapture ? at.captureRates : 0],
    [abi.SWEEP_EXIT_RANKS, at.exitRanks],
    [abi.SWEEP_EXIT_KINDS, at.exitKinds],
    [abi.SWEEP_AXES, at.axes],
    [abi.SWEEP_AXIS_COUNT, grid.axes.length],
    [abi.SWEEP_STEPS, at.steps],
    [abi.SWEEP_STEP_COUNT, grid.axes.reduce((sum, { length }) => sum + length, 0)],
    [abi.SWEEP_HEAP, at.heap],
    [abi.SWEEP_SIZE, at.size],
    [abi.SWEEP_CAPACITY, job.heapEntries],
    [abi.SWEEP_ROWS, at.rows],
    [abi.SWEEP_LANES, at.lanes],
    [abi.SWEEP_OFFSETS, at.offsets],
    [abi.SWEEP_SLOTS, plan.slots],
    [abi.SWEEP_LANE_ITEMS, plan.laneItems],
    [abi.SWEEP_FILTER, abi.FLAG_ALL],
    [abi.SWEEP_PARTIAL, job.shares ? 1 : 0],
    [abi.SWEEP_SETTLE, 0],
  ];
  for (const [field, value] of fields) view.setUint32(at.sweep + field, value, true);
  view.setUint32(at.size, 0, true);
  view.setFloat64(at.sweep + abi.SWEEP_AIM, Number.NEGATIVE_INFINITY, true);
  view.setFloat64(at.sweep + abi.SWEEP_MOST_CAPTURE, mostCapture, true);
  view.setFloat64(at.sweep + abi.SWEEP_FLOOR, job.floor, true);
  for (const [k, { kernel, blocks, length, span }] of grid.groups.entries())
    for (const [field, value] of [kernel, blocks, length, span * plan.rowBytes].entries())
      view.setUint32(at.sweep + abi.SWEEP_GROUPS + k * abi.GROUP_BYTES + field * 4, value, true);
}
