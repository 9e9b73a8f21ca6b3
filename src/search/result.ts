import type { CandleCounts } from "../candles/counts.ts";
import type { Warning } from "../errors.ts";
import type { SignalCounts } from "../opportunities/signalCounts.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Objective } from "./objectives.ts";
import type { Surface } from "./surfaceResult.ts";
import type { Metrics } from "./trades.ts";

/** One parameter set with what it did. Field names are the JSON's. */
export interface SetFigures {
  readonly params: Parameters;
  readonly metrics: Metrics;
  /** Trades that ended in a bar which touched both stop and target. */
  readonly ambiguous: number;
  /** avg_return (points) if all of those had gone the other way. */
  readonly avg_return_other_rule: number;
  /** Trades whose holding time ended in a hole: they exited at the next open. */
  readonly hole_exits: number;
}

export interface RankedSet extends SetFigures {
  /** 1 is the best. */
  readonly rank: number;
  /** Position in the space's own order, from 0. */
  readonly index: number;
  readonly score: number;
}

/** How the engine did it; everything that may differ between two runs of the same search. */
export interface EngineFigures {
  readonly linear_memory_bytes: number;
  readonly passes: number;
  readonly threads: number;
  /** Candidates replayed in full before the leaderboard was proven. */
  readonly replays: number;
  /** Loaded tables to leaderboard. */
  readonly milliseconds: number;
}

/** The table that a search is over. */
export interface SearchedTable {
  readonly type: string;
  readonly objective: Objective;
  readonly opportunities: number;
  /** Opportunities whose longest holding time does not fit the data. */
  readonly left_out: number;
  /** How many of them would cross a change of unit. */
  readonly crossing_breaks: number;
  /** What happened to the rows of the opportunity file. */
  readonly signals: SignalCounts;
}

/** A file of every set that a search wrote. */
export interface AllSets {
  readonly file: string;
  readonly sets: number;
  readonly bytes: number;
}

export interface SearchResult extends SearchedTable {
  readonly objective_opportunities: number;
  readonly sets: number;
  readonly ranked: number;
  readonly top: readonly RankedSet[];
  /** The parameter file that was written with the best set, or null. */
  readonly saved_best: string | null;
  readonly fingerprint: string;
  readonly engine: EngineFigures;
  /** What was read from the candles. */
  readonly candles: CandleCounts;
  readonly warnings: readonly Warning[];
  /** Only if a file of every set was asked for. */
  readonly all?: AllSets;
  /** Only if it was asked for. */
  readonly surface?: Surface;
}
