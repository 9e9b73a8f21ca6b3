import type { PortfolioMetrics } from "../portfolio/metrics.ts";
import type { Metrics } from "../search/trades.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Baselines } from "./baselines.ts";
import type { Breakdown } from "./breakdown.ts";
import type { AgainstBoth, Evidence } from "./challenger.ts";
import type { TestFinding, Verdict, VerdictReason } from "./finding.ts";
import type { WalkForward } from "./walkForward.ts";

export type { TestOutcome, Verdict } from "./finding.ts";

/** One row of the verdict table, in words. */
export interface TestResult extends Omit<TestFinding, "name" | "reason" | "threshold" | "picture"> {
  /** Stable name, e.g. `early_late`, `bootstrap`, `pbo`. */
  readonly name: string;
  /** Why the test was not run, in words; only if it had nothing to run on, or was skipped. */
  readonly reason?: string;
  /** The threshold of the figure, in words. */
  readonly threshold: string;
}

/** Origin of a judged set. */
export type CandidateName = "phase3" | "phase2" | "suggestion" | "current";

/** Why the gate is open or closed: the first rule that closes it. */
export type GateCode =
  | "OPEN"
  | "NO_CANDIDATE"
  | "VERDICT"
  | "TOO_FEW"
  | "NOT_ABOVE_NOTHING"
  | "NOT_ABOVE_CURRENT"
  /** The same trades entered at random times do as well. */
  | "NOT_ABOVE_RANDOM_ENTRIES";

/** A candidate compared with one opponent on the hold-out; gains in points, shares of resamples from 0 to 1. */
export interface GateComparison {
  /** How much more the candidate makes; percent of equity with a portfolio. */
  readonly points_per_day: number;
  /** Mean difference per trade, percentage points. */
  readonly points_per_trade: number;
  /** Share of resamples in which it makes more by more than the margin. */
  readonly better_per_day: number;
  /** Share of resamples in which the mean per trade is better. */
  readonly better_per_trade: number;
}

/** The final check before a bot's parameters change. */
export interface GateResult {
  /** The set is credible, clearly better than not trading and than the current parameters, one position per symbol, day by day, and better than the same trades entered at random times. */
  readonly open: boolean;
  /** What decided, as a code. */
  readonly code: GateCode;
  /** Whose set was compared; `none` if there was none. */
  readonly candidate: CandidateName | "none";
  /** What was compared, only with a portfolio: its equity by day, in percent of it; otherwise the points of one position per symbol. */
  readonly by?: "portfolio";
  /** Only with a portfolio: what each set's purse made on the hold-out, from the capital at its beginning. */
  readonly accounts?: { readonly candidate: PortfolioMetrics; readonly current: PortfolioMetrics | null };
  /** What it made on the hold-out, one position per symbol, or in the trades that its purse took; null without one. */
  readonly candidate_metrics: Metrics | null;
  /** What the current set made there; null without one. */
  readonly current_metrics: Metrics | null;
  /** Null if nothing is proposed. */
  readonly against_nothing: GateComparison | null;
  /** Null without current parameters. */
  readonly against_current: GateComparison | null;
  /** The smallest share of resamples in which the candidate is better, 0-1. */
  readonly better_share: number;
  /** p of `permutation`, 0-1; null if that test is not available. */
  readonly random_entries_p: number | null;
  /** 1 minus that share: the p that Holm's procedure uses for several decisions of one run. */
  readonly p: number;
  /** Calendar days of the hold-out, including those without a trade. */
  readonly days: number;
  /** Mean length of the blocks that days are drawn in. */
  readonly block_days: number;
  /** Days of the hold-out on which the set traded. */
  readonly traded_days: number;
  /** Required trades and traded days. */
  readonly min_trades: number;
  /** The number of such days that the gate requires. */
  readonly min_traded_days: number;
  /** Additional days needed at the current rate; null if there are enough, or no trades at all. */
  readonly more_days: number | null;
  /** The config was last updated after the split: the comparison favours the current parameters. */
  readonly current_saw_holdout: boolean;
}

/** Results of the tests of one set, in codes and figures. */
export interface SetFinding extends Omit<SetVerdict, "reason" | "tests"> {
  readonly reason: VerdictReason;
  readonly tests: readonly TestFinding[];
}

/** Results of the tests of one set, in words. */
export interface SetVerdict {
  /** The first test that objects gives it; PASSED if none does. */
  readonly verdict: Verdict;
  /** One sentence: the test that gave the verdict and its figures. */
  readonly reason: string;
  /** Each test with its figures. */
  readonly tests: readonly TestResult[];
  /** Of the search that found the set; null if it was not repeated. */
  readonly walk_forward: WalkForward | null;
  /** Beside the judged set, on the hold-out; null if there is no such set. */
  readonly baselines: Baselines | null;
  /** The judged set's trades; null if there is no such set. */
  readonly breakdown: Breakdown | null;
  /** Its avg_return (points) shrunk towards 0 to allow for luck in few trades; null if there is no such set. */
  readonly shrunk_avg_return: { readonly training: number; readonly holdout: number } | null;
}

/** One set that might be applied, or the current one, judged. */
export interface CandidateResult extends SetVerdict {
  /** Whose set was judged. */
  readonly candidate: CandidateName;
  /** Which of the suggestions, from 1; null for any other set. */
  readonly suggestion: number | null;
  /** The parameters as they would be written. */
  readonly params: Parameters;
  /** Null for the current parameters: the others are compared with them. */
  readonly gate: GateResult | null;
}

/** One reason of a decision: a stable code and its figures; shares from 0 to 1. */
export interface DecisionReason {
  /** What decided, as a code. */
  readonly code:
    | Exclude<GateCode, "OPEN">
    /** Clearly better by itself, but not given the number of decisions (Holm's step-down) and looks at the same days (the ledger). */
    | "NOT_SURE_ENOUGH"
    | "APPLIED"
    /** Also clearly better, but the challenger is applied: the next run considers it again. */
    | "CHALLENGER_FIRST"
    | "CURRENT_LOSES"
    | ChallengerCode;
  /** Whose set it is about; undefined if it is about none. */
  readonly candidate?: CandidateName;
  /** Which of the suggestions, from 1. */
  readonly suggestion?: number;
  readonly [figure: string]: string | number | null | undefined;
}

/** What happened to a type's challenger. */
export type ChallengerCode =
  | "CHALLENGER_WON"
  | "CHALLENGER_DROPPED"
  | "CHALLENGER_EXPIRED"
  /** The parameters that it challenges have changed, or the opportunities lack a feature it filters by. */
  | "CHALLENGER_WITHDRAWN"
  | "CHALLENGER_FROZEN";

/** Why a config was not saved. */
export type NotSaved =
  | { readonly code: "NO_CONFIG" | "HINDSIGHT" | "UNCHANGED" | "DRY_RUN" }
  /** `--strict` refused: the sentence that says which verdict it was. */
  | { readonly code: "STRICT"; readonly refusal: string }
  /** Whole hours since the newest candle; negative if it lies after now. */
  | { readonly code: "STALE"; readonly hours: number }
  /** The file already holds the new values. */
  | { readonly code: "SAME" };

/** Whose parameters are applied. */
export type AppliedName = "phase3" | "phase2" | "suggestion" | "challenger";

/** A challenger after a run: a set that collects evidence on days that no search had seen when it was chosen. */
export interface ChallengerResult {
  /** The set that is watched on later days. */
  readonly params: Parameters;
  /** Its verdict when it was frozen. */
  readonly verdict: Verdict;
  /** The first UTC day that it is scored on: `2026-11-03`. */
  readonly since: string;
  /** Days scored. */
  readonly days: number;
  /** Against each opponent: the current value, and the maximum so far, which counts. */
  readonly evidence: AgainstBoth<Evidence>;
  /** Evidence needed against both. */
  readonly needed: number;
  /** `frozen` by this run; `won`: applied, or to be applied by a run that saves; the last three have ended. */
  readonly state: "frozen" | "running" | "won" | "dropped" | "expired" | "withdrawn";
  /** False if the ledger did not record this run's result, as on a dry run. */
  readonly recorded: boolean;
}

/** The decision on one type's parameters. */
export interface Decision {
  /** `pause`: the current parameters clearly lose and nothing is clearly better. Nothing acts on it. */
  readonly advice: "apply" | "keep" | "pause";
  /** Whose parameters were applied; null if none were. */
  readonly applied: AppliedName | null;
  /** Why, each as a code with its figures. */
  readonly reasons: readonly DecisionReason[];
  /** Required of all decisions of the run together, 0-1. */
  readonly confidence: number;
}

/** A decision of a run that may have a challenger. */
export interface ChallengedDecision extends Decision {
  /** The challenger after this run, otherwise the one that ended with it; null if there is none. */
  readonly challenger: ChallengerResult | null;
}

/** Phase 4 for one type: the verdict on the set that was proposed first, and on every other. */
export interface TypeValidation extends SetVerdict {
  /** The gate for the first proposed set. */
  readonly gate: GateResult;
  /** Which parameters of this type go to the config; `current` means nothing changes. */
  readonly applied: AppliedName | "current";
  /** In the order in which they may be applied, the current parameters last. */
  readonly candidates: readonly CandidateResult[];
}
