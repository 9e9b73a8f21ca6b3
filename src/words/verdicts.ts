import { type NotRun, type TestFinding, type TestName, testLimits, type VerdictReason } from "../validation/finding.ts";
import type { SetFinding, SetVerdict, TestResult } from "../validation/result.ts";

/** A finding about one set, worded as results hold it. */
export function worded(finding: SetFinding): SetVerdict {
  return { ...finding, reason: reasonText(finding.reason), tests: finding.tests.map(wordedTest) };
}

/** One test, worded as results hold it. */
export function wordedTest(test: TestFinding): TestResult {
  const { reason, ...ran } = test;
  const threshold = thresholdText(test.name);
  return reason ? { ...test, threshold, reason: notRunText(reason) } : { ...ran, threshold };
}

const { early_late, bootstrap, pbo, deflated_sharpe, walk_forward, plateau, permutation, selection } = testLimits;

const thresholds: Readonly<Record<TestName, string>> = {
  early_late: `overfitted at ${early_late.overfittedPoints} points; stability ${early_late.unstable} unstable, ${early_late.warning} warning`,
  bootstrap: `${100 * bootstrap.interval} % interval of the hold-out's avg_return above ${bootstrap.above}`,
  pbo: `probability of backtest overfitting at most ${pbo.most}`,
  deflated_sharpe: `at least ${deflated_sharpe.least}`,
  walk_forward: `out-of-sample avg_return not below ${walk_forward.leastReturn}, efficiency at least ${walk_forward.leastEfficiency}`,
  plateau: `neighbours reach ${plateau.leastShare} of the best score`,
  permutation: `p at most ${permutation.highestP}`,
  selection: `p at most ${selection.highestP}`,
};

/** What a test's figures are held against. */
export function thresholdText(name: TestName): string {
  return thresholds[name];
}

/** Why a test was not run. */
export function notRunText(reason: NotRun): string {
  switch (reason.code) {
    case "SAME_TRADES":
      return "all ranked sets make the same trades";
    case "NO_NEIGHBOUR":
      return "no neighbour in the space makes other trades";
    case "NO_TELLING_FILTER":
      return "no filter of the space tells ranked sets apart";
    case "SHORT_TRAINING":
      return "the training part is not longer than two longest holding times";
    case "NOT_PROPOSED":
      return "no search is made for a set that is not proposed";
    case "VERDICT_STANDS":
      return `it could not change the verdict, ${reason.verdict}`;
    case "GATE_CLOSED":
      return "the gate is closed to the set whatever it says";
  }
}

/** One sentence: the rule that gave the verdict and its figures. */
export function reasonText(reason: VerdictReason): string {
  switch (reason.code) {
    case "NO_OPPORTUNITIES":
      return "there are no opportunities of this type";
    case "HINDSIGHT":
      return "opportunities were chosen by their own future: the figures flatter and prove nothing";
    case "NO_SET":
      return "no parameter set could be ranked on the training part";
    case "FEW_TRADES":
      return `${reason.trades} ${partName[reason.part]} trades, fewer than the ${reason.needed} it takes`;
    case "NOT_FINITE":
      return `${reason.figure} is not a finite number`;
    case "NO_GAIN":
      return `${partName[reason.part]} avg_return ${reason.avg_return.toFixed(2)} % a trade is not above 0`;
    case "TEST":
      return `${reason.test.name}: ${figuresText(reason.test)} (${thresholdText(reason.test.name)})`;
    case "PASSED": {
      const missing = reason.missing > 0 ? `; ${reason.missing} did not run` : "";
      return `every test that ran was passed (${reason.passed.join(", ")})${missing}`;
    }
  }
}

const partName = { training: "training", holdout: "hold-out" } as const;

/** The first figures of a test: what its outcome rests on. */
function figuresText({ figures }: TestFinding): string {
  const first = Object.entries(figures).slice(0, 4);
  return first.map(([name, figure]) => `${name} ${Number(figure.toFixed(3))}`).join(", ") || "not computable";
}
