import type { Trade } from "../search/trades.ts";
import { type TestFinding, type TestName, testLimits, type VerdictReason } from "./finding.ts";
import type { SetFinding, Verdict } from "./result.ts";
import { meanPoints } from "./tradeSums.ts";

/** Trades of one set on both parts. */
export interface PartTrades {
  readonly training: readonly Trade[];
  readonly holdout: readonly Trade[];
}

export interface VerdictInput {
  readonly opportunities: number;
  /** The set's own trades; null if no set could be ranked. */
  readonly trades: PartTrades | null;
  readonly tests: readonly TestFinding[];
  readonly minTrades: number;
  readonly hindsight: boolean;
}

type Ruling = Pick<SetFinding, "verdict" | "reason">;

/** Minimum hold-out trades for a verdict. */
function holdoutTradesNeeded(minTrades: number): number {
  return Math.max(10, minTrades / 2);
}

/** The first matching rule gives the verdict of a set; its reason names the test and the figures. */
export function verdictOf(input: VerdictInput): Ruling {
  if (input.opportunities === 0) return { verdict: "SKIPPED", reason: { code: "NO_OPPORTUNITIES" } };
  if (input.hindsight) return { verdict: "HINDSIGHT", reason: { code: "HINDSIGHT" } };
  const failed = failureOf(input);
  if (failed) return { verdict: "FAILED", reason: failed };
  return testRuling(input.tests) ?? { verdict: "PASSED", reason: passedReason(input.tests) };
}

function failureOf({ trades, minTrades, tests }: VerdictInput): VerdictReason | null {
  if (!trades) return { code: "NO_SET" };
  const { training, holdout } = trades;
  const needed = holdoutTradesNeeded(minTrades);
  if (training.length < Math.max(1, minTrades))
    return { code: "FEW_TRADES", part: "training", trades: training.length, needed: minTrades };
  if (holdout.length < needed) return { code: "FEW_TRADES", part: "holdout", trades: holdout.length, needed };
  const means = { training: meanPoints(training), holdout: meanPoints(holdout) };
  const infinite = [
    ["training avg_return", means.training] as const,
    ["hold-out avg_return", means.holdout] as const,
    ...tests.flatMap(({ name, figures }) =>
      Object.entries(figures).map(([figure, value]) => [`${name} ${figure}`, value] as const),
    ),
  ].find(([, value]) => !Number.isFinite(value));
  if (infinite) return { code: "NOT_FINITE", figure: infinite[0] };
  const losing = (["training", "holdout"] as const).find((part) => means[part] <= 0);
  return losing ? { code: "NO_GAIN", part: losing, avg_return: means[losing] } : null;
}

/** The verdicts that a failing test leads to; a failure of any other test is a warning. */
const gravity: Partial<Record<TestName, Verdict>> = {
  early_late: "OVERFITTED",
  pbo: "OVERFITTED",
  plateau: "UNSTABLE",
  walk_forward: "UNSTABLE",
};

function testRuling(tests: readonly TestFinding[]): Ruling | null {
  const rulings = tests.flatMap((test): Ruling[] => {
    const reason = { code: "TEST", test } as const;
    if (test.outcome === "failed") return [{ verdict: verdictOfFailing(test), reason }];
    return test.outcome === "warning" ? [{ verdict: "WARNING", reason }] : [];
  });
  for (const verdict of ["OVERFITTED", "UNSTABLE", "WARNING"] as const) {
    const ruling = rulings.find((candidate) => candidate.verdict === verdict);
    if (ruling) return ruling;
  }
  return null;
}

function verdictOfFailing({ name, figures }: TestFinding): Verdict {
  if (name === "early_late" && figures["points"]! < testLimits.early_late.overfittedPoints) return "UNSTABLE";
  return gravity[name] ?? "WARNING";
}

function passedReason(tests: readonly TestFinding[]): VerdictReason {
  const passed = tests.flatMap(({ outcome, name }) => (outcome === "not run" ? [] : [name]));
  return { code: "PASSED", passed, missing: tests.length - passed.length };
}

const worstFirst: readonly Verdict[] = [
  "HINDSIGHT",
  "FAILED",
  "OVERFITTED",
  "UNSTABLE",
  "WARNING",
  "PASSED",
  "SKIPPED",
];

/** The worst of the types' verdicts: a headline and `--strict`'s input, nothing else. SKIPPED if there is none. */
export function overallVerdict(verdicts: readonly Verdict[]): Verdict {
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? "SKIPPED";
}
