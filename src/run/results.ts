import type { CandleCounts } from "../candles/counts.ts";
import type { LedgerResult } from "../config/ledger.ts";
import type { ConfigDiff, SaveResult } from "../config/result.ts";
import type { Warning } from "../errors.ts";
import type { Baseline } from "../opportunities/baseline.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { GateCounts } from "../opportunities/scan.ts";
import type { MatrixCell } from "../search/matrix.ts";
import type { Objective } from "../search/objectives.ts";
import type { Stage, Start } from "../search/profitSearch.ts";
import type { RankedSet, SetFigures } from "../search/result.ts";
import type { Metrics } from "../search/trades.ts";
import type { Parameters, ParameterValue } from "../space/parameters.ts";
import type { CandidateName, ChallengedDecision, NotSaved, TypeValidation, Verdict } from "../validation/result.ts";

export type { Baseline } from "../opportunities/baseline.ts";
export type { NotSaved } from "../validation/result.ts";

export interface Phase1 extends CandleCounts {
  /** Moments that passed the scanner's gate with an ATR of 0, where exits in ATRs are meaningless: left out. */
  readonly zero_atr: number;
  /** How many moments the scanner looked at, and why it rejected them; null if the opportunities are the user's own. */
  readonly gates: GateCounts | null;
  /** What happened to the rows of the user's own signals; null if opportunities were scanned. */
  readonly signals: SignalCounts | null;
  readonly opportunities: number;
  readonly types: Readonly<Record<string, Baseline>>;
}

export interface Phase2Type {
  readonly weights: {
    readonly name: string;
    readonly auc: number;
    readonly values: Readonly<Record<string, number>>;
  } | null;
  readonly baseline: Baseline;
  /** Means over what the best set captured on the training part. */
  readonly learned: Baseline | null;
  readonly sets: number;
  readonly params: Parameters | null;
  readonly metrics: Metrics | null;
  readonly top: readonly RankedSet[];
}

export type { MatrixCell } from "../search/matrix.ts";
export type { Stage, Start } from "../search/profitSearch.ts";

export interface Phase3Type extends SetFigures {
  readonly score: number;
  readonly starts: readonly Start[];
  readonly stages: readonly Stage[];
  readonly matrix: readonly MatrixCell[];
  readonly top: readonly RankedSet[];
  /** By parameter of the last search; null if that was too large. */
  readonly importance: Readonly<Record<string, ParameterImportance>> | null;
  /** Hold-out and training, plain and with one position per symbol. */
  readonly replays: readonly Replay[];
}

/** How much of the scores of all ranked sets a parameter explains alone, without the drawdown term. */
export interface ParameterImportance {
  /** Share of the scores' variance, 0-1. */
  readonly share: number;
  /** By candidate value. */
  readonly profile: readonly {
    readonly value: ParameterValue;
    readonly count: number;
    readonly mean: number | null;
    readonly best: number | null;
  }[];
}

export interface Replay {
  readonly set: CandidateName;
  readonly part: "training" | "holdout";
  readonly plain: Metrics;
  readonly one_position: Metrics;
  /** Trades (all, plain) that ended in a bar that touched both stop and target. */
  readonly ambiguous: number;
  /** avg_return (points) if all of those had gone the other way. */
  readonly avg_return_other_rule: number;
  /** Trades whose holding time ended in a hole: they exited at the next open. */
  readonly hole_exits: number;
}

export interface Missed {
  readonly objective_opportunities: number;
  readonly missed: number;
  readonly by_filter: Readonly<Record<string, number>>;
  readonly largest: readonly {
    readonly symbol: string;
    readonly timestamp: number;
    readonly direction: "long" | "short";
    /** Percent. */
    readonly mfe: number;
    readonly rejected_by: string;
    readonly value: number | null;
  }[];
}

export interface ConfigRun {
  /** Path as given; null if the run had no config. */
  readonly config: string | null;
  /** null if no set of the type could be ranked. */
  readonly phase3: Readonly<Record<string, Phase3Type | null>>;
  readonly phase4: { readonly types: Readonly<Record<string, TypeValidation>>; readonly overall: Verdict };
  /** The decision on each type's parameters, and why. */
  readonly decision: Readonly<Record<string, ChallengedDecision>>;
  /** How often the hold-out was looked at for this config, and what a decision may spend; null without a config. */
  readonly ledger: LedgerResult | null;
  /** The decisions change at least one parameter of the config, whether that was saved or not; false without a config. */
  readonly changed: boolean;
  readonly missed: Readonly<Record<string, Missed>>;
  readonly diff: ConfigDiff | null;
  readonly saved: SaveResult | null;
  /** Why nothing was saved, as a code with its figures and in words; null if something was. */
  readonly not_saved: NotSaved | null;
  readonly not_saved_because: string | null;
  readonly config_loads: number;
}

export interface MemorySample {
  readonly phase: string;
  readonly event: "start" | "end";
  readonly rss: number;
  readonly heap_used: number;
  readonly array_buffers: number;
  readonly linear_memory: number;
  /** Since the run began. */
  readonly milliseconds: number;
}

export interface OptimizeResult {
  readonly version: string;
  /** The objective of all scores except phase 2's. */
  readonly objective: Objective;
  readonly split: {
    readonly time: number | null;
    readonly training: number;
    readonly holdout: number;
    readonly purged: number;
    readonly left_out: number;
    /** How many of them would cross a change of unit. */
    readonly crossing_breaks: number;
  };
  readonly phase1: Phase1;
  readonly phase2: Readonly<Record<string, Phase2Type>>;
  readonly runs: readonly ConfigRun[];
  readonly memory: readonly MemorySample[];
  readonly fingerprint: string;
  /** Every option that the result depends on, by its name in the library, defaults in place; null if it was left out and has no default. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Warning[];
}
