import type { Trade } from "../search/trades.ts";
import type { TestResult, Verdict } from "./result.ts";
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
  readonly tests: readonly TestResult[];
  readonly minTrades: number;
  readonly hindsight: boolean;
}

interface Ruling {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** Minimum hold-out trades for a verdict. */
export function holdoutTradesNeeded(minTrades: number): number {
  return Math.max(10, minTrades / 2);
}

/** The first matching rule gives the verdict of a set; its reason names the test and the figures. */
export function verdictOf(input: VerdictInput): Ruling {
  if (input.opportunities === 0) return { verdict: "SKIPPED", reason: "there are no opportunities of this type" };
  if (input.hindsight)
    return {
      verdict: "HINDSIGHT",
      reason: "opportunities were selected by their future: the figures are too good and prove nothing",
    };
  return failure(input) ?? testRuling(input.tests) ?? { verdict: "PASSED", reason: passedReason(input.tests) };
}

function failure({ trades, minTrades, tests }: VerdictInput): Ruling | null {
  const failed = (reason: string): Ruling => ({ verdict: "FAILED", reason });
  if (!trades) return failed("no parameter set could be ranked on the training part");
  const needed = holdoutTradesNeeded(minTrades);
  if (trades.training.length < Math.max(1, minTrades))
    return failed(`${trades.training.length} training trades, needed ${minTrades}`);
  if (trades.holdout.length < needed) return failed(`${trades.holdout.length} hold-out trades, needed ${needed}`);
  const training = meanPoints(trades.training);
  const holdout = meanPoints(trades.holdout);
  const infinite = [
    ...([
      ["training avg_return", training],
      ["hold-out avg_return", holdout],
    ] as const),
    ...tests.flatMap((test) =>
      Object.entries(test.figures).map(([name, figure]) => [`${test.name} ${name}`, figure] as const),
    ),
  ].find(([, figure]) => !Number.isFinite(figure));
  if (infinite) return failed(`${infinite[0]} is not a finite number`);
  if (training <= 0) return failed(`training avg_return ${percent(training)} per trade is not above 0`);
  if (holdout <= 0) return failed(`hold-out avg_return ${percent(holdout)} per trade is not above 0`);
  return null;
}

/** The verdicts that a failing or warning test leads to, worst first. */
const gravity: Readonly<Record<string, Verdict>> = {
  early_late: "OVERFITTED",
  pbo: "OVERFITTED",
  plateau: "UNSTABLE",
  walk_forward: "UNSTABLE",
};

function testRuling(tests: readonly TestResult[]): Ruling | null {
  const rulings = tests.flatMap((test): Ruling[] => {
    const reason = `${test.name}: ${describe(test)}`;
    if (test.outcome === "failed") return [{ verdict: verdictOfFailing(test), reason }];
    return test.outcome === "warning" ? [{ verdict: "WARNING", reason }] : [];
  });
  for (const verdict of ["OVERFITTED", "UNSTABLE", "WARNING"] as const) {
    const ruling = rulings.find((candidate) => candidate.verdict === verdict);
    if (ruling) return ruling;
  }
  return null;
}

function verdictOfFailing(test: TestResult): Verdict {
  if (test.name === "early_late" && test.figures["points"]! < 2) return "UNSTABLE";
  return gravity[test.name] ?? "WARNING";
}

function describe(test: TestResult): string {
  const figures = Object.entries(test.figures)
    .slice(0, 4)
    .map(([name, figure]) => `${name} ${Number(figure.toFixed(3))}`)
    .join(", ");
  return `${figures || "not computable"} (${test.threshold})`;
}

function passedReason(tests: readonly TestResult[]): string {
  const run = tests.filter((test) => test.outcome !== "not run").map((test) => test.name);
  const missing = tests.length - run.length;
  return `passed every test that ran (${run.join(", ")})${missing > 0 ? `; ${missing} did not run` : ""}`;
}

function percent(points: number): string {
  return `${points.toFixed(2)}%`;
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
