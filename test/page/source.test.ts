import { describe, expect, it } from "vitest";
import type { OverviewData } from "../../src/page/data/overview.ts";
import { overview } from "../../src/page/parts/overview.ts";
import { optimizePage } from "../../src/page/sources/optimize.ts";
import { optimizeBrief } from "../../src/report/brief/brief.ts";
import { plainPaint } from "../../src/report/paint.ts";
import type { OptimizeResult } from "../../src/run/results.ts";
import type { AppliedName, CandidateName, CandidateResult } from "../../src/validation/result.ts";
import { optimizeResult } from "../report/fixtures.ts";

/** The first screen of a result's page. */
function screenOf(result: OptimizeResult) {
  const finished = {
    request: { candles: "data" },
    result,
    nowMs: 0,
    command: null,
    language: "en" as const,
    drawn: [],
  };
  const source = optimizePage(finished);
  return { source, shown: overview.data(source) as OverviewData };
}

/** The fixture with its candidates: each of its sets as it would be judged. */
function judged(): OptimizeResult {
  const result = optimizeResult();
  const runs = result.runs.map((run) => {
    const types = Object.entries(run.phase4.types).map(([type, { gate, applied: _, candidates: __, ...verdict }]) => {
      const of = (candidate: CandidateName, min_signal_score: number): CandidateResult => ({
        ...verdict,
        candidate,
        suggestion: null,
        params: { min_signal_score },
        tests: verdict.tests.slice(min_signal_score % 3),
        gate: candidate === "current" ? null : gate,
      });
      const candidates = [of("phase3", 60), of("phase2", 61), of("current", 50)];
      return [type, { ...run.phase4.types[type]!, candidates }] as const;
    });
    return { ...run, phase4: { ...run.phase4, types: Object.fromEntries(types) } };
  });
  return { ...result, runs };
}

/** A result whose decision applies one of its sets. */
function applying(applied: AppliedName): OptimizeResult {
  const result = judged();
  const runs = result.runs.map((run) => ({
    ...run,
    decision: Object.fromEntries(
      Object.entries(run.decision).map(([type, decision]) => [
        type,
        {
          ...decision,
          advice: "apply" as const,
          applied,
          reasons: [{ code: "APPLIED" as const, candidate: "phase2" as const, better_share: 0.97 }],
        },
      ]),
    ),
  }));
  return { ...result, runs };
}

describe("the first screen", () => {
  it.each([
    ["whatever was decided", judged()],
    ["phase 3's set was applied", applying("phase3")],
    ["phase 2's set was applied", applying("phase2")],
  ])("has the headline and the table of the terminal: %s", (_, result) => {
    const brief = optimizeBrief(result, plainPaint, { width: 120, out: undefined });
    const { source, shown } = screenOf(result);
    expect(brief.split("\n")[0]).toBe(source.headline);
    expect(shown.decisions.rows.length).toBeGreaterThan(0);
    for (const [type, now, proposed, decision] of shown.decisions.rows) {
      const line = brief.split("\n").find((one) => one.startsWith(`${type} `))!;
      expect(line.replace(/ {2,}/g, "  ").trim()).toBe([type, now, proposed, decision].join("  "));
    }
  });

  it("judges the set that it shows", () => {
    const { source } = screenOf(applying("phase2"));
    expect(source.subjects.length).toBeGreaterThan(0);
    for (const { type, verdict, proposed } of source.subjects) {
      const { candidates } = applying("phase2").runs[0]!.phase4.types[type]!;
      expect([verdict?.tests, proposed?.params]).toEqual([candidates[1]!.tests, { min_signal_score: 61 }]);
    }
  });
});
