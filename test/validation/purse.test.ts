import { describe, expect, it } from "vitest";
import type { Purse } from "../../src/portfolio/purse.ts";
import type { PortfolioResult } from "../../src/portfolio/result.ts";
import type { Trade } from "../../src/search/trades.ts";
import { bootstrapPurse } from "../../src/validation/bootstrap.ts";
import { compareByDays } from "../../src/validation/dailyBootstrap.ts";
import { purseDays } from "../../src/validation/days.ts";

const dayMs = 86_400_000;
const days = 40;
const span = { first: 20_000, count: days };

/** A trade a day that made so much, a fraction. */
const tradesOf = (made: readonly number[]): Trade[] =>
  made.map((net, day) => {
    const entryTimeMs = (span.first + day) * dayMs;
    const times = { entryTimeMs, exitTimeMs: entryTimeMs + 3_600_000, bars: 4, halfBars: 8 };
    const prices = { entry: 100, exit: 100 * (1 + net), return: net, otherReturn: net };
    return {
      ...times,
      ...prices,
      row: day,
      symbol: "AAA",
      type: "a",
      direction: 1,
      reason: "timeout",
      ambiguous: false,
      objective: false,
    };
  });

/** A purse that gained so much percent of equity each day, and entered with so much of it. */
function purseOf(returns: readonly number[], entered: readonly number[], made: readonly number[]): Purse {
  return {
    trades: tradesOf(made),
    returns: Float64Array.from(returns),
    entered: Float64Array.from(entered),
    result: {} as PortfolioResult,
  };
}

const each = <T>(value: (day: number) => T): T[] => Array.from({ length: days }, (_, day) => value(day));

describe("a purse by days", () => {
  const made = each((day) => (day % 3 === 0 ? -0.01 : 0.008));

  it("compares as trades do where each trade is the whole equity", () => {
    const whole = purseOf(
      made.map((net) => 100 * net),
      each(() => 1),
      made,
    );
    const own = purseDays(whole, span);
    const plain = { sums: own.sums, counts: own.counts };
    for (const margin of [0, 0.1]) {
      const task = { current: null, blockDays: 5, margin, seed: 3 };
      expect(compareByDays({ ...task, candidate: own })).toEqual(compareByDays({ ...task, candidate: plain }));
    }
  });

  it("gains by day what equity gained, by trade what its trades made, and a margin counts by notional", () => {
    // Equity always gains 0.05 %, while the trades, on average, make more than 0.1 %.
    const half = purseDays(
      purseOf(
        each(() => 0.05),
        each(() => 0.4),
        made,
      ),
      span,
    );
    const shares = (margin: number) =>
      compareByDays({ candidate: half, current: null, blockDays: 5, margin, seed: 3 }).nothing;
    expect(shares(0).per_day).toBe(1);
    // 0.4 of equity is entered a day: a margin of 0.12 takes 0.048 a day, one of 0.13 takes 0.052.
    expect(shares(0.12).per_day).toBe(1);
    expect(shares(0.13).per_day).toBe(0);
    expect(shares(0).per_trade).toBeGreaterThan(0.5);
    expect(shares(0).per_trade).toBeLessThan(1);
  });

  it("has an interval of its daily gains, and falls that compound", () => {
    const falling = bootstrapPurse(
      purseOf(
        each(() => -1),
        each(() => 1),
        made,
      ),
      span,
      5,
    )!;
    expect(falling.low).toBeCloseTo(-1, 12);
    expect(falling.high).toBeCloseTo(-1, 12);
    let left = 1;
    for (let day = 0; day < days; day++) left *= 0.99;
    expect(falling.drawdown95).toBeCloseTo(100 * (1 - left), 9);
    expect(
      bootstrapPurse(
        purseOf(
          each(() => 0),
          each(() => 0),
          made.slice(0, 1),
        ),
        span,
        5,
      ),
    ).toBeNull();
  });
});
