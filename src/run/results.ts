import type { CandleCounts } from "../candles/counts.ts";
import type { LedgerResult } from "../config/ledger.ts";
import type { ConfigDiff, SaveResult } from "../config/result.ts";
import type { Warning } from "../errors.ts";
import type { Baseline } from "../opportunities/baseline.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { GateCounts } from "../opportunities/scan.ts";
import type { PortfolioMetrics } from "../portfolio/metrics.ts";
import type { JointAccount, PortfolioResult } from "../portfolio/result.ts";
import type { RankedBy, RankedSet } from "../portfolio/searchResult.ts";
import type { MatrixCell } from "../search/matrix.ts";
import type { Objective } from "../search/objectives.ts";
import type { Stage, Start } from "../search/profitSearch.ts";
import type { SetFigures } from "../search/result.ts";
import type { Metrics } from "../search/trades.ts";
import type { Parameters, ParameterValue } from "../space/parameters.ts";
import type { CandidateName, ChallengedDecision, NotSaved, TypeValidation, Verdict } from "../validation/result.ts";

export type { Baseline } from "../opportunities/baseline.ts";
export type { NotSaved } from "../validation/result.ts";

/** Phase 1: the candles, and the opportunities among them. */
export interface Phase1 extends CandleCounts {
  /** Moments that passed the scanner's gate with an ATR of 0, where exits in ATRs are meaningless: left out. */
  readonly zero_atr: number;
  /** How many moments the scanner looked at, and why it rejected them; null if the opportunities are the user's own. */
  readonly gates: GateCounts | null;
  /** What happened to the rows of the user's own signals; null if opportunities were scanned. */
  readonly signals: SignalCounts | null;
  /** Opportunities of all types. */
  readonly opportunities: number;
  /** By signal type: what its opportunities promise before any filter or exit. */
  readonly types: Readonly<Record<string, Baseline>>;
}

/** Phase 2 of a signal type: the baseline, what captured opportunities have in common, and the set that captures most of what can be had. */
export interface Phase2Type {
  /** The weights of the score that phase 2 chose; null if there is nothing to choose, as with signals of your own. */
  readonly weights: {
    /** Name of these weights. */
    readonly name: string;
    /** How well its score separates objective opportunities from others: 0.5 is chance, 1 is perfect. */
    readonly auc: number;
    /** Weight of each component of the score. */
    readonly values: Readonly<Record<string, number>>;
  } | null;
  /** The type's opportunities before any filter or exit. */
  readonly baseline: Baseline;
  /** Means over what the best set captured on the training part. */
  readonly learned: Baseline | null;
  /** Sets of the searched space. */
  readonly sets: number;
  /** The set that captures most; null if none could be ranked. */
  readonly params: Parameters | null;
  /** What it made on the searched days; null without one. */
  readonly metrics: Metrics | null;
  /** The best sets, best first. */
  readonly top: readonly RankedSet[];
}

export type { MatrixCell } from "../search/matrix.ts";
export type { Stage, Start } from "../search/profitSearch.ts";

/** Phase 3 of a signal type: the best set of the search, and how it was found. */
export interface Phase3Type extends SetFigures {
  /** What the best set was ranked by. */
  readonly score: number;
  /** Where the search began. */
  readonly starts: readonly Start[];
  /** The stages of the search, in order. */
  readonly stages: readonly Stage[];
  /** What other thresholds of consensus and score would make; empty if the signals do not have both. */
  readonly matrix: readonly MatrixCell[];
  /** The best sets, best first. */
  readonly top: readonly RankedSet[];
  /** Only if sets were ranked by portfolio: how, and what the purse made of the best on the searched days. */
  readonly ranking?: RankedBy & { readonly portfolio: PortfolioMetrics };
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
    /** One candidate value of the parameter. */
    readonly value: ParameterValue;
    /** Ranked sets that have it. */
    readonly count: number;
    /** Their mean score; null if there are none. */
    readonly mean: number | null;
    /** Their best score; null if there are none. */
    readonly best: number | null;
  }[];
}

/** The trades of one set on the searched or on the unseen days. */
export interface Replay {
  /** Whose set it is. */
  readonly set: CandidateName;
  /** On which days: those that were searched, or those that were not. */
  readonly part: "training" | "holdout";
  /** Every captured opportunity is a trade. */
  readonly plain: Metrics;
  /** At most one open position per symbol, as a bot would trade. */
  readonly one_position: Metrics;
  /** Only with a portfolio: what one purse made of the set's signals, from the capital at the beginning of these days. */
  readonly portfolio?: PortfolioResult;
  /** Trades (all, plain) that ended in a bar that touched both stop and target. */
  readonly ambiguous: number;
  /** avg_return (points) if all of those had gone the other way. */
  readonly avg_return_other_rule: number;
  /** Trades whose holding time ended in a hole: they exited at the next open. */
  readonly hole_exits: number;
}

/** Objective opportunities that a set lets go. */
export interface Missed {
  /** Objective opportunities of the type, on all days. */
  readonly objective_opportunities: number;
  /** Those of them that the set did not capture. */
  readonly missed: number;
  /** By filter parameter: how many it was the first to reject. */
  readonly by_filter: Readonly<Record<string, number>>;
  /** The missed ones with the largest gain, largest first. */
  readonly largest: readonly {
    /** Symbol of the opportunity. */
    readonly symbol: string;
    /** Open time of its candle, epoch ms. */
    readonly timestamp: number;
    /** Its side. */
    readonly direction: "long" | "short";
    /** Percent. */
    readonly mfe: number;
    /** Parameter of the first filter that rejects it. */
    readonly rejected_by: string;
    /** The opportunity's value of that feature; null if it has none. */
    readonly value: number | null;
  }[];
}

/** A set that was chosen in a group of symbols by its trades there and in all symbols together, on the searched days. */
export interface GroupShrinkage {
  /** The chosen set. */
  readonly params: Parameters;
  /** Whose search found it: the group's own, or the one over all symbols. */
  readonly from: "group" | "whole";
  /** How much the group's own average counts, 0-1; the rest is the average over all symbols. */
  readonly share: number;
  /** Its trades in the group, and their average in points. */
  readonly group: { readonly n: number; readonly avg_return: number };
  /** Its trades in all symbols, and their average in points. */
  readonly whole: { readonly n: number; readonly avg_return: number };
  /** The two averages together, points. */
  readonly shrunk_avg_return: number;
  /** What it was ranked by. */
  readonly score: number;
}

/** What a run by groups of symbols did for one group; each part by signal type, as a run without groups has it. */
export interface GroupRun {
  /** The group's symbols. */
  readonly symbols: readonly string[];
  /** What they were traded by: each distinct set with its symbols; a symbol without parameters is in none. */
  readonly current: Readonly<
    Record<string, readonly { readonly symbols: readonly string[]; readonly params: Parameters }[]>
  >;
  /** What captures most in the group; `params` is the set after shrinkage, `top` the group's own leaderboard. */
  readonly phase2: Readonly<Record<string, Phase2Type>>;
  /** The set after shrinkage with its score, and the search that ends with `top`; null if no set could be ranked. */
  readonly phase3: Readonly<Record<string, Phase3Type | null>>;
  /** How each phase's set was chosen; null if none could be ranked. */
  readonly shrinkage: Readonly<
    Record<string, { readonly phase2: GroupShrinkage | null; readonly phase3: GroupShrinkage | null }>
  >;
  /** The verdict of every candidate, and the worst of those that count. */
  readonly phase4: { readonly types: Readonly<Record<string, TypeValidation>>; readonly overall: Verdict };
  /** The decision on each type's parameters in this group, and why. */
  readonly decision: Readonly<Record<string, ChallengedDecision>>;
  /** The objective opportunities that the set does not capture. */
  readonly missed: Readonly<Record<string, Missed>>;
}

/** What a run did for one config. */
export interface ConfigRun {
  /** Path as given; null if the run had no config. */
  readonly config: string | null;
  /** null if no set of the type could be ranked. */
  readonly phase3: Readonly<Record<string, Phase3Type | null>>;
  /** Phase 4: by signal type the verdict of every candidate, and the worst of those that count. */
  readonly phase4: { readonly types: Readonly<Record<string, TypeValidation>>; readonly overall: Verdict };
  /** The decision on each type's parameters, and why. In a run by groups one for each type and group, such as `scalping of SOLUSDT`. */
  readonly decision: Readonly<Record<string, ChallengedDecision>>;
  /** By group's name, in a run by groups of symbols alone: `phase3`, `phase4.types` and `missed` above are empty then. */
  readonly groups?: Readonly<Record<string, GroupRun>>;
  /** Only with a portfolio: what one purse makes of the sets of all types together, on the hold-out. */
  readonly account?: JointAccount;
  /** How often the hold-out was looked at for this config, and what a decision may spend; null without a config. */
  readonly ledger: LedgerResult | null;
  /** The decisions change at least one parameter of the config, whether that was saved or not; false without a config. */
  readonly changed: boolean;
  /** By signal type: the objective opportunities that the set does not capture. */
  readonly missed: Readonly<Record<string, Missed>>;
  /** What would change in the config; null without one. */
  readonly diff: ConfigDiff | null;
  /** What was saved; null if nothing was. */
  readonly saved: SaveResult | null;
  /** Why nothing was saved, as a code with its figures and in words; null if something was. */
  readonly not_saved: NotSaved | null;
  /** The same in words; null if it was saved. */
  readonly not_saved_because: string | null;
  /** How often the config was read from disk; 0 without one. */
  readonly config_loads: number;
}

/** Memory of the process at the beginning or the end of a phase, in bytes. */
export interface MemorySample {
  /** Phase of the run. */
  readonly phase: string;
  /** Whether it began or ended then. */
  readonly event: "start" | "end";
  /** Resident memory of the process, bytes. */
  readonly rss: number;
  /** Used heap of JavaScript, bytes. */
  readonly heap_used: number;
  /** Memory of array buffers, bytes. */
  readonly array_buffers: number;
  /** Linear memory of the engine, bytes, over all threads. */
  readonly linear_memory: number;
  /** Since the run began. */
  readonly milliseconds: number;
}

/** What a whole run found, decided and saved: what `--json` prints. */
export interface OptimizeResult {
  /** Of Sluice. */
  readonly version: string;
  /** The objective of all scores except phase 2's. */
  readonly objective: Objective;
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
    /** Opportunities whose longest trade would not fit the data. */
    readonly left_out: number;
    /** How many of them would cross a change of unit. */
    readonly crossing_breaks: number;
  };
  /** What was read and found. */
  readonly phase1: Phase1;
  /** By signal type: what captures most. */
  readonly phase2: Readonly<Record<string, Phase2Type>>;
  /** One for each config, in the order given; one without a config if none was given. */
  readonly runs: readonly ConfigRun[];
  /** Memory of the process where each phase begins and ends. */
  readonly memory: readonly MemorySample[];
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
  /** Every option that the result depends on, by its name in the library, defaults in place; null if it was left out and has no default. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the reader should know before believing the figures. */
  readonly warnings: readonly Warning[];
}
