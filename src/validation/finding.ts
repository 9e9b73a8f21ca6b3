import type { TestPicture } from "./histogram.ts";

/** What the tests say of a set; `SKIPPED`: there was nothing to judge, `HINDSIGHT`: its opportunities were chosen by what came after them. */
export type Verdict = "FAILED" | "OVERFITTED" | "UNSTABLE" | "WARNING" | "PASSED" | "SKIPPED" | "HINDSIGHT";

/** What one test says of a set. */
export type TestOutcome = "passed" | "warning" | "failed" | "not run";

/** One test of a set, in codes and figures. */
export interface TestFinding {
  /** The test, by its key in `testLimits`. */
  readonly name: TestName;
  /** Whether the test passed, warned or failed, or was not run. */
  readonly outcome: TestOutcome;
  /** The test's headline figure; null if not run or not computable. */
  readonly figure: number | null;
  /** Why the test was not run; only if it had nothing to run on, or was skipped. */
  readonly reason?: NotRun;
  /** The thresholds of the figures. */
  readonly threshold: Limits;
  /** Every figure of the test, for programs. */
  readonly figures: Readonly<Record<string, number>>;
  /** What a picture of it needs besides; not part of a result. */
  readonly picture?: TestPicture;
}

/** Limits of a test, by their names in `testLimits`. */
export type Limits = Readonly<Record<string, number>>;

/** The thresholds of each test; shares and p from 0 to 1. */
export const testLimits = {
  early_late: { overfittedPoints: 2, unstable: 50, warning: 70 },
  bootstrap: { interval: 0.95, above: 0 },
  pbo: { most: 0.5 },
  deflated_sharpe: { least: 0.95 },
  walk_forward: { leastReturn: 0, leastEfficiency: 0.5 },
  plateau: { leastShare: 0.3 },
  permutation: { highestP: 0.05 },
  selection: { highestP: 0.05 },
} as const satisfies Readonly<Record<string, Limits>>;

/** Stable names of the tests. */
export type TestName = keyof typeof testLimits;

/** Why a test was not run. */
export type NotRun =
  /** Nothing was chosen: all ranked sets make the same trades. */
  | { readonly code: "SAME_TRADES" }
  /** No neighbour in the space makes different trades. */
  | { readonly code: "NO_NEIGHBOUR" }
  /** No filter of the space distinguishes ranked sets. */
  | { readonly code: "NO_TELLING_FILTER" }
  /** The training part is no longer than twice the maximum holding time. */
  | { readonly code: "SHORT_TRAINING" }
  | LeftOut;

/** Why tests were skipped that could have been run. */
export type LeftOut =
  /** No search is run for a set that is not proposed. */
  | { readonly code: "NOT_PROPOSED" }
  /** The test cannot change the verdict. */
  | { readonly code: "VERDICT_STANDS"; readonly verdict: Verdict }
  /** The gate rejects the set anyway. */
  | { readonly code: "GATE_CLOSED" };

/** The rule that gave a verdict, with its figures. Returns in points. */
export type VerdictReason =
  | { readonly code: "NO_OPPORTUNITIES" }
  | { readonly code: "HINDSIGHT" }
  | { readonly code: "NO_SET" }
  | { readonly code: "FEW_TRADES"; readonly part: Part; readonly trades: number; readonly needed: number }
  | { readonly code: "NOT_FINITE"; readonly figure: string }
  | { readonly code: "NO_GAIN"; readonly part: Part; readonly avg_return: number }
  | { readonly code: "TEST"; readonly test: TestFinding }
  /** The set passed every test that ran; `missing` did not run. */
  | { readonly code: "PASSED"; readonly passed: readonly TestName[]; readonly missing: number };

type Part = "training" | "holdout";
