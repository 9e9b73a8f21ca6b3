import { describe, expect, it } from "vitest";
import { decisionText } from "../../src/report/decisionText.ts";
import type { ChallengedDecision, ChallengerResult, DecisionReason } from "../../src/validation/result.ts";
import { languages } from "../../src/words/catalogue/languages.ts";
import { englishIn } from "../support/english.ts";

const challenger = (changes: Partial<ChallengerResult>): ChallengerResult => ({
  ...{ params: { min_signal_score: 65 }, verdict: "WARNING", since: "2026-11-03", days: 23 },
  ...{ evidence: { current: { value: 9.1, best: 12 }, nothing: { value: 3.2, best: 8.9 } }, needed: 32.9 },
  ...{ state: "running", recorded: true },
  ...changes,
});
const decided = (
  stands: ChallengerResult | null,
  reasons: readonly DecisionReason[] = [],
  rest: Partial<ChallengedDecision> = {},
): string => decisionText({ advice: "keep", applied: null, confidence: 0.95, reasons, challenger: stands, ...rest });
/** Every sentence about a challenger, in another language. */
const inChinese = (stands: ChallengerResult | null, reasons: readonly DecisionReason[], rest = {}): string =>
  decisionText({ advice: "keep", applied: null, confidence: 0.95, reasons, challenger: stands, ...rest }, languages.zh);
const event = (code: DecisionReason["code"], more: object = {}): DecisionReason => ({
  ...{ code, since: "2026-11-03", days: 23, evidence_current: 40.9, evidence_nothing: 35.2, needed: 32.9 },
  ...more,
});

describe("what is said of a challenger", () => {
  it("is how it stands against the opponent that it is least sure to beat, never rounded up", () => {
    expect(decided(challenger({}))).toBe(
      "no set could be proposed. Challenger since 3 Nov: 23 days, evidence 8 of 33.",
    );
    expect(decided(challenger({ days: 1, since: "2026-01-31" }))).toContain("since 31 Jan: 1 day, ");
  });

  it("is whose set it is where it is new, and that a dry run only would have frozen it", () => {
    const frozen = [event("CHALLENGER_FROZEN", { candidate: "suggestion", suggestion: 2, days: 0 })];
    const says = (recorded: boolean) => decided(challenger({ state: "frozen", days: 0, recorded }), frozen);
    expect(says(true)).toMatch(/Suggestion 2 is the challenger from 3 Nov on; it needs evidence of 33\.$/);
    expect(says(false)).toMatch(/Suggestion 2 would become the challenger from 3 Nov on/);
  });

  it("is why one has ended, before how the next one stands", () => {
    const text = decided(challenger({ state: "frozen", since: "2026-12-01" }), [
      event("CHALLENGER_DROPPED"),
      event("CHALLENGER_FROZEN", { candidate: "phase3", since: "2026-12-01" }),
    ]);
    expect(text).toBe(
      "no set could be proposed. The challenger since 3 Nov is dropped after 23 days: it does not look better. " +
        "Phase 3's set is the challenger from 1 Dec on; it needs evidence of 33.",
    );
    expect(decided(challenger({ state: "expired" }), [event("CHALLENGER_EXPIRED")])).toContain(
      "is dropped after 23 days without enough evidence.",
    );
    expect(decided(challenger({ state: "withdrawn" }), [event("CHALLENGER_WITHDRAWN")])).toMatch(
      /is withdrawn after 23 days: its opponent's parameters have changed, or the opportunities lack a feature it filters by\.$/,
    );
  });

  it("is what it has shown where it is applied, and that the gate had a set as well", () => {
    const reasons = [
      event("CHALLENGER_WON"),
      { code: "CHALLENGER_FIRST", candidate: "phase3", better_share: 1 } as const,
    ];
    expect(decided(challenger({ state: "won" }), reasons, { advice: "apply", applied: "challenger" })).toBe(
      "the challenger since 3 Nov is better than the current set and than not trading, on 23 days that no search had seen: " +
        "evidence 40 and 35, needed 33. Passed over: phase 3's set is clearly better too, and is considered again next time.",
    );
  });

  it("is nothing where there is none", () => {
    expect(decided(null)).toBe("no set could be proposed.");
  });
});

describe("a decision in Chinese", () => {
  const figures = { trades: 12, traded_days: 5, level: 0.0123, random_entries_p: 0.4, verdict: "FAILED", decisions: 2 };
  const codes = [
    "VERDICT",
    "TOO_FEW",
    "NOT_SURE_ENOUGH",
    "NOT_ABOVE_RANDOM_ENTRIES",
    "NOT_ABOVE_CURRENT",
    "NOT_ABOVE_NOTHING",
    "CHALLENGER_FIRST",
  ] as const;
  const reasons = codes.flatMap((code) =>
    [0, 0.00001, 0.5, 0.99999, 1].map(
      (better_share): DecisionReason => ({
        ...{ code, candidate: "suggestion", suggestion: 2, better_share, look: 3, more_days: 4 },
        ...figures,
      }),
    ),
  );
  it.each([
    ["kept", "keep", null, reasons, null],
    ["applied", "apply", "phase2", [...reasons, event("APPLIED", { better_share: 0.97, opponents: 2 })], null],
    ["paused", "pause", null, [event("CURRENT_LOSES", { losing_share: 1, avg_return: -0.2, trades: 40 })], null],
    ["a new challenger", "keep", null, [event("CHALLENGER_FROZEN", { candidate: "phase3" })], { state: "frozen" }],
    ["a challenger that won", "apply", "challenger", [event("CHALLENGER_WON")], { state: "won" }],
    ["a challenger that runs", "keep", null, [event("CHALLENGER_DROPPED")], { state: "running" }],
    ["a challenger that ended", "keep", null, [event("CHALLENGER_EXPIRED")], { state: "expired" }],
    ["a challenger withdrawn", "keep", null, [event("CHALLENGER_WITHDRAWN")], { state: "withdrawn" }],
  ] as const)("says nothing in English: %s", (_, advice, applied, why, stands) => {
    const text = inChinese(stands && challenger(stands), why, { advice, applied });
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(englishIn(text)).toEqual([]);
    expect(text).not.toMatch(/undefined|NaN/);
  });
});
