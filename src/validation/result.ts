import type { Metrics } from "../search/trades.ts";
import type { Baselines } from "./baselines.ts";
import type { Breakdown } from "./breakdown.ts";
import type { WalkForward } from "./walkForward.ts";

export type Verdict = "FAILED" | "OVERFITTED" | "UNSTABLE" | "WARNING" | "PASSED" | "SKIPPED" | "HINDSIGHT";

export type TestOutcome = "passed" | "warning" | "failed" | "not run";

/** One row of the verdict table. */
export interface TestResult {
  /** Stable name, e.g. `early_late`, `bootstrap`, `pbo`. */
  readonly name: string;
  readonly outcome: TestOutcome;
  /** The test's headline figure; null where not run or not computable. */
  readonly figure: number | null;
  /** Why the test was not run, for people; only where there was nothing that it could have been run on. */
  readonly reason?: string;
  /** What the figure is held against, for people. */
  readonly threshold: string;
  /** Every figure of the test, for programs. */
  readonly figures: Readonly<Record<string, number>>;
}

/** The last word before a bot's parameters change. */
export interface GateResult {
  /** The new parameters beat the current ones on the hold-out, one position a symbol. */
  readonly open: boolean;
  readonly reason: string;
  readonly candidate: "phase3" | "phase2" | "none";
  readonly candidate_metrics: Metrics | null;
  readonly current_metrics: Metrics | null;
  /** Share of paired bootstrap resamples in which the new ones are better. */
  readonly better_share: number;
  readonly min_trades: number;
  /** The config was last updated after the split: the comparison favours the current parameters. */
  readonly current_saw_holdout: boolean;
}

export interface TypeValidation {
  readonly verdict: Verdict;
  /** One sentence: the test that gave the verdict and its figures. */
  readonly reason: string;
  readonly tests: readonly TestResult[];
  /** Null where nothing was searched again. */
  readonly walk_forward: WalkForward | null;
  /** Beside the judged set, on the hold-out; null where there is no such set. */
  readonly baselines: Baselines | null;
  /** The judged set's trades; null where there is no such set. */
  readonly breakdown: Breakdown | null;
  readonly gate: GateResult;
  /** Which parameters of this type go to the config; `current` means nothing changes. */
  readonly applied: "phase3" | "phase2" | "current";
}
