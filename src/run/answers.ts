// Long because each field of each answer says what it means.
import type { CandleCounts } from "../candles/counts.ts";
import type { Warning } from "../errors.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { OpportunityRow } from "../opportunities/rowObjects.ts";
import type { PortfolioPlan } from "../portfolio/plan.ts";
import type { RankingPlan } from "../portfolio/planRanking.ts";
import type { PortfolioResult } from "../portfolio/result.ts";
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
  /** Opportunities that were found. */
  readonly opportunities: number;
  /** The file written; null if none was requested. */
  readonly file: string | null;
  /** Without a file, the opportunities by time, then symbol, with the columns and values that a file of them has. */
  readonly rows?: readonly OpportunityRow[];
  /** What was read and found, by type. */
  readonly phase1: Phase1;
  /** What the reader should know before believing the figures. */
  readonly warnings: readonly Warning[];
}

/** What a simulation says of its set, as `simulate --json` prints it. */
export interface SimulatedSet extends SetFigures {
  /** The requested type, or all of the file's joined by ` + `. */
  readonly type: string;
  /** Opportunities of the type that could be traded. */
  readonly opportunities: number;
  /** Opportunities whose path would cross a change of unit, or that cannot be entered; a trade that the data cannot finish ends with the data. */
  readonly left_out: number;
  /** Those of them that no candle follows to enter at; only with entry `next-open`. */
  readonly not_entered?: number;
  /** What happened to the rows of the opportunity file. */
  readonly signals: SignalCounts;
  /** What one purse made of the trades; only with a portfolio. `metrics` and `exits` count every trade with the same stake, as without one. */
  readonly portfolio?: PortfolioResult;
  /** The file of trades that was written, or null. */
  readonly saved: string | null;
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
  /** What the reader should know before believing the figures. */
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
  /** Signal type that was judged. */
  readonly type: string;
  /** The objective of the search around the set. */
  readonly objective: Objective;
  /** The set's origin: a phase of `optimize` that finds it on the same data, otherwise a suggestion. */
  readonly found_by: "phase3" | "phase2" | "suggestion";
  /** What would be done with the set: `apply`, `keep` or `pause`, and why. */
  readonly decision: Decision;
  /** Opportunities of the type that could be traded. */
  readonly opportunities: number;
  /** Opportunities whose longest trade would not fit the data. */
  readonly left_out: number;
  /** How many of them would cross a change of unit. */
  readonly crossing_breaks: number;
  /** What happened to the rows of the opportunity file. */
  readonly signals: SignalCounts;
  /** Where the data was cut into searched and unseen days. */
  readonly split: {
    /** Start of the hold-out, epoch ms; null if there was too little to cut. */
    readonly time: number | null;
    /** Opportunities before the split. */
    readonly training: number;
    /** Opportunities after it. */
    readonly holdout: number;
    /** Opportunities left out because their trades reach across it. */
    readonly purged: number;
  };
  /** The weights behind `signal_score`; null if the opportunities have no activations. */
  readonly weights: ChosenWeights | null;
  /** The set's trades on both parts, plain and with one position per symbol. */
  readonly replays: readonly Replay[];
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
  /** What the reader should know before believing the figures. */
  readonly warnings: readonly Warning[];
  /** What was read from the candles. */
  readonly candles: CandleCounts;
}

/** The result of `export`: a parameter set written in another program's format. */
export interface ExportResult {
  /** Name of the format. */
  readonly format: keyof typeof exportFormats;
  /** The file written. */
  readonly file: string;
  /** Where the set is from. */
  readonly source: "parameters" | "search" | "optimize";
  /** Its signal type; null for a file of parameters. */
  readonly type: string | null;
  /** The set that was written. */
  readonly params: Parameters;
  /** The copy of the file as it was; null if there was none, or nothing changed. */
  readonly backup: string | null;
  /** What differs in the other program, in sentences. */
  readonly differences: readonly string[];
  /** The other program's command that checks the file; null if there is none. */
  readonly check: string | null;
  /** What the other program cannot hold, or should be told besides. */
  readonly warnings: readonly Warning[];
}

/** The result of `plan`: a search's layout, and its expected time and memory. */
export interface PlanResult extends SearchedTable, Omit<SearchPlan, "engine_milliseconds"> {
  /** Bytes of linear memory that --memory allows. */
  readonly memory_allowed: number;
  /** What a file of every set (`--all`) would take. */
  readonly all: AllPlan;
  /** Only if sets are to be ranked by portfolio: what that takes; `leaderboard` is then that of its shortlist, and `expected` includes it. */
  readonly ranking?: RankingPlan;
  /** What the work takes on this machine. */
  readonly expected: {
    /** Loaded tables to leaderboard. */
    readonly engine_milliseconds: number;
    /** The whole command, reading included. */
    readonly milliseconds: number;
    /** Bytes. */
    readonly peak_rss: number;
    /** Where more sets tie at the last place than the leaderboard has to spare, as with candidates that never make a difference, all sets are swept again. */
    readonly ties: {
      /** Sweeps at most; 1 if there is no other. */
      readonly sweeps: number;
      /** Loaded tables to leaderboard then, without the replays. */
      readonly engine_milliseconds: number;
    };
  };
  /** What the reader should know before starting it. */
  readonly warnings: readonly Warning[];
  /** What was read from the candles. */
  readonly candles: CandleCounts;
  /** Only with a portfolio: what accounts of many sets take beside the search. */
  readonly portfolio?: PortfolioPlan;
  /** Only if a number of parts was given. */
  readonly parts?: PartsPlan;
}

/** The result of `convert`: the files it wrote. */
export interface ConvertResult {
  /** One for each file that was written. */
  readonly files: readonly ConvertedFile[];
  /** What was read from the candles; each series counts as a symbol. */
  readonly candles: CandleCounts;
  /** What the reader should know about the files that were read. */
  readonly warnings: readonly Warning[];
}

/** One file that was written. */
export interface ConvertedFile {
  /** Path of the file that was written. */
  readonly file: string;
  /** Symbol, as the file names it. */
  readonly symbol: string;
  /** Length of a candle, such as `15m`. */
  readonly timeframe: string;
  /** Candles in the file. */
  readonly candles: number;
  /** First and last open time, epoch ms. */
  readonly first: number;
  /** Open time of the last candle, epoch ms. */
  readonly last: number;
  /** Size of the file, bytes. */
  readonly bytes: number;
  /** The files that it was made of. */
  readonly from: readonly string[];
}

/** What is known of a type of a past run: null if the run did not get that far. */
export interface ListedType {
  /** Of the set that was proposed first. */
  readonly verdict: string | null;
  /** `apply`, `keep` or `pause`; null if the run made no decision. */
  readonly advice: string | null;
  /** Whose parameters were applied; null if none were. */
  readonly applied: string | null;
}

/** One look at a hold-out, as a config's ledger has it. */
export interface LedgerLook {
  /** Number of its line in the ledger. */
  readonly number: number;
  /** Epoch ms. */
  readonly time: number;
  /** Path of the config whose hold-out was looked at. */
  readonly config: string;
  /** Of the run without what does not make it a different look; not that of its result. */
  readonly fingerprint: string;
  /** Close of the newest candle, epoch ms. */
  readonly data_end: number;
  /** Whether it was a dry run, which saves nothing. */
  readonly dry_run: boolean;
  /** By signal type: verdict and decision. */
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
  /** Version of Sluice that made it; null if it does not say. */
  readonly version: string | null;
  /** Hash of everything that the result depends on; null if it does not say. */
  readonly fingerprint: string | null;
  /** Number of symbols, first and last open time; null if only a ledger knows the run. */
  readonly data: { readonly symbols: number; readonly from: number; readonly to: number } | null;
  /** One for each config of the run. */
  readonly configs: readonly {
    /** Path of the config; null if the run had none. */
    readonly config: string | null;
    /** The worst verdict of all types; null if nothing was judged. */
    readonly overall: string | null;
    /** By signal type: verdict and decision. */
    readonly types: Readonly<Record<string, ListedType>>;
    /** The decisions change parameters, and whether those were saved; null if only a ledger knows the run. */
    readonly changed: boolean | null;
    /** Whether a config was saved; null if it does not say. */
    readonly saved: boolean | null;
  }[];
  /** Why the result cannot be read; null if it can. */
  readonly problem: string | null;
}

/** The result of `listRuns`: past runs, the newest first, and how many there are. */
export interface RunList {
  /** Runs that were found, whether or not they are in the list. */
  readonly total: number;
  /** The newest first. */
  readonly runs: readonly ListedRun[];
}

/** The result of `showRun`: a past run's result. */
export interface ShownRun {
  /** Epoch ms, as in a list. */
  readonly time: number;
  /** Folder of the run. */
  readonly folder: string;
  /** The run's result, as it was written. */
  readonly result: OptimizeResult;
}

/** A value of two runs that differs; null if a run does not have it. */
export interface RunDifference {
  /** Name of the input or option. */
  readonly name: string;
  /** In the first run. */
  readonly old: unknown;
  /** In the second run. */
  readonly new: unknown;
}

/** One of two runs that are compared. */
export interface ComparedRun {
  /** Epoch ms, as in a list. */
  readonly time: number;
  /** Folder of the run. */
  readonly folder: string;
  /** Version of Sluice that made it. */
  readonly version: string;
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
}

/** One type of one config in two runs. */
export interface TypeDifference {
  /** Path of the config; null if there was none. */
  readonly config: string | null;
  /** Signal type. */
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
  /** The first of the two runs that were given. */
  readonly old: ComparedRun;
  /** The second. */
  readonly new: ComparedRun;
  /** Their fingerprints are equal: version, options, data, spaces and current parameters. */
  readonly same_inputs: boolean;
  /** What they found, judged and decided is equal. Times, memory, backups and ledgers do not count. */
  readonly same_results: boolean;
  /** Version, data, opportunities and split. */
  readonly inputs: readonly RunDifference[];
  /** Options that differ. */
  readonly options: readonly RunDifference[];
  /** Types whose verdict, decision, parameters or metrics differ. */
  readonly types: readonly TypeDifference[];
}
