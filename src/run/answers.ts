import type { CandleCounts } from "../candles/counts.ts";
import type { Warning } from "../errors.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { OpportunityRow } from "../opportunities/rowObjects.ts";
import type { Objective } from "../search/objectives.ts";
import type { SearchPlan } from "../search/planSearch.ts";
import type { SearchedTable, SetFigures } from "../search/result.ts";
import type { ChosenWeights } from "../search/weightChoice.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Decision, TypeValidation } from "../validation/result.ts";
import type { AllPlan } from "./everySet/size.ts";
import type { exportFormats } from "./exportFormats.ts";
import type { PartsPlan } from "./planParts.ts";
import type { OptimizeResult, Phase1, Replay } from "./results.ts";
import type { TradeRow } from "./tradesFile.ts";

/** The result of `scan`: the opportunities that it found and what they look like. */
export interface ScanResult {
  readonly opportunities: number;
  /** The file written; null if none was requested. */
  readonly file: string | null;
  /** Without a file, the opportunities by time, then symbol, with the columns and values that a file of them has. */
  readonly rows?: readonly OpportunityRow[];
  readonly phase1: Phase1;
  readonly warnings: readonly Warning[];
}

/** What a simulation says of its set, as `simulate --json` prints it. */
export interface SimulatedSet extends SetFigures {
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

/** The result of `simulate`: one parameter set, simulated trade by trade. */
export interface SimulateResult extends SimulatedSet {
  /** Every trade in entry order, with the columns and values of a file of trades. */
  readonly trades: readonly TradeRow[];
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

/** The result of `export`: a parameter set written in another program's format. */
export interface ExportResult {
  readonly format: keyof typeof exportFormats;
  /** The file written. */
  readonly file: string;
  /** Where the set is from. */
  readonly source: "parameters" | "search" | "optimize";
  /** Its signal type; null for a file of parameters. */
  readonly type: string | null;
  readonly params: Parameters;
  /** The copy of the file as it was; null if there was none, or nothing changed. */
  readonly backup: string | null;
  /** What differs in the other program, in sentences. */
  readonly differences: readonly string[];
  /** The other program's command that checks the file; null if there is none. */
  readonly check: string | null;
  readonly warnings: readonly Warning[];
}

/** The result of `plan`: a search's layout, and its expected time and memory. */
export interface PlanResult extends SearchedTable, Omit<SearchPlan, "engine_milliseconds"> {
  /** Bytes of linear memory that --memory allows. */
  readonly memory_allowed: number;
  /** What a file of every set (`--all`) would take. */
  readonly all: AllPlan;
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
  /** Only if a number of parts was given. */
  readonly parts?: PartsPlan;
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

/** What is known of a type of a past run: null if the run did not get that far. */
export interface ListedType {
  /** Of the set that was proposed first. */
  readonly verdict: string | null;
  readonly advice: string | null;
  readonly applied: string | null;
}

/** One look at a hold-out, as a config's ledger has it. */
export interface LedgerLook {
  /** Number of its line in the ledger. */
  readonly number: number;
  /** Epoch ms. */
  readonly time: number;
  readonly config: string;
  /** Of the run without what does not make it a different look; not that of its result. */
  readonly fingerprint: string;
  /** Close of the newest candle, epoch ms. */
  readonly data_end: number;
  readonly dry_run: boolean;
  readonly types: Readonly<Record<string, ListedType>>;
}

/** One past run: a result, looks in ledgers, or both. */
export interface ListedRun {
  /** Epoch ms; of a result outside a history, when its file was written. */
  readonly time: number;
  /** Folder of its result.json and report.txt; null if only a ledger knows the run. */
  readonly folder: string | null;
  /** The looks that it recorded, of the ledgers that were asked for. */
  readonly looks: readonly LedgerLook[];
  readonly version: string | null;
  readonly fingerprint: string | null;
  /** Number of symbols, first and last open time; null if only a ledger knows the run. */
  readonly data: { readonly symbols: number; readonly from: number; readonly to: number } | null;
  readonly configs: readonly {
    readonly config: string | null;
    readonly overall: string | null;
    readonly types: Readonly<Record<string, ListedType>>;
    /** The decisions change parameters, and whether those were saved; null if only a ledger knows the run. */
    readonly changed: boolean | null;
    readonly saved: boolean | null;
  }[];
  /** Why the result cannot be read; null if it can. */
  readonly problem: string | null;
}

/** The result of `listRuns`: past runs, the newest first, and how many there are. */
export interface RunList {
  readonly total: number;
  readonly runs: readonly ListedRun[];
}

/** The result of `showRun`: a past run's result. */
export interface ShownRun {
  /** Epoch ms, as in a list. */
  readonly time: number;
  readonly folder: string;
  readonly result: OptimizeResult;
}

/** A value of two runs that differs; null if a run does not have it. */
export interface RunDifference {
  readonly name: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** One of two runs that are compared. */
export interface ComparedRun {
  readonly time: number;
  readonly folder: string;
  readonly version: string;
  readonly fingerprint: string;
}

/** One type of one config in two runs. */
export interface TypeDifference {
  readonly config: string | null;
  readonly type: string;
  /** Verdict, decision, and the set that was applied. */
  readonly outcome: readonly RunDifference[];
  /** Parameters of phase 3's set. */
  readonly params: readonly RunDifference[];
  /** Metrics of phase 3's set and of the current one on the hold-out, one position per symbol. */
  readonly metrics: readonly RunDifference[];
}

/** The result of `diffRuns`. */
export interface RunDiff {
  readonly old: ComparedRun;
  readonly new: ComparedRun;
  /** Their fingerprints are equal: version, options, data, spaces and current parameters. */
  readonly same_inputs: boolean;
  /** What they found, judged and decided is equal. Times, memory, backups and ledgers do not count. */
  readonly same_results: boolean;
  /** Version, data, opportunities and split. */
  readonly inputs: readonly RunDifference[];
  readonly options: readonly RunDifference[];
  readonly types: readonly TypeDifference[];
}
