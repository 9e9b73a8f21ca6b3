import * as abi from "./abi.ts";
import { cellsOf } from "./grid.ts";
import { packLevels } from "./levels.ts";
import { batchRows, passageRegions } from "./passageRunner.ts";
import type { SweepPlan, SweepSize } from "./sweepLayout.ts";

/** The region where threads meet: i32 fields, then the text of what went wrong in one of them. */
export const meetingBytes = 512;
/** Slots that one call of the packing kernel fills. */
export const packedSlots = 1024;
/** Blocks of time that a set's sums may be told apart by. */
export const mostBlocks = 16;
/** Sum, squares and best. */
const tallyBytes = 24;
/** Count, sum, best and how many gain. */
export const setTallyBytes = 32;
/** Entries of the list that candidates for a drawdown pass through. */
export const listEntries = 1024;

/** What a layout is made of, before it has places. */
export interface SweepShape extends SweepSizes {
  readonly size: SweepSize;
  readonly isHeld: boolean;
  /** Tiles whose sides are held at once. */
  readonly tilesPacked: number;
}

export type SweepSizes = Pick<
  SweepPlan,
  | "areStopsInLanes"
  | "rowItems"
  | "laneItems"
  | "laneGroups"
  | "tiles"
  | "tilesHeld"
  | "chunkSlots"
  | "slots"
  | "sideRowBytes"
  | "sideLaneBytes"
  | "rowBytes"
  | "ownBytes"
  | "candleBars"
  | "bitWords"
  | "details"
>;

/** Bytes of what all threads share. */
export function sharedRegions(shape: SweepShape) {
  const { size, isHeld, slots, bitWords, tilesPacked, rowItems } = shape;
  const { grid, stopItems, targetItems, entries } = size;
  const cells = cellsOf(grid);
  // Who settles or studies reads trades in order of entry.
  const isOrdered = size.needsDrawdown || size.isStudied;
  const orderedEntries = isOrdered ? entries : 0;
  const groups = Math.max(1, Math.ceil(tilesPacked / rowItems));
  return {
    meeting: meetingBytes,
    stopItems: stopItems * abi.STOP_ITEM_BYTES,
    targetItems: targetItems * abi.TARGET_ITEM_BYTES,
    shares: size.isPartial ? stopItems * 8 : 0,
    exitRanks: stopItems * targetItems * 8,
    exitKinds: stopItems * targetItems,
    axes: grid.axes.length * abi.AXIS_BYTES,
    steps: size.stepsBytes,
    slabStarts: (grid.slabs + 1) * 4,
    weights: cells * 8,
    counts: cells * 4,
    captureRates: size.objective.needsCapture ? cells * 8 : 0,
    bits: isOrdered ? (1 + grid.axes.reduce((sum, { length }) => sum + length, 0)) * bitWords * 8 : 0,
    entryTicks: orderedEntries * 4,
    entrySlots: isHeld ? orderedEntries * 4 : size.isStudied ? slots * 4 : 0,
    slotTicks: isHeld && size.needsDrawdown ? entries * 4 : 0,
    marks: size.isStudied ? entries : 0,
    blockSums: size.isStudied ? mostBlocks * abi.BLOCK_STATISTICS * 8 : 0,
    cellTally: size.isStudied ? cells * tallyBytes : 0,
    exitTally: size.isStudied ? stopItems * targetItems * tallyBytes : 0,
    ...tallyRegions(size.tallyPlaces, cells),
    offsets: slots * 4,
    rows: slots * Math.min(rowItems, tilesPacked) * shape.sideRowBytes,
    lanes: slots * groups * shape.sideLaneBytes,
  };
}

/** Bytes of what tallies of scores take; see assembly/tallySlab.ts. */
function tallyRegions(placeCounts: SweepSize["tallyPlaces"], cells: number) {
  const groups = placeCounts?.length ?? 0;
  const places = placeCounts?.reduce((sum, count) => sum + count, 0) ?? 0;
  const isTallied = placeCounts !== null ? 1 : 0;
  return {
    tallyDivisors: isTallied * cells * 8,
    tallyPlaces: groups * tallyPlacesBytes(cells),
    tallyGroups: groups * 4,
    tallyTables: places * 4 * setTallyBytes,
    tallyCells: isTallied * cells * setTallyBytes,
    tallySquares: isTallied * 32,
  };
}

/** Bytes of one group's places. */
export const tallyPlacesBytes = (cells: number): number => cells * 2;

/** Bytes of what each thread has of its own. */
export function ownRegions(shape: SweepShape) {
  const { size, isHeld, bitWords, candleBars, details, ownBytes } = shape;
  const { grid, levels, entries } = size;
  const isSettling = size.needsDrawdown;
  const settledEntries = isSettling ? entries : 0;
  const hasGroups = grid.groups.length > 0;
  return {
    ...passageRegions(levels, candleBars, size.columns, details),
    // One exit's levels alone are no more than all.
    exitLevels: packLevels(levels).byteLength,
    exitItems: abi.STOP_ITEM_BYTES + abi.TARGET_ITEM_BYTES + 8,
    exitRows: isHeld ? 0 : batchRows * shape.sideRowBytes,
    exitLanes: isHeld ? 0 : batchRows * shape.sideLaneBytes,
    sources: packedSlots * 4,
    slots: packedSlots * 4,
    sweep: abi.SWEEP_GROUPS + grid.groups.length * abi.GROUP_BYTES,
    flagged: (grid.slabCells + 1) * 4,
    size: 16,
    heap: (size.heapEntries + 1) * abi.ENTRY_BYTES,
    list: isSettling && !isHeld ? listEntries * abi.ENTRY_BYTES : 0,
    listSize: 16,
    settle: abi.SETTLE_BYTES,
    points: isHeld ? 0 : settledEntries * 8,
    ticks: isHeld ? 0 : settledEntries * 4,
    open: (settledEntries + 1) * 16,
    captured: isSettling || size.isStudied ? bitWords * 8 : 0,
    falls: isSettling && isHeld ? grid.slabCells * abi.STATISTIC_BYTES : 0,
    fallScratch: isSettling && isHeld && hasGroups ? grid.slabCells * abi.STATISTIC_BYTES : 0,
    pool: isSettling ? 16 + (size.heapEntries + 1) * abi.ENTRY_BYTES : 0,
    leaders: isSettling ? 16 + (size.top + 1) * abi.ENTRY_BYTES : 0,
    scratch: hasGroups ? ownBytes : 0,
    own: Math.ceil(shape.tilesHeld / size.threads) * ownBytes,
  };
}
