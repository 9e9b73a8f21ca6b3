import { describe, expect, it } from "vitest";
import type { PortfolioMetrics } from "../../src/portfolio/metrics.ts";
import type { RankedSet, SearchResult } from "../../src/portfolio/searchResult.ts";
import { briefly } from "../../src/report/brief/screen.ts";
import { searchBrief } from "../../src/report/brief/searchBrief.ts";
import { simulateBrief } from "../../src/report/brief/simulateBrief.ts";
import { validateBrief } from "../../src/report/brief/validateBrief.ts";
import { plainPaint } from "../../src/report/paint.ts";
import type { SimulatedSet, ValidateResult } from "../../src/run/answers.ts";
import { candleCounts, decisions, metrics, phase3Type, tests, validation } from "./fixtures.ts";
import { lineWidths, widths } from "./widths.ts";

const flat = (text: string): string => text.replace(/\s+/g, " ");
const { params, replays } = phase3Type();
const signals = { rows: 4000, dropped: 0, in_holes: 0, duplicates: 0, overlapping: 0 };
const figures = { params, metrics: metrics(412, 0.6), ambiguous: 31, avg_return_other_rule: 0.7, hole_exits: 0 };

function ranked(rank: number): RankedSet {
  return { ...figures, rank, index: rank, score: 1 / rank, params: { ...params, min_signal_score: 50 + rank } };
}

const search: SearchResult = {
  type: "scalping",
  objective: "evidence",
  opportunities: 4000,
  left_out: 31,
  crossing_breaks: 0,
  candles: candleCounts,
  signals,
  objective_opportunities: 812,
  sets: 3_732_480,
  ranked: 3_100_021,
  saved_best: null,
  top: Array.from({ length: 50 }, (_, k) => ranked(k + 1)),
  fingerprint: "f",
  warnings: [
    { code: "A", message: "the first note ".repeat(30) },
    { code: "B", message: "the second" },
  ],
  engine: { linear_memory_bytes: 2 ** 24, passes: 1, threads: 1, replays: 42, milliseconds: 93.1 },
};

const simulation: SimulatedSet = {
  ...figures,
  type: "scalping",
  opportunities: 4000,
  left_out: 3,
  signals,
  saved: "t.csv",
  fingerprint: "f",
  warnings: search.warnings,
  candles: candleCounts,
};

const validated: ValidateResult = {
  ...validation(),
  type: "scalping",
  objective: "evidence",
  found_by: "suggestion",
  decision: decisions.scalping!,
  opportunities: 4000,
  left_out: 0,
  crossing_breaks: 0,
  signals,
  split: { time: Date.UTC(2026, 2, 1), training: 3000, holdout: 900, purged: 100 },
  weights: null,
  replays,
  fingerprint: "f",
  warnings: search.warnings,
  candles: candleCounts,
};

describe.each(widths)("in %d columns", (width) => {
  it.each([
    ["a search", searchBrief(search, plainPaint, width)],
    ["a simulation", simulateBrief(simulation, plainPaint, width)],
    ["a validation", validateBrief(validated, plainPaint, width)],
  ])("%s fits, in some twenty lines", (_, text) => {
    expect(Math.max(...lineWidths(text))).toBeLessThanOrEqual(width);
    expect(text.split("\n").length).toBeLessThanOrEqual(22);
    expect(text).toContain("(and 1 more note: --verbose)");
  });
});

describe("a search in brief", () => {
  const brief = (changes: Partial<SearchResult>): string =>
    flat(searchBrief({ ...search, ...changes }, plainPaint, 100));
  it("says first what the best set makes", () => {
    expect(brief({})).toMatch(/^BEST of 3,732,480 sets by evidence: \+0\.60% net per trade over 412 trades/);
  });
  it("says first that no set makes money", () => {
    const losing = { ...ranked(1), score: -1, metrics: metrics(412, -0.2) };
    expect(brief({ top: [losing] })).toMatch(/^NO SET MAKES MONEY: the best of 3,732,480 sets loses 0\.20% per trade/);
  });
  it("says first that no set meets the constraints", () => {
    expect(brief({ top: [], ranked: 0 })).toMatch(/^NO RESULT: none of 3,732,480 sets meets the constraints/);
  });
  describe("ranked by a purse", () => {
    const purse = (sharpe: number, total_return: number): PortfolioMetrics => ({
      ...{
        final_equity: 10 * (100 + total_return),
        total_return,
        cagr: 2 * total_return,
        sharpe,
        sortino: 1,
        calmar: 1,
      },
      ...{ max_drawdown: 4, max_drawdown_days: 9, exposure: 0.5, margin_used: 0.1, turnover: 30, trades: 50 },
      ...{ win_rate: 0.5, liquidations: 0, days: 180 },
    });
    const by = (sharpe: number, total: number): string =>
      searchBrief(
        {
          ...search,
          top: [
            { ...ranked(1), portfolio: purse(sharpe, total) },
            { ...ranked(2), portfolio: purse(-3.217, -8) },
          ],
          ranking: { metric: "sharpe", shortlist: 10, traded: 10, with_ties: true, winner_place: 3, exact: false },
        },
        plainPaint,
        100,
      );
    it("has that figure in place of the score, and says what the best purse made", () => {
      expect(flat(by(1.25, 7))).toMatch(/^BEST of 3,732,480 sets by Sharpe of the purse: \+7\.00%, \+14\.00% a year/);
      expect(by(1.25, 7)).toMatch(/^rank +Sharpe /m);
      expect(by(1.25, 7)).toMatch(/^ +1 +1\.25 /m);
      expect(by(1.25, 7)).toMatch(/^ +2 +-3\.22 /m);
    });
    it("says first that no purse gains", () => {
      expect(flat(by(-0.5, -3.2))).toMatch(
        /^NO SET MAKES MONEY: best of 3,732,480 sets by Sharpe of the purse, and it makes -3\.20%/,
      );
    });
  });
  it("tells the next command, with the file of the best set if there is one", () => {
    expect(brief({})).toContain("--save-best FILE, then sluice validate --params FILE");
    expect(brief({ saved_best: "my best.json" })).toContain("sluice validate --params 'my best.json'");
  });
});

describe("a leaderboard in brief", () => {
  it("names whole parameters, and an ellipsis for those without room, never halves of two that look like one", () => {
    const second = {
      ...ranked(2),
      params: { ...params, min_signal_score: 80, max_holding_hours: 96, atr_stop_multiplier: 9 },
    };
    const rowAt = (width: number): string =>
      searchBrief({ ...search, top: [{ ...ranked(1), params }, second] }, plainPaint, width)
        .split("\n")
        .find((line) => /^ +2 /.test(line))!;
    expect(rowAt(120)).toMatch(/ {2}min_signal_score 80, atr_stop_multiplier 9, max_holding_hours 96$|, …$/);
    expect(rowAt(80)).toMatch(/ {2}min_signal_score 80(, …)?$/);
    const narrow = searchBrief(search, plainPaint, 72);
    expect(narrow).toMatch(/^rank .* avg +drawdown +other than the best$/m);
    expect(narrow).toMatch(/ {2}min_signal_score 52$/m);
  });
});

describe("a note in brief", () => {
  const note =
    "2424 of 2513 opportunities gain 0.08% within 24 hours (--min-profit, --lookahead): a label that nearly all have is useless. Is --min-profit in percent?";
  it("is whole where there is room, because its end says what to do", () => {
    const text = simulateBrief(
      { ...simulation, warnings: [{ code: "A", message: note }], ambiguous: 0, saved: null },
      plainPaint,
      72,
    );
    expect(flat(text)).toContain("Is --min-profit in percent?");
    expect(text.split("\n").length).toBeLessThanOrEqual(22);
  });
});

describe("a simulation in brief", () => {
  const brief = (n: number, average: number): string =>
    flat(simulateBrief({ ...simulation, metrics: metrics(n, average) }, plainPaint, 100));
  it("says first whether it gains", () => {
    expect(brief(412, 0.6)).toMatch(/^GAINS: \+0\.60% net per trade over 412 trades/);
    expect(brief(412, -0.6)).toMatch(/^LOSES: -0\.60% net per trade over 412 trades/);
    expect(brief(0, 0)).toMatch(/^NO TRADES: the filters reject all 4,000 opportunities/);
  });
  it("names the file of trades and the bars that are ambiguous", () => {
    expect(brief(412, 0.6)).toContain("Written t.csv");
    expect(brief(412, 0.6)).toContain(
      "31 of 412 trades ended in a bar that touched both stop and target (under the other rule +0.70% per trade)",
    );
  });
});

describe("a validation in brief", () => {
  const brief = (changes: Partial<ValidateResult>): string =>
    flat(validateBrief({ ...validated, ...changes }, plainPaint, 100));
  const passing = tests.map((test) => ({ ...test, outcome: "passed" as const }));
  it("says first whether the set can be believed", () => {
    expect(brief({ verdict: "PASSED", tests: passing })).toMatch(/^BELIEVABLE: scalping passes \d+ tests, /);
    expect(brief({ verdict: "WARNING", tests })).toMatch(
      /^BELIEVABLE, WITH WARNINGS: scalping is weak in \d+ of \d+ tests/,
    );
    const failing = [{ ...passing[0]!, outcome: "failed" as const }, ...passing.slice(1)];
    expect(brief({ verdict: "FAILED", tests: failing })).toMatch(/^NOT BELIEVABLE: scalping fails 1 of \d+ tests/);
    expect(brief({ verdict: "SKIPPED", reason: "only 3 trades" })).toMatch(/^NOT JUDGED: scalping: only 3 trades/);
  });
  it("does not call the user's own set by what a run would call it", () => {
    const decision = { ...decisions.scalping!, applied: "suggestion" as const };
    expect(brief({ decision })).toMatch(/Decision would be applied: better in 96%/);
  });
  it("compares the set with the current one on searched and on unseen days", () => {
    expect(brief({})).toMatch(/this set \+0\.56% \(403\) \+0\.37% \(171\)/);
    expect(brief({})).toMatch(/current set \+0\.10% \(403\) -0\.06% \(171\)/);
  });
});

describe("a summary with every figure", () => {
  const render = briefly(
    () => "brief\n",
    () => "all\n",
  );
  it("ends on a terminal in what matters most, and elsewhere begins with it", () => {
    expect(render(null, plainPaint, { width: 80, verbose: true, isTerminal: true })).toBe("all\n\nbrief\n");
    expect(render(null, plainPaint, { width: 80, verbose: true, isTerminal: false })).toBe("brief\n\nall\n");
    expect(render(null, plainPaint, { width: 80, verbose: false, isTerminal: true })).toBe("brief\n");
  });
});
