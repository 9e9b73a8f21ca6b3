import { describe, expect, it } from "vitest";
import { optimizeBrief } from "../../src/report/brief/brief.ts";
import { outcomeLine } from "../../src/report/brief/outcome.ts";
import { optimizeReport } from "../../src/report/brief/report.ts";
import { widthOf } from "../../src/report/lines.ts";
import { paintFor } from "../../src/report/paint.ts";
import { groupKey } from "../../src/run/groups/groupKey.ts";
import type { ConfigRun, GroupRun, OptimizeResult } from "../../src/run/results.ts";
import type { ChallengedDecision } from "../../src/validation/result.ts";
import { languages } from "../../src/words/catalogue/languages.ts";
import { configRun, decisions, optimizeResult, phase3Type, validation } from "./fixtures.ts";

const paint = paintFor(false);
const [apply, keep] = [decisions["scalping"]!, decisions["swing"]!];
const pause: ChallengedDecision = { ...keep, advice: "pause" };

/** A run whose groups were decided on like this, each symbol one, with six changed values in every applied one. */
function runOf(groups: Readonly<Record<string, Readonly<Record<string, ChallengedDecision>>>>): OptimizeResult {
  const entries: { path: string; old: number; new: number }[] = [];
  const runs: Record<string, GroupRun> = {};
  const flat: Record<string, ChallengedDecision> = {};
  for (const [name, own] of Object.entries(groups)) {
    for (const [type, decision] of Object.entries(own)) {
      flat[groupKey(type, name)] = decision;
      if (decision.advice === "apply")
        for (let k = 0; k < 6; k++)
          entries.push({ path: `per_symbol.${name}.${type}_params.p${k}`, old: 0, new: k + 1 });
    }
    const types = Object.fromEntries(
      Object.entries(own).map(([type, { advice }]) => [
        type,
        validation(advice === "apply" ? { verdict: "PASSED" } : { verdict: "FAILED", applied: "current" }),
      ]),
    );
    const each = <T>(value: T): Record<string, T> => Object.fromEntries(Object.keys(own).map((type) => [type, value]));
    runs[name] = {
      symbols: [name],
      current: each([]),
      phase2: {},
      phase3: each(phase3Type()),
      shrinkage: each({ phase2: null, phase3: null }),
      phase4: { types, overall: "FAILED" },
      decision: own,
      missed: {},
    };
  }
  const changed = entries.length > 0;
  const diff = { tested: 60, changed: entries.length, entries };
  const { saved } = configRun();
  const run: Partial<ConfigRun> = {
    ...{ groups: runs, decision: flat, diff, changed, saved: changed ? saved : null },
    ...{ phase3: {}, phase4: { types: {}, overall: "FAILED" }, missed: {} },
    ...(!changed && { not_saved: { code: "UNCHANGED" } as const, not_saved_because: "no parameter changes" }),
  };
  return optimizeResult({ runs: [configRun(run)] });
}

const coins = (count: number, of: (k: number) => ChallengedDecision, types = ["scalping"]) =>
  runOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, k) => [
        k === 0 ? "SOL" : `COIN${k}USDT`,
        Object.fromEntries(types.map((type) => [type, of(k)])),
      ]),
    ),
  );

describe("the summary of a run by groups", () => {
  it("says in its first line which coins were changed, and how many are as before", () => {
    expect(outcomeLine(coins(10, (k) => (k === 0 ? apply : keep)))).toBe(
      "CHANGED scalping of SOL (6 values), 9 coins as before",
    );
    expect(
      outcomeLine(
        coins(10, (k) => (k === 0 ? apply : keep)),
        languages.zh,
      ),
    ).toBe("已更新：scalping of SOL（6 项）、9 个币种保持不变");
    expect(outcomeLine(coins(40, (k) => (k < 5 ? apply : keep)))).toBe(
      "CHANGED scalping of SOL (6 values), scalping of COIN1USDT (6 values), 3 more, 35 coins as before",
    );
    expect(outcomeLine(coins(10, () => keep))).toMatch(/^NOTHING CHANGED: /);
    expect(outcomeLine(coins(10, () => pause))).toBe(
      "NOTHING CHANGED: pause scalping of SOL, scalping of COIN1USDT, 8 more? the current parameters lose",
    );
  });

  it.each(["en", "zh"] as const)("has at most 20 lines of 80 columns for 10 to 40 groups, in %s", (language) => {
    const texts = languages[language];
    for (const count of [10, 25, 40])
      for (const types of [["scalping"], ["scalping", "swing"]])
        for (const of of [
          (k: number) => (k === 0 ? apply : keep),
          (k: number) => (k % 2 === 0 ? apply : pause),
          () => pause,
          () => keep,
        ]) {
          const place = { width: 80, out: undefined, texts };
          const lines = optimizeBrief(coins(count, of, types), paint, place)
            .trimEnd()
            .split("\n");
          expect(lines.length).toBeLessThanOrEqual(20);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
        }
  });

  it("has a line for what changes before one for what should pause, and counts the rest", () => {
    const text = optimizeBrief(
      coins(12, (k) => (k === 7 ? apply : k === 3 ? pause : keep)),
      paint,
      { width: 80, out: undefined },
    );
    const [changed, paused, rest] = ["COIN7USDT ", "COIN3USDT ", "10 others as before"].map((word) =>
      text.indexOf(word),
    );
    expect(changed).toBeGreaterThan(0);
    expect(paused).toBeGreaterThan(changed!);
    expect(rest).toBeGreaterThan(paused!);
    expect(text).not.toContain("COIN5USDT");
  });

  it("has a section for each type of each group in the long form", () => {
    const result = coins(3, (k) => (k === 0 ? apply : keep));
    const text = optimizeReport(result, paint, {
      ...{ width: 80, verbose: true, isTerminal: false, out: undefined },
    });
    for (const name of ["SOL", "COIN1USDT", "COIN2USDT"]) expect(text).toContain(`scalping of ${name}`);
  });
});
