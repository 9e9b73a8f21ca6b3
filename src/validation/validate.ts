import type { Baselines } from "./baselines.ts";
import { bootstrapTest } from "./bootstrap.ts";
import { breakdownOf } from "./breakdown.ts";
import { earlyLateTest } from "./earlyLate.ts";
import { gateOf } from "./gate.ts";
import { permutationTest } from "./permutation.ts";
import { type Plateau, plateauTest } from "./plateau.ts";
import type { RandomEntries } from "./randomEntries.ts";
import type { GateResult, TestResult, TypeValidation, Verdict } from "./result.ts";
import { type NoSelection, type Selection, selectionTest } from "./selection.ts";
import { type Trials, trialTests } from "./trialTests.ts";
import { type PartTrades, verdictOf } from "./verdict.ts";
import { type WalkForward, walkForwardTest } from "./walkForward.ts";

/** What was found out about a winner by searching and replaying; null where that could not be done. */
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
  readonly evidence: Evidence;
  readonly objectiveTotals: { readonly training: number; readonly holdout: number };
  readonly hoursPerBar: number;
  readonly maxOpen?: number;
}

/** Phase 4 for one type: the tests, the verdict with its reason, the gate, and which parameters go on. */
export function validateType(input: ValidationInput): TypeValidation {
  const { trials, walkForward, plateau, randomEntries, selection, baselines } = input.evidence;
  const tests: TestResult[] = [
    ...(input.winner ? [earlyLateTest(input.winner.training), bootstrapTest(input.winner.holdout, input.seed)] : []),
    ...trialTests(input.winner && trials, input.winner?.training ?? [], input.minTrades),
    walkForwardTest(walkForward),
    plateauTest(plateau),
    permutationTest(randomEntries),
    selectionTest(selection),
  ];
  const { verdict, reason } = verdictOf({ ...input, tests });
  const isBelieved = verdict === "PASSED" || verdict === "WARNING";
  const candidateName = candidateOf(input, verdict, isBelieved);
  const candidate = candidateName === "none" ? null : candidateName === "phase3" ? input.winner : input.phase2;
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
    stoppedBy: candidateName === "phase3" && !isBelieved ? verdict : null,
    currentSawHoldout: input.currentLastUpdateMs !== null && input.currentLastUpdateMs > input.splitMs,
  });
  return {
    verdict,
    reason,
    tests,
    walk_forward: walkForward,
    baselines,
    breakdown: input.winner && breakdownOf(input.winner.training, input.winner.holdout),
    gate,
    applied: gate.open && candidateName !== "none" ? candidateName : "current",
  };
}

/** Whose parameters the gate weighs: the winner's where it is believed, else phase 2's; where there are none, the winner's to compare only. */
function candidateOf(
  { winner, phase2 }: Pick<ValidationInput, "winner" | "phase2">,
  verdict: Verdict,
  isBelieved: boolean,
): GateResult["candidate"] {
  if (verdict === "SKIPPED" || verdict === "HINDSIGHT") return "none";
  if (winner && (isBelieved || !phase2)) return "phase3";
  return phase2 ? "phase2" : "none";
}
