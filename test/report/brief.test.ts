import { describe, expect, it } from "vitest";
import { optimizeBrief } from "../../src/report/brief/brief.ts";
import { outcomeLine } from "../../src/report/brief/outcome.ts";
import { optimizeReport } from "../../src/report/brief/report.ts";
import { widthOf } from "../../src/report/lines.ts";
import { paintFor } from "../../src/report/paint.ts";
import type { ConfigRun, OptimizeResult } from "../../src/run/results.ts";
import type { ChallengedDecision } from "../../src/validation/result.ts";
import { configRun, decisions, gate, optimizeResult, tests, validation } from "./fixtures.ts";

const of = (changes: Partial<ConfigRun>): OptimizeResult => optimizeResult({ runs: [configRun(changes)] });
const pause: ChallengedDecision = {
  advice: "pause",
  applied: null,
  reasons: [
    { code: "NOT_ABOVE_NOTHING", candidate: "phase3", better_share: 0.557 },
    { code: "CURRENT_LOSES", trades: 117, avg_return: -0.15, losing_share: 1 },
  ],
  confidence: 0.95,
  challenger: null,
};
const keep = decisions["swing"]!;
const unsaved = { saved: null, changed: false, diff: { tested: 18, changed: 0, entries: [] } } as const;

describe("the first line of a run", () => {
  it("says which types were changed, and with what doubt", () => {
    const passed = validation({ verdict: "PASSED" });
    const phase4 = (scalping: typeof passed): ConfigRun["phase4"] => ({
      types: { scalping, swing: validation({ verdict: "OVERFITTED" }) },
      overall: "OVERFITTED",
    });
    expect(outcomeLine(of({ phase4: phase4(passed) }))).toMatch(/^CHANGED scalping \(\d+ values?\), swing as before$/);
    expect(outcomeLine(of({ phase4: phase4(validation()) }))).toMatch(/^CHANGED, WITH WARNINGS: scalping/);
    expect(outcomeLine(of({ decision: { scalping: decisions["scalping"]!, swing: pause } }))).toMatch(
      /; pause swing\?$/,
    );
  });

  it("says why nothing was changed", () => {
    const both = { scalping: keep, swing: keep };
    const failed = { types: { scalping: validation({ verdict: "FAILED" }) }, overall: "FAILED" } as const;
    const unchanged = {
      ...unsaved,
      not_saved: { code: "UNCHANGED" },
      not_saved_because: "no parameter changed",
    } as const;
    expect(outcomeLine(of({ ...unchanged, decision: both, phase4: failed }))).toBe(
      "NOTHING CHANGED: no better parameters could be trusted",
    );
    expect(outcomeLine(of({ ...unchanged, decision: both }))).toBe(
      "NOTHING CHANGED: no set is clearly better than the current one",
    );
    const losing = of({ ...unchanged, decision: { scalping: keep, swing: pause } });
    expect(outcomeLine(losing)).toBe("NOTHING CHANGED: pause swing? the current parameters lose");
    const warnings = [{ code: "NO_SET_MAKES_MONEY", message: "no set makes money" }];
    expect(outcomeLine({ ...losing, warnings })).toBe("NOTHING CHANGED: pause swing? every set, yours included, loses");
  });

  it("says what kept a change from being saved", () => {
    const told = (not_saved: ConfigRun["not_saved"], config: string | null = "a.json"): string =>
      outcomeLine(of({ saved: null, not_saved, not_saved_because: "why", config }));
    expect(told({ code: "DRY_RUN" })).toMatch(/^DRY RUN: would change scalping \(\d+ values?\), swing as before$/);
    expect(told({ code: "STALE", hours: 7918 })).toBe("NOT SAVED: candles end 329 days ago");
    expect(told({ code: "STALE", hours: 30 })).toBe("NOT SAVED: candles end 30 hours ago");
    expect(told({ code: "STALE", hours: -25 })).toBe("NOT SAVED: candles end 25 hours after now");
    expect(told({ code: "STRICT", refusal: "why" })).toBe("NOT SAVED: --strict, and the verdict is OVERFITTED");
    expect(told({ code: "NO_CONFIG" }, null)).toBe("NO CONFIG GIVEN: would change scalping");
    expect(told({ code: "SAME" })).toBe("NOT SAVED: why");
  });

  it("counts several configs", () => {
    const runs = [configRun(), configRun({ ...unsaved, decision: { swing: pause } })];
    expect(outcomeLine(optimizeResult({ runs }))).toBe("CHANGED 1 of 2 configs; pause a type in 1?");
    const dry = configRun({ saved: null, not_saved: { code: "DRY_RUN" } });
    const stale = configRun({ saved: null, not_saved: { code: "STALE", hours: 72 } });
    expect(outcomeLine(optimizeResult({ runs: [dry, runs[1]!] }))).toBe(
      "DRY RUN: 1 of 2 configs would have changed; pause a type in 1?",
    );
    expect(outcomeLine(optimizeResult({ runs: [stale, stale] }))).toBe(
      "NOT SAVED, candles end 3 days ago: 2 of 2 configs would have changed",
    );
    expect(outcomeLine(optimizeResult({ runs: [runs[1]!, runs[1]!] }))).toBe(
      "NOTHING CHANGED in 2 configs; pause a type in 2?",
    );
  });
});

describe("the summary of twenty lines", () => {
  const failing = validation({
    verdict: "FAILED",
    reason: "hold-out avg_return -1.72% per trade is not above 0",
    tests: tests.map((test) => ({ ...test, outcome: test.outcome === "passed" ? "warning" : test.outcome })),
    gate: gate(false),
  });
  const crowded = of({
    config: "机器人/学习配置.json",
    phase4: { types: { scalping: failing, swing: failing }, overall: "FAILED" },
    decision: { scalping: pause, swing: keep },
  });

  it.each([72, 80, 100, 120])("fits %i columns and, with two types, twenty lines", (width) => {
    for (const result of [optimizeResult(), crowded]) {
      const text = optimizeBrief(result, paintFor(true), { width, out: "runs/2026-11-26" });
      const lines = text.trimEnd().split("\n");
      expect(lines.length).toBeLessThanOrEqual(20);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
  });

  it("has a row a type: now, proposed, decision", () => {
    const lines = optimizeBrief(optimizeResult(), paintFor(false), { width: 100, out: undefined }).split("\n");
    expect(lines[3]).toMatch(/^ +now +proposed +decision$/);
    expect(lines[4]).toMatch(/^scalping +-0\.06% +\+0\.37% +applied: better in 96%$/);
    expect(lines[5]).toMatch(/^swing +-0\.06% +\+0\.37% +rejected: verdict OVERFITTED$/);
    expect(lines.at(-2)).toMatch(/^Undo +sluice rollback --config bot\/learning_config\.json$/);
  });

  it("says what objects, worst first, and names what there is no room for", () => {
    const text = optimizeBrief(crowded, paintFor(false), { width: 72, out: undefined });
    expect(text).toMatch(/^scalping {2}FAIL {2}hold-out avg_return -1\.72% per trade is not above 0$/m);
    expect(text).toMatch(/^ +weak {2}.*over time,$/m);
  });

  it("says how old the candles are and what to do, and that there was nothing to judge", () => {
    const stale = of({
      saved: null,
      not_saved: { code: "STALE", hours: 50 },
      not_saved_because: "the candles end 50 hours ago",
    });
    const text = optimizeBrief(stale, paintFor(false), { width: 100, out: undefined });
    expect(text).toMatch(/^ {2}! +the candles end 50 hours ago; is the download running\?/m);
    const empty = of({ decision: {}, phase3: {}, phase4: { types: {}, overall: "SKIPPED" }, ...unsaved });
    expect(optimizeBrief(empty, paintFor(false), { width: 72, out: undefined })).toContain("No opportunities: nothing");
  });

  it("stands last on a terminal and first in a file where every figure was asked for", () => {
    const place = { width: 72, out: undefined, verbose: true };
    const first = optimizeReport(optimizeResult(), paintFor(false), { ...place, isTerminal: false });
    const last = optimizeReport(optimizeResult(), paintFor(false), { ...place, isTerminal: true });
    expect(first).toMatch(/^CHANGED/);
    expect(last.startsWith("CHANGED")).toBe(false);
    expect(last.trimEnd().split("\n").at(-1)).toMatch(/^Undo/);
    expect(first.length).toBe(last.length);
  });
});
