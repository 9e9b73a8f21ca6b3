import * as abi from "./abi.ts";
import { cellsOf } from "./grid.ts";
import { layOut, requireFit } from "./layout.ts";
import { candleBarsOf, intrabarOf } from "./paths.ts";
import { statisticsOf, sumsOf } from "./sums.ts";
import type { Region, RegionSize, SweepPlan, SweepSize, TileRange } from "./sweepLayout.ts";
import { ownRegions, type SweepSizes, sharedRegions } from "./sweepRegions.ts";

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
    size.heapEntries * abi.ENTRY_BYTES * size.threads > least.totalBytes / 2 ? "--top" : "space",
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
  const sizes = sizesWith(size, bars, chunkSlots, tilesHeld);
  const shape = { ...sizes, size, isHeld: chunkSlots === null, tilesPacked };
  const sharedSizes = sharedRegions(shape);
  const shared = layOut(sharedSizes);
  const own = ownRegions(shape);
  const offsets: Record<Region, number>[] = [];
  let { totalBytes } = shared;
  for (let thread = 0; thread < size.threads; thread++) {
    const layout = layOut(own, totalBytes);
    offsets.push({ ...shared.offsets, ...layout.offsets });
    totalBytes = layout.totalBytes;
  }
  const regions = [...sizesOf(sharedSizes, 1), ...sizesOf(own, size.threads)];
  return { ...sizes, offsets, totalBytes, regions, passes: rangesOf(sizes.rowItems, sizes.laneGroups, tilesPacked) };
}

function sizesWith(size: SweepSize, bars: number, chunkSlots: number | null, tilesHeld: number): SweepSizes {
  const { grid, stopItems, targetItems, levels, rules, entries } = size;
  const tilesBy = (rows: number, lanes: number): number => rows * Math.ceil(lanes / 4);
  const areStopsInLanes = !size.isPartial && tilesBy(targetItems, stopItems) < tilesBy(stopItems, targetItems);
  const rowItems = areStopsInLanes ? targetItems : stopItems;
  const laneItems = areStopsInLanes ? stopItems : targetItems;
  const laneGroups = Math.ceil(laneItems / 4);
  const rowBytes = statisticsOf(sumsOf(size.objective, size.tellsNothing)) * abi.STATISTIC_BYTES;
  return {
    areStopsInLanes,
    rowItems,
    laneItems,
    laneGroups,
    tiles: rowItems * laneGroups,
    tilesHeld,
    chunkSlots,
    slots: chunkSlots ?? entries,
    sideRowBytes: size.isPartial ? abi.PARTIAL_ROW_BYTES : abi.ROW_BYTES,
    sideLaneBytes: size.isPartial ? abi.PARTIAL_LANE_GROUP_BYTES : abi.LANE_GROUP_BYTES,
    rowBytes,
    ownBytes: grid.slabCells * rowBytes,
    candleBars: candleBarsOf(levels, bars, rules),
    bitWords: Math.ceil(entries / 128) * 2,
    details: intrabarOf(rules) === "nearest-open" ? 2 : 1,
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
