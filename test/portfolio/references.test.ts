import { describe, expect, it } from "vitest";
import { daySumsOf, type PortfolioMetrics, portfolioMetricsOf } from "../../src/portfolio/metrics.ts";
import { plainPortfolio } from "../support/accounts.ts";

/** Metrics of an account whose equity stood at `capital` and then, at the end of each day, at these. */
function metricsOf(equity: readonly number[], capital: number): PortfolioMetrics {
  const counts = { notional: 1, stakeMs: 0, openMs: 0, trades: 1, wins: 0, liquidations: 0 };
  const skipped = { ruined: 0, symbol_open: 0, max_open: 0, no_money: 0 };
  const sums = { ...daySumsOf(equity, capital), ...counts, skipped, finalEquity: equity.at(-1) ?? capital };
  return portfolioMetricsOf(sums, { ...plainPortfolio, capital }, { firstMs: 0, count: equity.length });
}

/** Equity that daily returns in percent lead to from 100. */
function compounded(returns: readonly number[]): number[] {
  let equity = 100;
  return returns.map((percent) => {
    equity *= 1 + percent / 100;
    return equity;
  });
}

/** A year of stock exchanges; ours is the calendar's. */
const toTradingDays = Math.sqrt(252 / 365);

describe("metrics of daily equity against figures that others publish", () => {
  // The expected values of empyrical's own tests (empyrical/tests/test_stats.py of quantopian/empyrical, commit 0a9fa584), to its eight decimals. It
  // counts 252 days a year, and its mixed returns begin with a day without one, which counts as a day for the annual return alone.
  const mixed = [1, 10, -4, 2, 3, 2, 1, -10];
  const negative = [0, -6, -7, -1, -9, -2, -6, -8, -5];
  const one = [-0.171614, 1.322056, 3.063862, -1.422057, -0.489779, 1.268925, -3.357711, 1.797036];
  const two = [1.846232, 0.793951, -1.448395, 0.422537, -0.339611, 3.756813, 1.51531, 3.549769];

  it("empyrical: Sharpe", () => {
    expect(metricsOf(compounded(mixed), 100).sharpe * toTradingDays).toBeCloseTo(1.7238613961706866, 8);
    expect(metricsOf(compounded(negative), 100).sharpe * toTradingDays).toBeCloseTo(-24.406808633910085, 8);
    expect(metricsOf(compounded([1, 2, 1, 1, 1, 1, 1, 1, 1]), 100).sharpe * toTradingDays).toBeCloseTo(
      52.915026221291804,
      8,
    );
  });

  it("empyrical: Sortino", () => {
    const expected: readonly (readonly [readonly number[], number])[] = [
      [mixed, 2.605531251673693],
      [negative, -13.532743075043401],
      [one, 3.0639640966566306],
      [two, 38.090963117002495],
    ];
    for (const [returns, sortino] of expected)
      expect(metricsOf(compounded(returns), 100).sortino * toTradingDays).toBeCloseTo(sortino, 8);
  });

  it("empyrical: maximum drawdown, annual return and Calmar", () => {
    expect(metricsOf(compounded(negative), 100).max_drawdown).toBeCloseTo(36.5907303498736, 8);
    expect(metricsOf(compounded([10, -10, 10]), 100).max_drawdown).toBeCloseTo(10, 8);
    const { cagr, max_drawdown, calmar } = metricsOf(compounded([0, ...mixed]), 100);
    expect(max_drawdown).toBeCloseTo(10, 8);
    const annual = Math.exp((252 / 365) * Math.log(1 + cagr / 100)) - 1;
    expect(annual).toBeCloseTo(1.9135925373194231, 8);
    expect((100 * annual) / max_drawdown).toBeCloseTo(19.135925373194233, 8);
    expect(calmar).toBe(cagr / max_drawdown);
  });

  // What two packages of npm say of sixty days of an account: portfolio-analytics 0.0.4 (Sharpe of a day, maximum drawdown, and a growth rate by years of
  // 365.25 days) and portfolio-analysis 1.7.0 (growth rate by years of 365 days, and Calmar). Its Sortino and Sharpe are other variants.
  const equity = [
    1000, 1027.03, 1033.87, 1016.56, 1029.99, 995.81, 993.51, 996.58, 975.09, 1000.86, 1013.87, 1015.53, 1018.86,
    1018.86, 996.32, 974.84, 955.52, 986.22, 962.19, 932.43, 933.3, 923.1, 913.88, 915.15, 915.5, 907.97, 911.58,
    911.58, 911.58, 906.23, 860.52, 863.33, 854.39, 869.39, 849.1, 849.71, 807.82, 803.17, 785.62, 768.24, 765.96,
    758.66, 802.61, 826.02, 818.63, 810.16, 801.13, 801.13, 801.13, 795.33, 783.24, 774.31, 774.31, 774.68, 776.85,
    773.81, 773.81, 783.75, 794, 786.55,
  ];
  const { sharpe, max_drawdown, max_drawdown_days, cagr, calmar, total_return } = metricsOf(
    equity.slice(1),
    equity[0]!,
  );

  it("portfolio-analytics: Sharpe, maximum drawdown, growth rate", () => {
    expect(sharpe / Math.sqrt(365)).toBeCloseTo(-0.21252666436808185, 10);
    expect(max_drawdown / 100).toBeCloseTo(0.26619400891794903, 10);
    expect(Math.exp((365.25 / 365) * Math.log(1 + cagr / 100)) - 1).toBeCloseTo(-0.7738089992423987, 10);
    expect(total_return / 100).toBeCloseTo(-0.21345000000000006, 10);
    // Its deepest fall begins at the third value, and is not made good by the sixtieth.
    expect(max_drawdown_days).toBe(57);
  });

  it("portfolio-analysis: growth rate, Calmar", () => {
    expect(cagr / 100).toBeCloseTo(-0.773578762526408, 10);
    expect(calmar).toBeCloseTo(-2.9060712736207903, 10);
  });
});
