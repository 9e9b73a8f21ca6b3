import type { CandleCounts } from "../candles/counts.ts";
import type { Warning } from "../errors.ts";
import type { PortfolioResult } from "../portfolio/result.ts";
import type { Parameters } from "../space/parameters.ts";
import type { AppliedName, Verdict } from "../validation/result.ts";

/** The policies compared over the same nights, each with a config of its own. */
export const policyNames = [
  "as_configured",
  "never_change",
  "not_trading",
  "phase3_always",
  "phase2_always",
  "passed_only",
] as const;

/** A way to act on the nights' decisions; `as_decided` is what Sluice does. */
export type PolicyName = (typeof policyNames)[number];

/** A sum over the days, points, with its uncertainty. */
export interface Interval {
  /** The figure itself, percent of the money in a trade, added up. */
  readonly total: number;
  /** 95 % of resamples of the days. */
  readonly low: number;
  /** Upper end of the 95 % range. */
  readonly high: number;
  /** Share of resamples in which it is above 0. */
  readonly better_share: number;
}

/** What one policy made, one position per symbol; points are percent of the money in a trade, added and never compounded. */
export interface PolicyFigures {
  /** Trades of all nights. */
  readonly trades: number;
  /** Mean net return of a trade, percent of entry. */
  readonly avg_return: number;
  /** Sum of the net returns, percent of entry. */
  readonly total_return: number;
  /** Largest drawdown of the running sum of points. */
  readonly max_drawdown: number;
  /** Nights on which some type's parameters changed. */
  readonly changes: number;
  /** What it made more than not trading. */
  readonly over_not_trading: Interval;
  /** What it made more than never changing. */
  readonly over_never_change: Interval;
  /** Running sum of points at the end of each day, by the day of the exit: epoch ms and points. */
  readonly equity: readonly (readonly [timeMs: number, points: number])[];
  /** Only with a portfolio: one purse through all nights. */
  readonly portfolio?: PolicyAccount;
}

/** What one purse made of a policy's trades through all nights. */
export interface PolicyAccount extends PortfolioResult {
  /** Sum of the daily gains of equity, percent of it, with its uncertainty: more than not trading. */
  readonly over_not_trading: Interval;
  /** The same, more than the purse of never changing gained on the same days. */
  readonly over_never_change: Interval;
}

/** The outcome of several trades: points per trade and in total. */
export interface Outcome {
  /** Number of trades. */
  readonly trades: number;
  /** Mean net return of a trade, percent of entry. */
  readonly avg_return: number;
  /** Sum of the net returns, percent of entry. */
  readonly total_return: number;
}

/** A set that a night found, and what its hold-out promised: one position per symbol. */
export interface Proposal {
  readonly params: Parameters;
  readonly holdout: Outcome;
}

/** What one night decided for one type, and what followed. */
export interface RehearsedDecision {
  /** Only candles closed by then were known; epoch ms. */
  readonly night: number;
  /** Signal type. */
  readonly type: string;
  /** Verdict of the set that was proposed first, whether or not it was applied. */
  readonly verdict: Verdict;
  /** The verdict's reason, in words. */
  readonly reason: string;
  /** Whose parameters the bot used from then on; null if nothing changed. */
  readonly applied: AppliedName | null;
  /** Verdict of the applied set, which need not be the one proposed first; null if nothing changed. */
  readonly applied_verdict: Verdict | null;
  /** What was applied; null if nothing changed. */
  readonly params: Parameters | null;
  /** The applied set's hold-out average, points per trade; null if nothing changed. */
  readonly claimed: number | null;
  /** What the applied set made until it was replaced, or to the end; null if nothing changed. */
  readonly realised: (Outcome & { readonly until: number }) | null;
  /** Claimed minus realised, points per trade; null if nothing changed, or no trade followed. */
  readonly gap: number | null;
  /** What phase 3's set, applied or not, would have made until the next night; null if there was none. */
  readonly proposed_next: Outcome | null;
  /** What the set in place before the night would have made in the same days; null if there was none. */
  readonly current_next: Outcome | null;
}

/** What followed a verdict, over all nights and types: for phase 3's set until the next night, and for the set that it would have replaced. */
export interface VerdictRow {
  /** The verdict that the rows are of. */
  readonly verdict: Verdict;
  /** Decisions with this verdict. */
  readonly nights: number;
  /** What the proposed sets made until the next night. */
  readonly proposed: Outcome;
  /** What the sets before them made in the same days. */
  readonly current: Outcome;
}

/** Over the copies of the history with shuffled days: 5th percentile, median and 95th percentile, points. */
export interface Band {
  /** 5th percentile. */
  readonly low: number;
  /** Median. */
  readonly middle: number;
  /** 95th percentile. */
  readonly high: number;
}

/** What the same rehearsal finds where there is nothing to find: histories with shuffled days. */
export interface NullBand {
  /** Number of histories with shuffled days. */
  readonly copies: number;
  /** Share of the copies in which the config changed. */
  readonly changed_share: number;
  /** By policy: where the copies' totals lie, and what they make more than never changing. */
  readonly policies: Readonly<Record<PolicyName, { readonly total: Band; readonly over_never_change: Band }>>;
}

/** `rehearse`: replays the nightly decision over the past. */
export interface RehearseResult {
  /** Of Sluice. */
  readonly version: string;
  /** Whether the decisions would have beaten both never changing and not trading, each clearly (the interval is above 0). */
  readonly answer: "yes" | "no" | "unsure" | "nothing changed";
  /** Time between two nights, milliseconds. */
  readonly every_ms: number;
  /** How far a night looks back, milliseconds. */
  readonly window_ms: number;
  /** When each night was, epoch ms. */
  readonly nights: readonly number[];
  /** End of the traded span, which begins with the first night, epoch ms. */
  readonly end: number;
  /** Mean length of the bootstrap's blocks, days. */
  readonly block_days: number;
  /** What each policy made. */
  readonly policies: Readonly<Record<PolicyName, PolicyFigures>>;
  /** One decision for each type of each night. */
  readonly decisions: readonly RehearsedDecision[];
  /** By verdict: what proposed and earlier sets made afterwards. */
  readonly verdicts: readonly VerdictRow[];
  /** Null if no copies were requested. */
  readonly null_band: NullBand | null;
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
  /** What was read. */
  readonly candles: CandleCounts;
  /** What the reader should know before believing the figures. */
  readonly warnings: readonly Warning[];
}
