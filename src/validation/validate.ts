import { bootstrapTest } from "./bootstrap.ts";
import { earlyLateTest } from "./earlyLate.ts";
import { gateOf } from "./gate.ts";
import type { TestResult, TypeValidation } from "./result.ts";
import { type Trials, trialTests } from "./trialTests.ts";
import { type PartTrades, verdictOf } from "./verdict.ts";

/** Everything that the verdict on one type rests on. Returns of trades are net fractions; `margin` is in points. */
export interface ValidationInput {
  readonly type: string;
  /** Opportunities of the type, training and hold-out and between. */
  readonly opportunities: number;
  readonly minTrades: number;
  readonly margin: number;
  readonly seed: number;
  /** Epoch ms of the split. */
  readonly splitMs: number;
  readonly currentLastUpdateMs: number | null;
  /** The opportunities were chosen by their own future. */
  readonly hindsight: boolean;
  /** Trades of phase 3's winner, of phase 2's set and of the current parameters; null where there is none. */
  readonly winner: PartTrades | null;
  readonly phase2: PartTrades | null;
  readonly current: PartTrades | null;
  /** The sets that the winner was chosen from; null where it came from elsewhere. */
  readonly trials: Trials | null;
  readonly objectiveTotals: { readonly training: number; readonly holdout: number };
  readonly hoursPerBar: number;
  readonly maxOpen?: number;
}

/** Tests whose place is kept in the table; they do not run yet, and no verdict rests on them. */
const notRun: readonly (readonly [name: string, threshold: string])[] = [
  ["walk_forward", "out-of-sample avg_return not below 0, efficiency 0.5"],
  ["plateau", "neighbours reach 0.3 of the best score"],
  ["permutation", "p at most 0.05"],
  ["selection", "p at most 0.05"],
];

/** Phase 4 for one type: the tests, the verdict with its reason, the gate, and which parameters go on. */
export function validateType(input: ValidationInput): TypeValidation {
  const tests: TestResult[] = [
    ...(input.winner ? [earlyLateTest(input.winner.training), bootstrapTest(input.winner.holdout, input.seed)] : []),
    ...trialTests(input.winner && input.trials, input.winner?.training ?? [], input.minTrades),
    ...notRun.map(
      ([name, threshold]): TestResult => ({ name, outcome: "not run", figure: null, threshold, figures: {} }),
    ),
  ];
  const { verdict, reason } = verdictOf({ ...input, tests });
  const isBelieved = verdict === "PASSED" || verdict === "WARNING";
  const candidateName =
    isBelieved && input.winner
      ? "phase3"
      : input.phase2 && verdict !== "SKIPPED" && verdict !== "HINDSIGHT"
        ? "phase2"
        : "none";
  const candidate = candidateName === "phase3" ? input.winner : candidateName === "phase2" ? input.phase2 : null;
  const gate = gateOf({
    candidateName,
    candidate: candidate?.holdout ?? null,
    current: input.current?.holdout ?? null,
    objectiveTotal: input.objectiveTotals.holdout,
    hoursPerBar: input.hoursPerBar,
    minTrades: input.minTrades,
    margin: input.margin,
    seed: input.seed,
    ...(input.maxOpen !== undefined && { maxOpen: input.maxOpen }),
    currentSawHoldout: input.currentLastUpdateMs !== null && input.currentLastUpdateMs > input.splitMs,
  });
  return { verdict, reason, tests, gate, applied: gate.open && candidateName !== "none" ? candidateName : "current" };
}
