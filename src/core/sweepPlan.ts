import * as abi from "./abi.ts";
import { cellsOf, type Grid } from "./grid.ts";
import { layOut, requireFit } from "./layout.ts";
import { type Levels, packLevels } from "./levels.ts";
import type { CoreObjective } from "./objective.ts";
import { batchRows, passageRegions } from "./passageRunner.ts";
import { type CoreRules, candleBarsOf, intrabarOf } from "./paths.ts";
import { statisticsOf, sumsOf } from "./sums.ts";

/** The region where threads meet: i32 fields, then the text of what went wrong in one of them. */
export const meetingBytes = 512;

/** What the size of a sweep depends on. */
export interface SweepSize {
  readonly entries: number;
  readonly grid: Grid;
  readonly levels: Levels;
  readonly rules: CoreRules;
  readonly stopItems: number;
  readonly targetItems: number;
  /** Whether exits may be partial: sides then hold more, and stops stand in the rows. */
  readonly isPartial: boolean;
  readonly stepsBytes: number;
  readonly objective: CoreObjective;
  readonly tellsNothing: boolean;
  readonly needsDrawdown: boolean;
  readonly isStudied: boolean;
  readonly heapEntries: number;
  readonly top: number;
  readonly threads: number;
  /** Whether candles are missing between those of any series: each then brings the bar that it stands at. */
  readonly withHoles: boolean;
}

export type Region =
  | "meeting"
  | "candles"
  | "candleSlots"
  | "batch"
  | "levels"
  | "records"
  | "exitLevels"
  | "exitItems"
  | "exitRows"
  | "exitLanes"
  | "stopItems"
  | "targetItems"
  | "shares"
  | "exitRanks"
  | "exitKinds"
  | "axes"
  | "steps"
  | "weights"
  | "counts"
  | "captureRates"
  | "sweep"
  | "slabStarts"
  | "marks"
  | "blockSums"
  | "cellTally"
  | "exitTally"
  | "flagged"
  | "size"
  | "heap"
  | "list"
  | "listSize"
  | "sources"
  | "slots"
  | "settle"
  | "bits"
  | "entryTicks"
  | "entrySlots"
  | "points"
  | "ticks"
  | "open"
  | "captured"
  | "falls"
  | "fallScratch"
  | "slotTicks"
  | "pool"
  | "leaders"
  | "scratch"
  | "own"
  | "offsets"
  | "rows"
  | "lanes";

export interface RegionSize {
  readonly name: Region;
  readonly bytes: number;
  readonly threads: number;
}

/** Lane groups and row items, each from (inclusive) to (exclusive). */
export interface TileRange {
  readonly firstGroup: number;
  readonly endGroup: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** One layout for one sweep: fixed before anything runs. */
export interface SweepPlan {
  /** Where each region begins, by thread: some are all threads', some each one's own. */
  readonly offsets: readonly Readonly<Record<Region, number>>[];
  readonly totalBytes: number;
  /** Bytes of each region, and how many threads have one of their own. */
  readonly regions: readonly RegionSize[];
  /** Which side of an exit stands four abreast: the one that pads less. */
  readonly areStopsInLanes: boolean;
  readonly rowItems: number;
  readonly laneItems: number;
  readonly laneGroups: number;
  /** A tile is one row item with one lane group; tile = group * rowItems + row. */
  readonly tiles: number;
  /** Tiles whose sums are held at once: 1 if every opportunity is. */
  readonly tilesHeld: number;
  /** Rectangles of tiles; for each, every opportunity is walked once more. One where all sides of all opportunities are held. */
  readonly passes: readonly TileRange[];
  /** Opportunities whose sides are held at once, or null if all are, with the sides of one pass's tiles. */
  readonly chunkSlots: number | null;
  /** Entries for which there is room. */
  readonly slots: number;
  /** Bytes of one slot of a row item, and of a lane group. */
  readonly sideRowBytes: number;
  readonly sideLaneBytes: number;
  /** Bytes of the sums of one cell. */
  readonly rowBytes: number;
  readonly ownBytes: number;
  readonly candleBars: number;
  /** u64 words of a bitset of all entries, an even number. */
  readonly bitWords: number;
  readonly details: 1 | 2;
}

/** Slots that one call of the packing kernel fills. */
export const packedSlots = 1024;
/** Blocks of time that a set's sums may be told apart by. */
export const mostBlocks = 16;
/** Sum, squares and best. */
const tallyBytes = 24;
/** Entries of the list that candidates for a drawdown pass through. */
export const listEntries = 1024;
const leastChunkSlots = 512;
/** Room for candles: beyond the longest path, as many bars as make copying cheap, and fewer where memory is short. */
const spareBars = [4096, 512, 0];

/** Turns sizes and the allowed memory into a layout; refuses with the minimum memory that would be enough. */
export function planSweep(size: SweepSize, allowedBytes: number): SweepPlan {
  for (const bars of spareBars) {
    const banded = planBands(size, bars, allowedBytes);
    if (banded?.passes.length === 1) return banded;
    const streamed = planStream(size, bars, allowedBytes);
    // A drawdown is walked where all of an exit is held; where it streams, each exit's opportunities must be walked for it alone.
    if (banded && (size.needsDrawdown || !streamed || banded.passes.length <= streamed.passes.length)) return banded;
    if (streamed) return streamed;
  }
  const least = planWith(size, 0, Math.min(size.entries, leastChunkSlots), 1);
  requireFit(
    least,
    allowedBytes,
    `a search of ${size.stopItems * size.targetItems} exits over ${cellsOf(size.grid)} filter combinations`,
  );
  return least;
}

/** Every opportunity with the sides of all tiles, or of as many a pass as fit; null if not even one tile's do. */
function planBands(size: SweepSize, bars: number, allowedBytes: number): SweepPlan | null {
  const least = planWith(size, bars, null, 1, 1);
  const free = allowedBytes - least.totalBytes;
  if (free < 0) return null;
  const row = least.slots * least.sideRowBytes;
  const group = least.slots * least.sideLaneBytes;
  // Beside the one row and the one group that `least` has.
  const rows = 1 + Math.floor(free / row);
  const groups = 1 + Math.floor((free - (least.rowItems - 1) * row) / group);
  const most = rows >= least.rowItems ? Math.min(least.laneGroups, groups) * least.rowItems : rows;
  const passes = passesOf(least, most);
  const plan = planWith(size, bars, null, 1, heldIn(least, passes));
  return plan.totalBytes <= allowedBytes ? plan : least;
}

/** Half of what is free for the sums of as many tiles as it holds, the rest for opportunities. */
function planStream(size: SweepSize, bars: number, allowedBytes: number): SweepPlan | null {
  const least = planWith(size, bars, Math.min(size.entries, leastChunkSlots), 1);
  const free = allowedBytes - least.totalBytes;
  if (free < 0) return null;
  const most = Math.max(1, Math.min(least.tiles, Math.floor((free * 0.5) / least.ownBytes)));
  const passes = passesOf(least, most);
  const held = heldIn(least, passes);
  const slotBytes = sideBytes(least, held) + (size.isStudied ? 8 : 4);
  const chunk = Math.floor((free - (held - 1) * least.ownBytes) / slotBytes);
  const plan = planWith(size, bars, Math.min(size.entries, Math.max(leastChunkSlots, chunk)), held);
  return plan.totalBytes <= allowedBytes ? plan : least;
}

/** Passes that at most so many tiles a pass take: whole lane groups, or parts of one. */
function passesOf({ rowItems, laneGroups }: Pick<SweepPlan, "rowItems" | "laneGroups">, most: number): number {
  return most >= rowItems
    ? Math.ceil(laneGroups / Math.floor(most / rowItems))
    : laneGroups * Math.ceil(rowItems / most);
}

/** Tiles a pass, spread evenly. */
function heldIn({ rowItems, laneGroups }: Pick<SweepPlan, "rowItems" | "laneGroups">, passes: number): number {
  return passes <= laneGroups
    ? Math.ceil(laneGroups / passes) * rowItems
    : Math.ceil(rowItems / Math.ceil(passes / laneGroups));
}

/** Bytes of one opportunity's sides for so many tiles. */
function sideBytes({ rowItems, sideRowBytes, sideLaneBytes }: SweepPlan, tilesHeld: number): number {
  const groups = Math.max(1, Math.ceil(tilesHeld / rowItems));
  return groups * sideLaneBytes + Math.min(rowItems, tilesHeld) * sideRowBytes;
}

/** `tilesHeld` are tiles whose sums are held at once, `tilesPacked` those whose sides are, unless these are the same. */
function planWith(
  size: SweepSize,
  bars: number,
  chunkSlots: number | null,
  tilesHeld: number,
  tilesPacked = tilesHeld,
): SweepPlan {
  const { grid, stopItems, targetItems, levels, rules, entries } = size;
  const tilesBy = (rows: number, lanes: number): number => rows * Math.ceil(lanes / 4);
  const sideRowBytes = size.isPartial ? abi.PARTIAL_ROW_BYTES : abi.ROW_BYTES;
  const sideLaneBytes = size.isPartial ? abi.PARTIAL_LANE_GROUP_BYTES : abi.LANE_GROUP_BYTES;
  const areStopsInLanes = !size.isPartial && tilesBy(targetItems, stopItems) < tilesBy(stopItems, targetItems);
  const rowItems = areStopsInLanes ? targetItems : stopItems;
  const laneItems = areStopsInLanes ? stopItems : targetItems;
  const laneGroups = Math.ceil(laneItems / 4);
  const tiles = rowItems * laneGroups;
  const rowBytes = statisticsOf(sumsOf(size.objective, size.tellsNothing)) * abi.STATISTIC_BYTES;
  const ownBytes = grid.slabCells * rowBytes;
  const cells = cellsOf(grid);
  const details = intrabarOf(rules) === "nearest-open" ? 2 : 1;
  const candleBars = candleBarsOf(levels, bars, rules);
  const isHeld = chunkSlots === null;
  const bitWords = Math.ceil(entries / 128) * 2;
  const settledEntries = size.needsDrawdown ? entries : 0;
  const slots = chunkSlots ?? entries;
  const groups = Math.max(1, Math.ceil(tilesPacked / rowItems));
  const isSettling = size.needsDrawdown;
  // Who settles or studies reads trades in order of entry.
  const isOrdered = isSettling || size.isStudied;
  const orderedEntries = isOrdered ? entries : 0;
  const sharedSizes = {
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
    slotTicks: isHeld ? settledEntries * 4 : 0,
    marks: size.isStudied ? entries : 0,
    blockSums: size.isStudied ? mostBlocks * abi.BLOCK_STATISTICS * 8 : 0,
    cellTally: size.isStudied ? cells * tallyBytes : 0,
    exitTally: size.isStudied ? stopItems * targetItems * tallyBytes : 0,
    offsets: slots * 4,
    rows: slots * Math.min(rowItems, tilesPacked) * sideRowBytes,
    lanes: slots * groups * sideLaneBytes,
  };
  const shared = layOut(sharedSizes);
  const own = {
    ...passageRegions(levels, candleBars, size.withHoles, details),
    // One exit's levels alone are no more than all.
    exitLevels: packLevels(levels).byteLength,
    exitItems: abi.STOP_ITEM_BYTES + abi.TARGET_ITEM_BYTES + 8,
    exitRows: isHeld ? 0 : batchRows * sideRowBytes,
    exitLanes: isHeld ? 0 : batchRows * sideLaneBytes,
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
    captured: isOrdered ? bitWords * 8 : 0,
    falls: isSettling && isHeld ? grid.slabCells * abi.STATISTIC_BYTES : 0,
    fallScratch: isSettling && isHeld && grid.groups.length > 0 ? grid.slabCells * abi.STATISTIC_BYTES : 0,
    pool: isSettling ? 16 + (size.heapEntries + 1) * abi.ENTRY_BYTES : 0,
    leaders: isSettling ? 16 + (size.top + 1) * abi.ENTRY_BYTES : 0,
    scratch: grid.groups.length > 0 ? ownBytes : 0,
    own: Math.ceil(tilesHeld / size.threads) * ownBytes,
  };
  const offsets: Record<Region, number>[] = [];
  let { totalBytes } = shared;
  for (let thread = 0; thread < size.threads; thread++) {
    const layout = layOut(own, totalBytes);
    offsets.push({ ...shared.offsets, ...layout.offsets });
    totalBytes = layout.totalBytes;
  }
  const regions = [...sizesOf(sharedSizes, 1), ...sizesOf(own, size.threads)];
  return {
    offsets,
    totalBytes,
    regions,
    areStopsInLanes,
    rowItems,
    laneItems,
    laneGroups,
    tiles,
    tilesHeld,
    passes: rangesOf(rowItems, laneGroups, tilesPacked),
    chunkSlots,
    slots,
    sideRowBytes,
    sideLaneBytes,
    rowBytes,
    ownBytes,
    candleBars,
    bitWords,
    details,
  };
}

/** All tiles as rectangles of at most so many: whole lane groups, or parts of one. */
function rangesOf(rowItems: number, laneGroups: number, held: number): TileRange[] {
  const ranges: TileRange[] = [];
  const groups = Math.max(1, Math.floor(held / rowItems));
  const rows = Math.min(rowItems, held);
  for (let firstGroup = 0; firstGroup < laneGroups; firstGroup += groups)
    for (let firstRow = 0; firstRow < rowItems; firstRow += rows)
      ranges.push({
        firstGroup,
        endGroup: Math.min(laneGroups, firstGroup + groups),
        firstRow,
        endRow: Math.min(rowItems, firstRow + rows),
      });
  return ranges;
}

function sizesOf(sizes: Readonly<Partial<Record<Region, number>>>, threads: number): RegionSize[] {
  return Object.entries(sizes)
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => ({ name: name as Region, bytes, threads }));
}
