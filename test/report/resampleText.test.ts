import { describe, expect, it } from "vitest";
import { decisionText } from "../../src/report/decisionText.ts";
import { resampleText } from "../../src/report/resampleText.ts";

describe("a share of resamples in words", () => {
  it.each([
    [1, "all 10,000 resamples"],
    [0.9999, "more than 99.9% of resamples"],
    [0.9995, "more than 99.9% of resamples"],
    [0.9994, "99.9% of resamples"],
    [0.962, "96.2% of resamples"],
    [0.0005, "0.1% of resamples"],
    [0.0001, "fewer than 0.1% of resamples"],
    [0, "none of 10,000 resamples"],
  ])("of %d is told in %s", (fraction, words) => {
    expect(resampleText(fraction)).toBe(words);
  });
});

describe("a decision in words", () => {
  it("keeps apart a share that falls short of what it takes by a hundredth of a percent", () => {
    const reason = { code: "NOT_SURE_ENOUGH", candidate: "phase3", better_share: 0.9832, level: 0.0167 } as const;
    const reasons = [{ ...reason, p: 0.0168, decisions: 3, look: 2 }];
    const text = decisionText({ advice: "keep", applied: null, reasons, confidence: 0.95 });
    expect(text).toBe(
      "no other set is clearly better: phase 3's set is better in 98.32% of resamples, needed 98.33% after 1 earlier look at the same days, as one of 3 simultaneous decisions.",
    );
  });

  it("names one opponent where there is no current set", () => {
    const reasons = [{ code: "APPLIED", candidate: "phase2", better_share: 1, opponents: 1 }] as const;
    const text = decisionText({ advice: "apply", applied: "phase2", reasons, confidence: 0.95 });
    expect(text).toBe("phase 2's set is better than not trading in all 10,000 resamples.");
  });
});
