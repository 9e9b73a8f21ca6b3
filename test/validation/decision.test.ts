import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionText } from "../../src/report/decisionText.ts";
import { decideAll, type Undecided } from "../../src/validation/decision.ts";
import { holmLevels } from "../../src/validation/holm.ts";
import type { GateCode } from "../../src/validation/result.ts";
import { gate } from "../report/fixtures.ts";

describe("Holm's step-down", () => {
  it("asks a third, a half and the whole of the doubt of three, the surest first", () => {
    const levels = holmLevels([0.04, 0.001, 0.02], 0.05);
    expect(levels.map(({ level }) => Number(level.toFixed(6)))).toEqual([0.05, 0.016667, 0.025]);
    expect(levels.map(({ isRejected }) => isRejected)).toEqual([true, true, true]);
  });
  it("lets nothing through behind the first that does not hold", () => {
    // 0.03 is more than 0.05/2, so that 0.04 falls with it although it would reach 0.05.
    const levels = holmLevels([0.001, 0.03, 0.04], 0.05);
    expect(levels.map(({ isRejected }) => isRejected)).toEqual([true, false, false]);
  });
  it("of one is that one's own p, and the same whatever the order", () => {
    expect(holmLevels([0.05], 0.05)[0]).toEqual({ level: 0.05, isRejected: true });
    expect(holmLevels([], 0.05)).toEqual([]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (ps) => {
        const rejected = (list: readonly number[]): number[] =>
          list.filter((_, k) => holmLevels(list, 0.05)[k]!.isRejected).sort((a, b) => a - b);
        expect(rejected([...ps].reverse())).toEqual(rejected(ps));
      }),
    );
  });
});

type Candidate = Undecided["candidates"][number];
const candidate = (
  name: Candidate["candidate"],
  code: GateCode,
  p = 0.01,
  suggestion: number | null = null,
): Candidate => ({
  candidate: name,
  suggestion,
  verdict: code === "VERDICT" ? "FAILED" : "PASSED",
  gate: { ...gate(code === "OPEN"), code, open: code === "OPEN", p, better_share: 1 - p },
});
const steady = { trades: 100, traded_days: 40, avg_return: 0.1, losing_share: 0.2 };
const losing = { trades: 100, traded_days: 40, avg_return: -0.4, losing_share: 0.93 };
const decide = (candidates: Candidate[], standing: Undecided["standing"] = steady) =>
  decideAll([{ candidates, standing, spending: null }], 0.95)[0]!;

describe("the decision on one type", () => {
  it("applies the first candidate whose gate is open, in the order phase 3, phase 2, suggestions", () => {
    const both = decide([candidate("phase3", "OPEN"), candidate("phase2", "OPEN", 0)]);
    expect([both.applied, both.decision.advice, both.decision.applied]).toEqual([0, "apply", "phase3"]);
    const second = decide([
      candidate("phase3", "VERDICT"),
      candidate("phase2", "NOT_ABOVE_CURRENT", 0.4),
      candidate("suggestion", "OPEN", 0.01, 1),
      candidate("suggestion", "OPEN", 0, 2),
    ]);
    expect([second.applied, second.decision.applied]).toEqual([2, "suggestion"]);
    expect(second.decision.reasons.map(({ code }) => code)).toEqual(["VERDICT", "NOT_ABOVE_CURRENT", "APPLIED"]);
    expect(second.decision.reasons.at(-1)).toMatchObject({ candidate: "suggestion", suggestion: 1 });
    expect(decisionText(second.decision)).toMatch(
      /^suggestion 1 is better than .* Passed over: phase 3's set was judged FAILED; /,
    );
  });
  it("keeps where none is open, and says why of each", () => {
    const { applied, decision } = decide([candidate("phase3", "TOO_FEW"), candidate("phase2", "VERDICT")]);
    expect([applied, decision.advice, decision.applied]).toEqual([null, "keep", null]);
    expect(decision.reasons[0]).toMatchObject({ code: "TOO_FEW", candidate: "phase3", trades: 6, more_days: 60 });
    expect(decision.reasons[1]).toEqual({ code: "VERDICT", candidate: "phase2", verdict: "FAILED" });
    expect(decide([]).decision).toMatchObject({ advice: "keep", reasons: [{ code: "NO_CANDIDATE" }] });
  });
  it("advises to pause where the current set loses in nine resamples of ten and nothing is surely better", () => {
    const { decision } = decide([candidate("phase3", "VERDICT")], losing);
    expect(decision).toMatchObject({ advice: "pause", applied: null });
    expect(decision.reasons.at(-1)).toEqual({ code: "CURRENT_LOSES", ...losing });
    expect(decide([candidate("phase3", "OPEN")], losing).decision.advice).toBe("apply");
    expect(decide([], { ...losing, losing_share: 0.89 }).decision.advice).toBe("keep");
    expect(decide([], null).decision.advice).toBe("keep");
  });
  it("does not advise to pause on a handful of trades or days", () => {
    expect(decide([], { ...losing, trades: 29 }).decision.advice).toBe("keep");
    expect(decide([], { ...losing, traded_days: 14 }).decision.advice).toBe("keep");
  });
});

describe("the decisions of one run", () => {
  const of = (p: number): Undecided => ({
    candidates: [candidate("phase3", "OPEN", p)],
    standing: steady,
    spending: null,
  });
  const applied = (ps: number[]): boolean[] => decideAll(ps.map(of), 0.95).map((one) => one.applied !== null);

  it("are held to the doubt of one together: two types at 4 % are less sure than one", () => {
    expect(applied([0.04])).toEqual([true]);
    expect(applied([0.04, 0.04])).toEqual([false, false]);
    expect(applied([0.04, 0.02])).toEqual([true, true]);
    const [first] = decideAll([of(0.04), of(0.04)], 0.95);
    const [{ level, ...reason }] = first!.decision.reasons as [{ code: string; level: number }];
    expect(reason).toEqual({
      code: "NOT_SURE_ENOUGH",
      candidate: "phase3",
      better_share: 0.96,
      p: 0.04,
      decisions: 2,
      look: null,
    });
    expect(level).toBeCloseTo(0.025, 12);
  });
  it("count every type, also one that proposes nothing", () => {
    const nothing: Undecided = { candidates: [], standing: null, spending: null };
    expect(decideAll([of(0.04), nothing], 0.95).map(({ applied: place }) => place)).toEqual([null, null]);
    expect(decideAll([of(0.02), nothing], 0.95).map(({ applied: place }) => place)).toEqual([0, null]);
  });
  it("spend no more than the ledger lets them: a third look at 0.34 % takes a p that would have done ten times over at the first", () => {
    const spending = { look: 3, level: 0.00338 };
    const at = (p: number): Undecided => ({ ...of(p), spending });
    expect(decideAll([at(0.003)], 0.95)[0]!.applied).toBe(0);
    const [late] = decideAll([at(0.004)], 0.95);
    expect(late!.decision).toMatchObject({ advice: "keep", applied: null });
    expect(late!.decision.reasons[0]).toMatchObject({ code: "NOT_SURE_ENOUGH", p: 0.004, decisions: 1, look: 3 });
    expect(decisionText(late!.decision)).toContain("needed 99.66% after 2 earlier looks at the same days");
    // Where nothing is left, no p will do.
    expect(decideAll([{ ...of(0), spending: { look: 9, level: 0 } }], 0.95)[0]!.applied).toBeNull();
  });
  it("share the doubt by Holm's rule also where one of them may spend less: 4 looks of one type do not tax the other", () => {
    const late: Undecided = { ...of(0.001), spending: { look: 4, level: 0.0019 } };
    // 0.001 of 0.0019 is as 2.6 % of 5 %: more than half of the doubt, so that it comes second.
    expect(decideAll([late, of(0.02)], 0.95).map(({ applied: place }) => place)).toEqual([0, 0]);
    expect(decideAll([late, of(0.03)], 0.95).map(({ applied: place }) => place)).toEqual([null, null]);
  });
});
