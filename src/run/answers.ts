import type { CandleCounts } from "../candles/counts.ts";
import type { Warning } from "../errors.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { Objective } from "../search/objectives.ts";
import type { SearchPlan } from "../search/planSearch.ts";
import type { SearchedTable, SetFigures } from "../search/result.ts";
import type { ChosenWeights } from "../search/weightChoice.ts";
import type { Decision, TypeValidation } from "../validation/result.ts";
import type { Phase1, Replay } from "./results.ts";

/** The result of `scan`: the opportunities it wrote and what they look like. */
export interface ScanResult {
  readonly opportunities: number;
  /** The file written. */
  readonly file: string;
  readonly phase1: Phase1;
  readonly warnings: readonly Warning[];
}

/** The result of `simulate`: one parameter set, simulated trade by trade. */
export interface SimulateResult extends SetFigures {
  /** The requested type, or all of the file's joined by ` + `. */
  readonly type: string;
  readonly opportunities: number;
  /** Opportunities whose path would cross a change of unit, or that cannot be entered; a trade that the data cannot finish ends with the data. */
  readonly left_out: number;
  /** Those of them that no candle follows to enter at; only with entry `next-open`. */
  readonly not_entered?: number;
  /** What happened to the rows of the opportunity file. */
  readonly signals: SignalCounts;
  /** The file of trades that was written, or null. */
  readonly saved: string | null;
  readonly fingerprint: string;
  readonly warnings: readonly Warning[];
  /** What was read from the candles. */
  readonly candles: CandleCounts;
}

/** The result of `validate`: phase 4's verdict on one parameter set of one type. */
export interface ValidateResult extends TypeValidation {
  readonly type: string;
  /** The objective of the search around the set. */
  readonly objective: Objective;
  /** The set's origin: a phase of `optimize` that finds it on the same data, otherwise a suggestion. */
  readonly found_by: "phase3" | "phase2" | "suggestion";
  readonly decision: Decision;
  readonly opportunities: number;
  readonly left_out: number;
  /** How many of them would cross a change of unit. */
  readonly crossing_breaks: number;
  /** What happened to the rows of the opportunity file. */
  readonly signals: SignalCounts;
  readonly split: {
    readonly time: number | null;
    readonly training: number;
    readonly holdout: number;
    readonly purged: number;
  };
  /** The weights behind `signal_score`; null if the opportunities have no activations. */
  readonly weights: ChosenWeights | null;
  readonly replays: readonly Replay[];
  readonly fingerprint: string;
  readonly warnings: readonly Warning[];
  /** What was read from the candles. */
  readonly candles: CandleCounts;
}

/** The result of `plan`: a search's layout, and its expected time and memory. */
export interface PlanResult extends SearchedTable, Omit<SearchPlan, "engine_milliseconds"> {
  /** Bytes of linear memory that --memory allows. */
  readonly memory_allowed: number;
  readonly expected: {
    /** Loaded tables to leaderboard. */
    readonly engine_milliseconds: number;
    /** The whole command, reading included. */
    readonly milliseconds: number;
    /** Bytes. */
    readonly peak_rss: number;
  };
  readonly warnings: readonly Warning[];
  /** What was read from the candles. */
  readonly candles: CandleCounts;
}

/** The result of `convert`: the files it wrote. */
export interface ConvertResult {
  readonly files: readonly ConvertedFile[];
  /** What was read from the candles; each series counts as a symbol. */
  readonly candles: CandleCounts;
  readonly warnings: readonly Warning[];
}

/** One file that was written. */
export interface ConvertedFile {
  readonly file: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly candles: number;
  /** First and last open time, epoch ms. */
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  /** The files that it was made of. */
  readonly from: readonly string[];
}
