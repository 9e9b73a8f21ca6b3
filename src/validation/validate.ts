import type { Purse } from "../portfolio/purse.ts";
import type { Baselines } from "./baselines.ts";
import { bootstrapTest } from "./bootstrap.ts";
import { breakdownOf } from "./breakdown.ts";
import type { DaySpan } from "./days.ts";
import { earlyLateTest } from "./earlyLate.ts";
import type { LeftOut, TestFinding } from "./finding.ts";
import { permutationTest } from "./permutation.ts";
import { type Plateau, plateauTest } from "./plateau.ts";
import type { RandomEntries } from "./randomEntries.ts";
import type { SetFinding } from "./result.ts";
import { type NoSelection, type Selection, selectionTest } from "./selection.ts";
import { shrunkAverage } from "./shrunk.ts";
import { type Trials, trialTests } from "./trialTests.ts";
import { type PartTrades, verdictOf } from "./verdict.ts";
import { type WalkForward, walkForwardTest } from "./walkForward.ts";

/** Evidence about a set from searches and replays; null if not computed. */
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

/** Everything that the verdict on one set depends on. */
export interface ValidationInput {
  /** Opportunities of the type: training, hold-out and in between. */
  readonly opportunities: number;
  readonly minTrades: number;
  readonly seed: number;
  /** Length of a candle, milliseconds. */
  readonly barMs: number;
  /** The days of the hold-out, to the last candle's. */
  readonly span: DaySpan;
  /** The opportunities were selected by their future. */
  readonly hindsight: boolean;
  /** The set's trades; null if no set could be ranked. Returns are net fractions. */
  readonly trades: PartTrades | null;
  /** What one purse made of its hold-out trades; null or undefined without a portfolio. */
  readonly purse?: Purse | null;
  readonly evidence: Evidence;
  /** Why tests were skipped that could have been run; null if none was. */
  readonly leftOut: LeftOut | null;
}

/** What the verdict on one set depends on, apart from evidence. */
export type ValidatedSet = Omit<ValidationInput, "evidence" | "leftOut">;

/** The tests of one set, and the verdict that follows from them. */
export function validateSet({ evidence, leftOut, ...set }: ValidationInput): SetFinding {
  return new SetValidation(set).verdict(evidence, leftOut);
}

/** The verdict on one set as evidence comes in: tests already run are not repeated. */
export class SetValidation {
  private readonly ofTrades: readonly TestFinding[];
  private readonly described: Pick<SetFinding, "breakdown" | "shrunk_avg_return">;
  private lastTrials: { readonly trials: Trials | null; readonly tests: readonly TestFinding[] } | undefined;

  constructor(private readonly set: ValidatedSet) {
    const { trades, span, seed, barMs, purse } = set;
    this.ofTrades = trades ? [earlyLateTest(trades.training), bootstrapTest(trades.holdout, span, seed, purse)] : [];
    this.described = {
      breakdown: trades && breakdownOf(trades.training, trades.holdout),
      shrunk_avg_return: trades && {
        training: shrunkAverage(trades.training, barMs),
        holdout: shrunkAverage(trades.holdout, barMs),
      },
    };
  }

  /** `leftOut`: why tests were skipped that could have been run; null if none was. */
  verdict(evidence: Evidence, leftOut: LeftOut | null): SetFinding {
    const { trials, walkForward, plateau, randomEntries, selection, baselines } = evidence;
    const tests = [
      ...this.ofTrades,
      ...this.ofTrials(trials),
      walkForwardTest(walkForward),
      plateauTest(plateau),
      permutationTest(randomEntries),
      selectionTest(selection),
    ].map((test) =>
      leftOut !== null && test.outcome === "not run" && test.reason === undefined ? { ...test, reason: leftOut } : test,
    );
    return {
      ...verdictOf({ ...this.set, tests }),
      tests,
      walk_forward: walkForward,
      baselines,
      ...this.described,
    };
  }

  private ofTrials(trials: Trials | null): readonly TestFinding[] {
    const { trades, minTrades } = this.set;
    if (this.lastTrials?.trials === trials) return this.lastTrials.tests;
    const tests = trialTests(trades && trials, trades?.training ?? [], minTrades);
    this.lastTrials = { trials, tests };
    return tests;
  }
}
