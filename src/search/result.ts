import type { CandleCounts } from "../candles/counts.ts";
import type { Warning } from "../errors.ts";
import type { SignalCounts } from "../opportunities/signalCounts.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Objective } from "./objectives.ts";
import type { Surface } from "./surfaceResult.ts";
import type { Metrics } from "./trades.ts";

/** One parameter set with what it did. Field names are the JSON's. */
export interface SetFigures {
  /** The set's parameters. */
  readonly params: Parameters;
  /** What it made. */
  readonly metrics: Metrics;
  /** Trades that ended in a bar which touched both stop and target. */
  readonly ambiguous: number;
  /** avg_return (points) if all of those had gone the other way. */
  readonly avg_return_other_rule: number;
  /** Trades whose holding time ended in a hole: they exited at the next open. */
  readonly hole_exits: number;
}

/** A set of a leaderboard. */
export interface RankedSet extends SetFigures {
  /** 1 is the best. */
  readonly rank: number;
  /** Position in the space's own order, from 0. */
  readonly index: number;
  /** What the objective gives it; larger is better, in percentage points. */
  readonly score: number;
}

/** How the engine did it; everything that may differ between two runs of the same search. */
export interface EngineFigures {
  /** Linear memory of the engine, bytes, over all threads. */
  readonly linear_memory_bytes: number;
  /** How often the opportunities were gone through. */
  readonly passes: number;
  /** Threads that searched. */
  readonly threads: number;
  /** Candidates replayed in full before the leaderboard was proven. */
  readonly replays: number;
  /** Loaded tables to leaderboard. */
  readonly milliseconds: number;
}

/** The table that a search is over. */
export interface SearchedTable {
  /** Signal type that was searched. */
  readonly type: string;
  /** What sets were ranked by. */
  readonly objective: Objective;
  /** Opportunities that took part. */
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
  /** Path of the file that was written. */
  readonly file: string;
  /** Rows: every set of the space. */
  readonly sets: number;
  /** Size of the file, bytes. */
  readonly bytes: number;
}

/** What a search found: what `search --json` prints. */
export interface SearchResult extends SearchedTable {
  /** Opportunities that reached the minimum gain within the lookahead. */
  readonly objective_opportunities: number;
  /** Sets of the space, each of which was tested. */
  readonly sets: number;
  /** Those of them that have enough trades and keep within the constraints. */
  readonly ranked: number;
  /** The best sets, best first. */
  readonly top: readonly RankedSet[];
  /** The parameter file that was written with the best set, or null. */
  readonly saved_best: string | null;
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
  /** What it took; the only part of a result that differs from run to run. */
  readonly engine: EngineFigures;
  /** What was read from the candles. */
  readonly candles: CandleCounts;
  /** What the reader should know before believing the figures. */
  readonly warnings: readonly Warning[];
  /** Only if a file of every set was asked for. */
  readonly all?: AllSets;
  /** Only if it was asked for. */
  readonly surface?: Surface;
}
