import { describe, expect, it } from "vitest";
import { balancedScore } from "../../src/search/scores.ts";
import type { Verdict } from "../../src/validation/result.ts";
import { overallVerdict } from "../../src/validation/verdict.ts";
import { type LegacyParams, type LegacyRow, legacyFilter, legacyMetrics } from "../legacy/filterAndScore.ts";
import { legacyEarlyLate, legacyStatus } from "../legacy/phase4.ts";
import { type LegacyOpportunity, legacyProfit } from "../legacy/singleProfit.ts";
import { heldJson } from "../support/referenceData.ts";

interface LegacyScoreInput {
  readonly captured_count: number;
  readonly win_rate: number;
  readonly avg_win: number;
  readonly avg_loss: number;
  readonly max_drawdown: number;
  readonly capture_rate: number;
}

/** The older score: drawdown in percent points compared with 0.20, as if it were a fraction. */
function legacyScore(input: LegacyScoreInput): number {
  return balancedScore(
    {
      n: input.captured_count,
      avg_return: input.win_rate * input.avg_win + (1 - input.win_rate) * input.avg_loss,
      payoff: input.avg_loss === 0 ? 999 : Math.abs(input.avg_win / input.avg_loss),
      win_rate: input.win_rate,
      max_drawdown: 100 * input.max_drawdown,
      capture_rate: input.capture_rate,
    },
    20,
  );
}

describe("the older system's score formula", () => {
  const { cases } = heldJson<{ cases: { input: LegacyScoreInput; score: number }[] }>(
    "older-system/score_formula.json",
  );
  it(`is reproduced on all ${cases.length} inputs`, () => {
    for (const { input, score } of cases) expect(Math.abs(legacyScore(input) - score)).toBeLessThan(1e-12);
  });
});

interface ProfitCase {
  readonly opportunity: LegacyOpportunity;
  readonly params: Readonly<Record<string, number>>;
  readonly result: Readonly<Record<string, { profit: number; error: string | null }>>;
}

describe("the older system's exit simulation", () => {
  const { cases } = heldJson<{ cases: ProfitCase[] }>("older-system/single_profit.json");
  it("gives the same profit, with and without dynamic widening and costs", () => {
    let compared = 0;
    for (const { opportunity, params, result } of cases)
      for (const [key, { profit, error }] of Object.entries(result)) {
        if (error !== null) continue;
        const found = legacyProfit(opportunity, params, key.includes("dynamic=True"), key.includes("costs=True"));
        expect(Math.abs(found - profit), `${JSON.stringify(opportunity)} ${key}`).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(profit)),
        );
        compared++;
      }
    expect(compared).toBeGreaterThan(750);
  });
});

interface Phase4Case {
  readonly early: { avg_profit?: number; win_rate?: number };
  readonly late: { avg_profit?: number; win_rate?: number };
  readonly full: { avg_profit?: number };
  readonly baseline_profit: number;
  readonly overfitting: { profit_degradation: number; winrate_ratio: number; overfitting_score: number };
  readonly stability_score: number;
  readonly status: string;
}

describe("the older system's phase 4", () => {
  const reference = heldJson<{
    cases: Phase4Case[];
    overall: { scalping: Verdict; swing: Verdict; overall: Verdict }[];
  }>("older-system/phase4_rules.json");
  it("gives the same degradation, ratio, points, stability and status", () => {
    for (const { early, late, full, baseline_profit, overfitting, stability_score, status } of reference.cases) {
      const half = (part: Phase4Case["early"]) => ({ avgReturn: part.avg_profit ?? 0, winRate: part.win_rate ?? 0 });
      const found = legacyEarlyLate(half(early), half(late), full.avg_profit ?? 0);
      expect(found.degradation).toBeCloseTo(overfitting.profit_degradation, 12);
      expect(found.winRateRatio).toBeCloseTo(overfitting.winrate_ratio, 12);
      expect(found.points).toBe(overfitting.overfitting_score);
      expect(found.stability).toBeCloseTo(stability_score, 9);
      expect(legacyStatus(half(early), half(late), full.avg_profit ?? 0, baseline_profit)).toBe(status);
    }
  });
  it("takes the worst of the types", () => {
    for (const { scalping, swing, overall } of reference.overall)
      expect(overallVerdict([scalping, swing])).toBe(overall);
  });
});

interface FilterCase {
  readonly params: LegacyParams;
  readonly captured_indices: readonly number[];
  readonly result: Readonly<Record<string, number>>;
  readonly score: number;
}

describe("the older system's filters", () => {
  const { table, cases } = heldJson<{ table: LegacyRow[]; cases: FilterCase[] }>("older-system/filter_and_score.json");
  it("capture the same rows, with the same metrics and score", () => {
    for (const { params, captured_indices, result, score } of cases) {
      const captured = legacyFilter(table, params);
      expect(captured).toEqual(captured_indices);
      const found = legacyMetrics(table, captured);
      for (const [name, value] of Object.entries(found))
        expect(Math.abs(value - (result[name] ?? 0)), name).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
      expect(Math.abs(legacyScore(found) - score)).toBeLessThan(1e-9);
    }
  });
});
