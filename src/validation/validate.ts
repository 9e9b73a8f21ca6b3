import type { Baselines } from "./baselines.ts";
import { bootstrapTest } from "./bootstrap.ts";
import { breakdownOf } from "./breakdown.ts";
import type { DaySpan } from "./days.ts";
import { earlyLateTest } from "./earlyLate.ts";
import { permutationTest } from "./permutation.ts";
import { type Plateau, plateauTest } from "./plateau.ts";
import type { RandomEntries } from "./randomEntries.ts";
import type { SetVerdict, TestResult } from "./result.ts";
import { type NoSelection, type Selection, selectionTest } from "./selection.ts";
import { shrunkAverage } from "./shrunk.ts";
import { type Trials, trialTests } from "./trialTests.ts";
import { type PartTrades, verdictOf } from "./verdict.ts";
import { type WalkForward, walkForwardTest } from "./walkForward.ts";

/** What was found out about a set by searching and replaying; null where that was not done. */
export interface Evidence {
  /** The sets that it was chosen from. */
  readonly trials: Trials | null;
  readonly walkForward: WalkForward | null;
  readonly plateau: Plateau | null;
  /** Its hold-out trades, entered at random. */
  readonly randomEntries: RandomEntries | null;
  readonly selection: Selection | NoSelection | null;
  readonly baselines: Baselines | null;
}

export const noEvidence: Evidence = {
  trials: null,
  walkForward: null,
  plateau: null,
  randomEntries: null,
  selection: null,
  baselines: null,
};

/** Everything that the verdict on one set rests on. */
export interface ValidationInput {
  /** Opportunities of the type, training and hold-out and between. */
  readonly opportunities: number;
  readonly minTrades: number;
  readonly seed: number;
  /** Length of a candle, milliseconds. */
  readonly barMs: number;
  /** The days of the hold-out, to the last candle's. */
  readonly span: DaySpan;
  /** The opportunities were chosen by their own future. */
  readonly hindsight: boolean;
  /** The set's trades; null where no set could be ranked. Returns are net fractions. */
  readonly trades: PartTrades | null;
  readonly evidence: Evidence;
  /** Why tests were left out that could have been run; null where none was. */
  readonly leftOut: string | null;
}

/** The tests of one set, and the verdict that follows from them. */
export function validateSet(input: ValidationInput): SetVerdict {
  const { trades, seed, span, leftOut } = input;
  const { trials, walkForward, plateau, randomEntries, selection, baselines } = input.evidence;
  const tests: TestResult[] = [
    ...(trades ? [earlyLateTest(trades.training), bootstrapTest(trades.holdout, span, seed)] : []),
    ...trialTests(trades && trials, trades?.training ?? [], input.minTrades),
    walkForwardTest(walkForward),
    plateauTest(plateau),
    permutationTest(randomEntries),
    selectionTest(selection),
  ].map((test) =>
    leftOut !== null && test.outcome === "not run" && test.reason === undefined ? { ...test, reason: leftOut } : test,
  );
  return {
    ...verdictOf({ ...input, tests }),
    tests,
    walk_forward: walkForward,
    baselines,
    breakdown: trades && breakdownOf(trades.training, trades.holdout),
    shrunk_avg_return: trades && {
      training: shrunkAverage(trades.training, input.barMs),
      holdout: shrunkAverage(trades.holdout, input.barMs),
    },
  };
}
