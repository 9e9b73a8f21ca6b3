import { describe, expect, it } from "vitest";
import { accountOf, equitySeries } from "../../src/page/parts/account.ts";
import type { PortfolioResult } from "../../src/portfolio/result.ts";
import { en } from "../../src/words/catalogue/en.ts";

const dayMs = 86_400_000;

/** Equity of so many days from 30 January on, one more a day. */
function accountOver(days: number): PortfolioResult {
  return {
    options: { capital: 100, stake: "10%", leverage: 2, maintenance_margin: 0.005, max_open: null },
    metrics: {
      final_equity: 100 + days,
      total_return: days,
      cagr: 50,
      sharpe: 1.234,
      sortino: 2,
      max_drawdown: 12.5,
      max_drawdown_days: 3,
      calmar: 4,
      exposure: 0.25,
      margin_used: 0.1,
      turnover: 7,
      trades: 5,
      win_rate: 0.6,
      liquidations: 1,
      days,
    },
    skipped: { ruined: 0, symbol_open: 2, max_open: 0, no_money: 3 },
    first_day: Date.UTC(2025, 0, 30),
    daily_equity: Array.from({ length: days }, (_, day) => 101 + day),
  };
}

describe("the account of a portfolio on a page", () => {
  it("has its figures, what was skipped by reason, and what was gained by month", () => {
    const { figures, months } = accountOf(accountOver(5), "the set", en);
    expect(Object.fromEntries(figures.rows)).toMatchObject({
      "equity at the end": "105",
      "deepest fall": "12.50%, 3 days",
      "Sharpe / Sortino / Calmar": "1.23 / 2 / 4",
      "signals taken": "5, 60.0% win",
      liquidations: "1",
      "skipped: symbol open": "2",
      "skipped: too little free money": "3",
    });
    expect(figures.rows.flat().join()).not.toContain("ruined");
    // January ends at 102, February is three more.
    expect(months.rows).toEqual([
      ["2025-01", "+2.00%", "102"],
      ["2025-02", "+2.94%", "105"],
    ]);
  });

  it("begins its curve with the capital on the day before, and keeps the last day of a long one", () => {
    expect(equitySeries(accountOver(3))).toEqual({
      firstDay: Date.UTC(2025, 0, 29) / dayMs,
      step: 1,
      values: [100, 101, 102, 103],
    });
    const long = equitySeries(accountOver(4000));
    expect(long.step).toBe(3);
    expect(long.values.length).toBeLessThanOrEqual(1500);
    expect(long.values.at(-1)).toBe(4100);
  });
});
