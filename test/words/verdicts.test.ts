import { describe, expect, it } from "vitest";
import { type NotRun, type TestFinding, type TestName, testLimits } from "../../src/validation/finding.ts";
import { notRunText, reasonText, thresholdText, wordedTest } from "../../src/words/verdicts.ts";

const failing: TestFinding = {
  name: "early_late",
  outcome: "failed",
  figure: 2,
  threshold: testLimits.early_late,
  figures: { points: 2, stability: 49.99999, degradation: 0.5, win_rate_ratio: 1, early_avg_return: 1 },
};

describe("the words of a verdict", () => {
  it("name the test that gave it, its first four figures, and its threshold", () => {
    expect(reasonText({ code: "TEST", test: failing })).toBe(
      "early_late: points 2, stability 50, degradation 0.5, win_rate_ratio 1 (needs fewer than 2 points and stability of 70; fails below 50)",
    );
    const silent = { ...failing, name: "bootstrap", figures: {} } as const;
    expect(reasonText({ code: "TEST", test: silent })).toBe(
      "bootstrap: not computable (needs a 95% interval of the hold-out's avg_return above 0)",
    );
  });

  it("say which part has too few trades, or does not gain", () => {
    expect(reasonText({ code: "FEW_TRADES", part: "holdout", trades: 9, needed: 10 })).toBe(
      "9 hold-out trades, needed 10",
    );
    expect(reasonText({ code: "NO_GAIN", part: "training", avg_return: -0.004 })).toBe(
      "training avg_return -0.00% per trade is not above 0",
    );
  });

  it("count the tests that did not run beside those that were passed", () => {
    expect(reasonText({ code: "PASSED", passed: ["pbo", "plateau"], missing: 1 })).toBe(
      "passed every test that ran (pbo, plateau); 1 did not run",
    );
    expect(reasonText({ code: "PASSED", passed: ["pbo"], missing: 0 })).toBe("passed every test that ran (pbo)");
  });
});

describe("the words of a test", () => {
  it("quote every limit of the test as it is", () => {
    for (const [name, limits] of Object.entries(testLimits))
      for (const limit of Object.values(limits))
        expect(thresholdText(name as TestName), name).toMatch(new RegExp(`\\b(${limit}|${100 * limit}%)(?![.\\d])`));
  });

  it("stand where the codes stood, so that a result's bytes do not depend on who worded it", () => {
    const reason: NotRun = { code: "SAME_TRADES" };
    const { name, outcome, figure, threshold, figures } = failing;
    const worded = wordedTest({ name, outcome, reason, figure, threshold, figures });
    expect(Object.keys(worded)).toEqual(["name", "outcome", "reason", "figure", "threshold", "figures"]);
    expect(worded.reason).toBe(notRunText(reason));
    expect(Object.keys(wordedTest(failing))).toEqual(Object.keys(failing));
  });
});
