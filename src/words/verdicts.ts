import { type NotRun, type TestFinding, type TestName, testLimits, type VerdictReason } from "../validation/finding.ts";
import type { SetFinding, SetVerdict, TestResult } from "../validation/result.ts";

/** The finding about one set, in the words of a result. */
export function worded(finding: SetFinding): SetVerdict {
  return { ...finding, reason: reasonText(finding.reason), tests: finding.tests.map(wordedTest) };
}

/** One test, in the words of a result. */
export function wordedTest(test: TestFinding): TestResult {
  const { picture: _, ...shown } = test;
  const { reason, ...ran } = shown;
  const threshold = thresholdOf(test);
  return reason ? { ...shown, threshold, reason: notRunText(reason) } : { ...ran, threshold };
}

const { early_late, bootstrap, pbo, deflated_sharpe, walk_forward, plateau, permutation, selection } = testLimits;

const thresholds: Readonly<Record<TestName, string>> = {
  early_late: `needs fewer than ${early_late.overfittedPoints} points and stability of ${early_late.warning}; fails below ${early_late.unstable}`,
  bootstrap: `needs a ${100 * bootstrap.interval}% interval of the hold-out's avg_return above ${bootstrap.above}`,
  pbo: `needs a probability of overfitting of at most ${pbo.most}`,
  deflated_sharpe: `needs at least ${deflated_sharpe.least}`,
  walk_forward: `needs out-of-sample avg_return of at least ${walk_forward.leastReturn} and efficiency of at least ${walk_forward.leastEfficiency}`,
  plateau: `needs neighbours with ${plateau.leastShare} of the best score`,
  permutation: `needs p of at most ${permutation.highestP}`,
  selection: `needs p of at most ${selection.highestP}`,
};

/** The thresholds of a test's figures. */
export function thresholdText(name: TestName): string {
  return thresholds[name];
}

/** The same of a test that was run: that of a purse's days is about equity. */
function thresholdOf({ name, figures }: TestFinding): string {
  return figures["by_equity"] === undefined
    ? thresholdText(name)
    : `needs a ${100 * bootstrap.interval}% interval of the hold-out's daily gain of equity above ${bootstrap.above}`;
}

/** Why a test was not run. */
export function notRunText(reason: NotRun): string {
  switch (reason.code) {
    case "SAME_TRADES":
      return "all ranked sets make the same trades";
    case "NO_NEIGHBOUR":
      return "no neighbour in the space makes different trades";
    case "NO_TELLING_FILTER":
      return "no filter of the space distinguishes ranked sets";
    case "SHORT_TRAINING":
      return "the training part is no longer than twice the maximum holding time";
    case "NOT_PROPOSED":
      return "no search is run for a set that is not proposed";
    case "VERDICT_STANDS":
      return `cannot change the verdict, ${reason.verdict}`;
    case "GATE_CLOSED":
      return "the gate rejects the set anyway";
  }
}

/** One sentence: the test that gave the verdict, and its figures. */
export function reasonText(reason: VerdictReason): string {
  switch (reason.code) {
    case "NO_OPPORTUNITIES":
      return "there are no opportunities of this type";
    case "HINDSIGHT":
      return "opportunities were selected by their future: the figures are too good and prove nothing";
    case "NO_SET":
      return "no parameter set could be ranked on the training part";
    case "FEW_TRADES":
      return `${reason.trades} ${partName[reason.part]} trades, needed ${reason.needed}`;
    case "NOT_FINITE":
      return `${reason.figure} is not a finite number`;
    case "NO_GAIN":
      return `${partName[reason.part]} avg_return ${reason.avg_return.toFixed(2)}% per trade is not above 0`;
    case "TEST":
      return `${reason.test.name}: ${figuresText(reason.test)} (${thresholdOf(reason.test)})`;
    case "PASSED": {
      const missing = reason.missing > 0 ? `; ${reason.missing} did not run` : "";
      return `passed every test that ran (${reason.passed.join(", ")})${missing}`;
    }
  }
}

const partName = { training: "training", holdout: "hold-out" } as const;

/** The first figures of a test, which decide its outcome. */
function figuresText({ figures }: TestFinding): string {
  const first = Object.entries(figures).slice(0, 4);
  return first.map(([name, figure]) => `${name} ${Number(figure.toFixed(3))}`).join(", ") || "not computable";
}
