import { ENTRY_BYTES, EXIT_BYTES, STATISTICS } from "./abi.ts";
import { type Layout, layOut, requireFit } from "./layout.ts";
import { passageRegions, segmentBarsOf } from "./passageRunner.ts";
import { type Levels, recordBytesOf } from "./paths.ts";

/** What the size of a sweep depends on. */
export interface SweepSize {
  readonly rows: number;
  readonly entries: number;
  readonly cells: number;
  readonly maskWords: number;
  readonly exits: number;
  /** Distinct orders of cell ranks, one a kind of trailing variant. */
  readonly orders: number;
  readonly levels: Levels;
  readonly needsBounds: boolean;
  readonly needsDrawdown: boolean;
  readonly heapEntries: number;
}

type Region =
  | "levels"
  | "exits"
  | "exitRanks"
  | "exitOrders"
  | "cellRanks"
  | "captured"
  | "captureRates"
  | "isRankable"
  | "size"
  | "heap"
  | "list"
  | "buckets"
  | "order"
  | "scratch"
  | "ticks"
  | "entryTicks"
  | "points"
  | "masks"
  | "wanted"
  | "entries"
  | "candles"
  | "batch"
  | "atrs"
  | "records"
  | "sums";

/** One layout for one sweep: fixed before anything runs. */
export interface SweepPlan {
  readonly layout: Layout<Region>;
  /** Exits whose sums are held at once; even, for pairs of lanes. */
  readonly tileWidth: number;
  /** Opportunities whose records are held at once; all of them, or passages are taken again for each tile. */
  readonly chunkRows: number;
  readonly segmentBars: number;
  readonly listEntries: number;
}

/** Sums of a tile that still stay in a core's own cache. */
const cachedSumsBytes = 524_288;
const leastChunkRows = 256;
const listEntries = 1024;

/** Turns sizes and the allowed memory into a layout; refuses with the least memory that would do. */
export function planSweep(size: SweepSize, allowedBytes: number): SweepPlan {
  const evenExits = Math.ceil(size.exits / 2) * 2;
  const candidates: SweepPlan[] = [];
  for (let tileWidth = 32; tileWidth >= 2; tileWidth /= 2) {
    if (tileWidth > 2 && (tileWidth > evenExits || sumsBytes(size, tileWidth) > cachedSumsBytes)) continue;
    candidates.push(planWith(size, tileWidth, size.rows, 1024));
  }
  const fitting = candidates.find((plan) => plan.layout.totalBytes <= allowedBytes);
  if (fitting) return fitting;
  const least = planWith(size, 2, Math.min(size.rows, leastChunkRows), 0);
  requireFit(least.layout, allowedBytes, `a search of ${size.exits} exits over ${size.cells} filter combinations`);
  const rowBytes = recordBytesOf(size.levels, size.needsBounds ? 2 : 1) + 8;
  const spare = allowedBytes - least.layout.totalBytes;
  return planWith(size, 2, Math.min(size.rows, least.chunkRows + Math.floor((spare - 1024) / rowBytes)), 0);
}

function sumsBytes(size: SweepSize, tileWidth: number): number {
  return size.cells * STATISTICS * tileWidth * 8;
}

function planWith(size: SweepSize, tileWidth: number, wantedRows: number, startBars: number): SweepPlan {
  const chunkRows = Math.max(1, wantedRows);
  const segmentBars = segmentBarsOf(size.levels, startBars);
  const drawdownRows = size.needsDrawdown ? size.rows : 0;
  const layout = layOut<Region>({
    ...passageRegions(size.levels, segmentBars),
    exits: size.exits * EXIT_BYTES,
    exitRanks: size.exits * 8,
    exitOrders: size.exits * 4,
    cellRanks: size.orders * size.cells * 8,
    captured: size.cells * 8,
    captureRates: size.cells * 8,
    isRankable: size.cells,
    size: 16,
    heap: (size.heapEntries + 1) * ENTRY_BYTES,
    list: size.needsDrawdown ? listEntries * ENTRY_BYTES : 0,
    buckets: size.needsDrawdown ? 1024 : 0,
    order: drawdownRows * 4,
    scratch: drawdownRows * 4,
    ticks: drawdownRows * 4,
    entryTicks: drawdownRows * 4,
    points: drawdownRows * 8,
    masks: drawdownRows * size.maskWords * 16,
    wanted: size.needsDrawdown ? size.cells * size.maskWords * 16 : 0,
    entries: size.entries * 8,
    atrs: chunkRows * 8,
    records: chunkRows * recordBytesOf(size.levels, size.needsBounds ? 2 : 1),
    sums: sumsBytes(size, tileWidth),
  });
  return { layout, tileWidth, chunkRows, segmentBars, listEntries };
}
