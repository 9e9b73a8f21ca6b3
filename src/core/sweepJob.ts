import type { GridAxis } from "./grid.ts";
import type { Levels } from "./levels.ts";
import type { CoreObjective } from "./objective.ts";
import type { CandleColumns, CoreRules, PathColumns } from "./paths.ts";

/**
 * Which cell each opportunity stands in, as its own candidate of every axis: of an ordered axis the strictest that it passes, of another
 * each that it passes, so that one row may have several entries.
 */
export interface SweepEntries {
  readonly count: number;
  /** Row of the table by entry, ascending. */
  readonly rows: Uint32Array;
  /** By axis, then entry: place of the candidate, loosest first. */
  readonly candidates: readonly (Uint8Array | Uint16Array)[];
}

/** Every filter combination times every exit over one table, in numbers. */
export interface SweepJob {
  readonly paths: PathColumns;
  readonly candles: readonly CandleColumns[];
  readonly levels: Levels;
  readonly rules: CoreRules;
  readonly axes: readonly GridAxis[];
  readonly entries: SweepEntries;
  /** Levels of each item, as abi.ts has them. Every stop item with every target item is an exit. */
  readonly stopItems: Uint16Array;
  readonly targetItems: Uint16Array;
  /** What leaves by each stop item's partial exit, 0 if it has none; null if none has one. */
  readonly shares: Float64Array | null;
  /** Rank of a set = exitRanks[stop item][target item] + the steps of its candidates under the stop item's kind: [kind][axis][candidate]. */
  readonly exitRanks: Float64Array;
  readonly stopKinds: Uint8Array;
  readonly steps: Float64Array;
  readonly objective: CoreObjective;
  /** Sums that tell a set whose trades all made nothing also for objectives that need the total alone: twice the room and the time. */
  readonly tellsNothing: boolean;
  /** 1 by row where the label says so, and how many of the type's opportunities there are; only captured ones need be in the table. */
  readonly isObjective: Uint8Array;
  readonly objectiveTotal: number;
  readonly minTrades: number;
  readonly minCaptureRate: number;
  /** Only where trades are looked at in their order: to settle a drawdown, or to study the sets. */
  readonly clock: {
    /** Entry time by row, in ticks from the first one's. */
    readonly ticks: Uint32Array;
    /** Ticks of one bar. */
    readonly barTicks: number;
  } | null;
  /** Only where sets cannot be ranked by their sums alone. */
  readonly drawdown: {
    /** Points above which `balanced` takes off. */
    readonly limit: number;
    /** Points above which a set is not ranked. */
    readonly most: number;
    /** Number of leaderboard places wanted. */
    readonly top: number;
  } | null;
  /** Whether statistics on all ranked sets are collected as well. */
  readonly isStudied: boolean;
  /** How the scores of all sets are tallied, where they are and nothing else is wanted; else null. */
  readonly tally: ScoreTally | null;
  /** Ordering key below which no set is wanted. */
  readonly floor: number;
  /** Sets kept on the leaderboard. */
  readonly heapEntries: number;
  readonly memoryBytes: number;
  /** Threads that share the work; columns of `paths` and `candles` then stand in shared memory. */
  readonly threads: number;
}

/** How scores are tallied; columns by cell of the grid. */
export interface ScoreTally {
  /** What a total is divided by to be a score; NaN: the cell's sets are not ranked. */
  readonly divisors: Float64Array;
  /** By group of tallies, then cell: the place of its tally. */
  readonly places: readonly Uint16Array[];
  /** By group: how many places it has. */
  readonly placeCounts: readonly number[];
}

/** A set on the leaderboard of sums. */
export interface SweepEntry {
  /** Ordering key of the sums; see assembly/scores.ts. */
  readonly key: number;
  readonly rank: number;
  /** As the sweep numbers them. */
  readonly exit: number;
  readonly cell: number;
}
