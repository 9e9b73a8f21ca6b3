import type { Grid } from "./grid.ts";
import type { Levels } from "./levels.ts";
import type { CoreObjective } from "./objective.ts";
import type { CoreRules, FurtherColumns } from "./paths.ts";

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
  /** Places of each group of tallies; null where no scores are tallied. */
  readonly tallyPlaces: readonly number[] | null;
  readonly heapEntries: number;
  readonly top: number;
  readonly threads: number;
  /** Columns that candles bring beside their prices. */
  readonly columns: FurtherColumns;
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
  | "tallyDivisors"
  | "tallyPlaces"
  | "tallyGroups"
  | "tallyTables"
  | "tallyCells"
  | "tallySquares"
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
