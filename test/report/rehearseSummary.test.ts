import { describe, expect, it } from "vitest";
import { type PolicyFigures, type PolicyName, policyNames, type RehearseResult } from "../../src/rehearsal/result.ts";
import { fitted } from "../../src/report/brief/screen.ts";
import { plainPaint } from "../../src/report/paint.ts";
import { answerText, rehearseSummary } from "../../src/report/rehearseSummary.ts";
import { candleCounts } from "./fixtures.ts";
import { lineWidths, widths } from "./widths.ts";

const dayMs = 86_400_000;
const night = Date.UTC(2026, 0, 1);

function figures(total: number, over: number): PolicyFigures {
  const interval = (points: number) => ({ total: points, low: points - 100, high: points + 1234.5, better_share: 0.5 });
  return {
    ...{ trades: 12_345, avg_return: -12.34, total_return: total, max_drawdown: 1234.5, changes: 52, equity: [] },
    ...{ over_not_trading: interval(total), over_never_change: interval(over) },
  };
}

function result(change: Partial<RehearseResult> = {}): RehearseResult {
  const policies = Object.fromEntries(policyNames.map((name) => [name, figures(12.34, 5.67)]));
  return {
    ...{ version: "0.1.0", answer: "unsure", every_ms: 7 * dayMs, window_ms: 60 * dayMs, block_days: 5 },
    ...{ nights: [night, night + 7 * dayMs], end: night + 14 * dayMs, decisions: [], verdicts: [], null_band: null },
    ...{
      policies: policies as Record<PolicyName, PolicyFigures>,
      fingerprint: "",
      candles: candleCounts,
      warnings: [],
    },
    ...change,
  };
}

const first = (change: Partial<RehearseResult>): string =>
  rehearseSummary(result(change), plainPaint).replace(/\s+/g, " ").split(" Nights ")[0]!;

describe("the first line of a rehearsal", () => {
  it.each([
    ["yes", "YES: the decisions would have beaten both: +5.7% over never changing, +12.3% over not trading"],
    ["no", "NO: the decisions would not have beaten both: +5.7% over never changing, +12.3% over not trading"],
    ["unsure", "NOT SURE: ahead, but within chance: +5.7% over never changing, +12.3% over not trading"],
    ["nothing changed", "NOTHING CHANGED in 2 nights: the parameters as they are made +12.3% of one stake"],
  ] as const)("is the answer: %s", (answer, text) => {
    expect(first({ answer })).toBe(text);
  });
});

it("what a night that changed nothing shows, and what large figures do to the width", () => {
  const decision = {
    ...{
      night,
      type: "scalping",
      verdict: "OVERFITTED" as const,
      reason: "",
      applied: null,
      applied_verdict: null,
      params: null,
      claimed: null,
    },
    ...{ realised: null, gap: null, proposed_next: null, current_next: null },
  } as const;
  expect(rehearseSummary(result({ decisions: [decision] }), plainPaint)).toContain("Changes  none in 1 decision");
  const changed = {
    ...{ ...decision, applied: "phase3" as const, applied_verdict: "WARNING" as const, claimed: 12.34, gap: 24.68 },
    realised: { trades: 1234, avg_return: -12.34, total_return: -15_227.56, until: night + 7 * dayMs },
  } as const;
  const outcome = { trades: 12_345, avg_return: -12.34, total_return: -15_227.56 };
  const band = { low: -1234.5, middle: 0, high: 1234.5 };
  const changing = result({
    decisions: [changed],
    verdicts: [{ verdict: "OVERFITTED", nights: 1, proposed: outcome, current: outcome }],
    null_band: {
      ...{ copies: 20, changed_share: 0.05 },
      policies: Object.fromEntries(
        policyNames.map((name) => [name, { total: band, over_never_change: band }]),
      ) as NonNullable<RehearseResult["null_band"]>["policies"],
    },
  });
  const text = rehearseSummary(changing, plainPaint);
  expect(text).toMatch(/2026-01-01 scalping WARNING phase 3 +\+12\.34% -12\.34% +1234 2026-01-08 +\+24\.68%/);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  for (const width of widths)
    expect(Math.max(...lineWidths(rehearseSummary(changing, plainPaint, width)))).toBeLessThanOrEqual(width);
});

describe("a rehearsal on a terminal", () => {
  const screen = { width: 80, verbose: false, isTerminal: true };
  const verdicts = ["PASSED", "WARNING", "UNSTABLE", "OVERFITTED", "FAILED"].map((verdict) => ({
    ...{ verdict, nights: 3 },
    ...{ proposed: { trades: 30, avg_return: 0.1 }, current: { trades: 20, avg_return: -0.1 } },
  }));
  const shown = (change: Partial<RehearseResult>, isTerminal: boolean): string[] =>
    fitted(rehearseSummary, answerText)(result(change), plainPaint, { ...screen, isTerminal })
      .trimEnd()
      .split("\n");

  it("says its answer again at the end where the first line has scrolled away", () => {
    const long = { verdicts: verdicts as never };
    expect(shown(long, true).length).toBeGreaterThan(22);
    expect(shown(long, true).slice(-2).join(" ")).toMatch(/^NOT SURE: ahead, but within chance: /);
    expect(shown(long, false).join("\n")).not.toMatch(/NOT SURE[\s\S]*NOT SURE/);
    expect(shown({}, true).join("\n")).not.toMatch(/NOT SURE[\s\S]*NOT SURE/);
  });
});
