import { describe, expect, it } from "vitest";
import { optimizeBrief } from "../../src/report/brief/brief.ts";
import { namesOf } from "../../src/report/brief/nowTable.ts";
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

  it("shortens a long config's path, never the time that the candles end at", () => {
    const config = "user_data/strategies/AStrategyWithALongName.json";
    for (const width of [60, 72, 100]) {
      const text = optimizeBrief(of({ config }), paintFor(false), { width, out: undefined });
      const line = text.split("\n")[1]!;
      expect(line).toMatch(/^Sluice \S+, candles to \d+ \w{3} \d{4} \d\d:\d\d UTC, \S+json$/);
      expect(widthOf(line)).toBeLessThanOrEqual(width === 60 ? 64 : width);
    }
  });

  it("shows a changed table whole where it fits on a line", () => {
    const tables = { old: { "0": 8, "120": 4, "480": 2 }, fresh: { "0": 17.28, "120": 8.64, "480": 4.32 } };
    const run = configRun({});
    const judged = run.phase4.types["scalping"]!;
    const candidates = [{ ...judged.candidates[0]!, candidate: "current" as const, params: { roi: tables.old } }];
    const changed = {
      ...run,
      decision: { scalping: run.decision["scalping"]! },
      phase3: { ...run.phase3, scalping: { ...run.phase3["scalping"]!, params: { roi: tables.fresh } } },
      phase4: { ...run.phase4, types: { ...run.phase4.types, scalping: { ...judged, tests: [], candidates } } },
    };
    const lines = (width: number): string =>
      optimizeBrief(optimizeResult({ runs: [changed] }), paintFor(false), { width, out: undefined });
    expect(lines(72)).toContain("roi {0: 8, 120: 4, 480: 2} -> {0: 17.28, 120: 8.64, 480: 4.32}");
    expect(lines(68)).toMatch(/roi \{0: 8, 120: 4, 480: 2\} -> \{0: 17.*…/);
    for (const line of lines(68).split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(68);
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

  it("says how old the newest candle is where it should be newer, whatever happened, but not of a run about the past", () => {
    const { phase1, options } = optimizeResult();
    const closedMs = phase1.to + 900_000;
    const lineAt = (nowMs: number, toMs: number | null): string => {
      const result = {
        ...of({ ...unsaved, not_saved: { code: "UNCHANGED" } }),
        options: { ...options, timeframeMs: 900_000, toMs },
      };
      return optimizeBrief(result, paintFor(false), { width: 100, out: undefined, nowMs }).split("\n")[1]!;
    };
    expect(lineAt(closedMs + 3 * 86_400_000, null)).toMatch(
      /candles to \d+ \w{3} \d{4} UTC, 3 days ago, bot\/learning_config\.json$/,
    );
    expect(lineAt(closedMs + 30 * 3_600_000, null)).toMatch(/ \d\d:\d\d UTC, 30 hours ago, bot/);
    expect(lineAt(closedMs + 23 * 3_600_000, null)).toMatch(/ UTC, bot/);
    expect(lineAt(closedMs + 3 * 86_400_000, phase1.to)).toMatch(/ UTC, bot/);
  });

  it("undoes by the config's whole path, since a mail does not say in which folder the run was", () => {
    const saved = {
      file: "learning_config.json",
      backup: "/srv/bot/learning_config.json.bak-20260116T031500Z",
      bytes_written: 1,
    };
    const text = optimizeBrief(of({ saved }), paintFor(false), { width: 100, out: undefined });
    expect(text).toMatch(/^Undo +sluice rollback --config \/srv\/bot\/learning_config\.json$/m);
  });

  it("says that a set is the current one, and that looks are spent, where a share would be a riddle", () => {
    const decided = (reason: object, candidates: typeof judged.candidates = []): string => {
      const decision = {
        swing: { ...keep, reasons: [{ candidate: "phase3", better_share: 0.9955, ...reason } as never] },
      };
      const phase4: ConfigRun["phase4"] = { types: { swing: { ...judged, candidates } }, overall: "WARNING" };
      const text = optimizeBrief(of({ decision, phase4, saved: null }), paintFor(false), {
        width: 100,
        out: undefined,
      });
      return text.split("\n").find((line) => line.startsWith("swing"))!;
    };
    const judged = validation();
    const set = (candidate: "phase3" | "current", params: object) =>
      ({ candidate, suggestion: null, params, gate: null, tests: [], verdict: "WARNING", reason: "" }) as never;
    const same = [set("phase3", { max_rsi: 60, stop: 2 }), set("current", { stop: 2, max_rsi: 60 })];
    const other = [set("phase3", { max_rsi: 60 }), set("current", { max_rsi: 70 })];
    expect(decided({ code: "NOT_ABOVE_CURRENT", better_share: 0 }, same)).toMatch(
      /the proposed set is the current one$/,
    );
    expect(decided({ code: "NOT_ABOVE_CURRENT", better_share: 0 }, other)).toMatch(/kept: better than now in 0%$/);
    expect(decided({ code: "NOT_SURE_ENOUGH", level: 0, look: 6, decisions: 2 })).toMatch(
      /looked at too often to decide/,
    );
    expect(decided({ code: "NOT_SURE_ENOUGH", level: 0.004, look: 2, decisions: 2 })).toMatch(
      /better in 99%, needs 99\.60%$/,
    );
  });

  it("calls several configs by what tells them apart, in the table and beside their tests", () => {
    const named = (...paths: string[]): string[] => namesOf(paths.map((config) => ({ config })));
    expect(named("bots/a.json")).toEqual([""]);
    expect(named("bots/btc.json", "bots/eth.json")).toEqual(["btc", "eth"]);
    expect(named("bots/btc/learning_config.json", "bots/eth/learning_config.json")).toEqual(["btc", "eth"]);
    expect(named("a/x.json", "b/x.json", "b/y.json")).toEqual(["a/x.json", "b/x.json", "b/y.json"]);
    const runs = ["bots/btc/learning_config.json", "bots/eth/learning_config.json"].map((config) =>
      configRun({ config }),
    );
    const text = optimizeBrief(optimizeResult({ runs }), paintFor(false), { width: 80, out: undefined });
    expect(text).toMatch(/^eth scalping +-0\.06% /m);
    expect(text).toMatch(/^eth scalping {2}(ok|weak|FAIL) /m);
    expect(text.split("\n").length).toBeLessThanOrEqual(21);
  });

  it("keeps what a failed test found where there is no room for what it needs", () => {
    const figures = { avg_return: -0.8, winning_windows: 0.167 };
    const tested = tests.map((test) =>
      test.name === "walk_forward"
        ? { ...test, outcome: "failed" as const, figures }
        : { ...test, outcome: "warning" as const },
    );
    const both = validation({ verdict: "FAILED", reason: "walk_forward: why", tests: tested });
    const result = of({ phase4: { types: { scalping: both, swing: both }, overall: "FAILED" } });
    const text = optimizeBrief(result, paintFor(false), { width: 80, out: "runs/a" });
    expect(text).toMatch(/FAIL {2}walk-forward +-0\.80% per trade, 16\.7% of windows gain$/m);
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
