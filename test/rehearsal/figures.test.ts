import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockDaysOf, policyFigures, totalInterval } from "../../src/rehearsal/figures.ts";
import { tradedByOne } from "../../src/rehearsal/position.ts";
import type { Trade } from "../../src/search/trades.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const days = { fromMs: 100 * dayMs, endMs: 110 * dayMs, timeframeMs: hourMs, seed: 1, blockDays: 5 };

/** A trade by hours after the first night: it is known at `at`, and left in the bar that ends `held` hours later. */
function trade(row: number, at: number, held: number, percent: number, symbol = "AAA"): Trade {
  const entryTimeMs = days.fromMs + (at - 1) * hourMs;
  return {
    ...{
      row,
      symbol,
      type: "dip",
      direction: 1,
      entryTimeMs,
      exitTimeMs: entryTimeMs + held * hourMs,
      bars: held,
      halfBars: 2 * held,
    },
    ...{ entry: 100, exit: 100, reason: "timeout", return: percent / 100, otherReturn: percent / 100 },
    ...{ ambiguous: false, objective: false },
  };
}

const trades = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: -9, max: 9 })))
  .map((list) => list.map(([at, held, percent], row) => trade(row, at, held, percent)));

describe("a policy's figures", () => {
  it("are those of a slow obvious loop", () => {
    fc.assert(
      fc.property(trades, trades, (mine, never) => {
        const figures = policyFigures(mine, never, 2, days);
        let total = 0;
        for (const each of mine) total += 100 * each.return;
        let [equity, peak, fall] = [0, 0, 0];
        const byExit = mine.toSorted(
          (a, b) => a.exitTimeMs - b.exitTimeMs || a.entryTimeMs - b.entryTimeMs || a.row - b.row,
        );
        for (const each of byExit) {
          equity += 100 * each.return;
          peak = Math.max(peak, equity);
          fall = Math.max(fall, peak - equity);
        }
        const other = never.reduce((sum, each) => sum + 100 * each.return, 0);
        expect([figures.trades, figures.changes]).toEqual([mine.length, 2]);
        expect(figures.total_return).toBeCloseTo(total, 9);
        expect(figures.avg_return).toBeCloseTo(mine.length === 0 ? 0 : total / mine.length, 9);
        expect(figures.max_drawdown).toBeCloseTo(fall, 9);
        expect(figures.over_never_change.total).toBeCloseTo(total - other, 9);
        expect(figures.equity).toHaveLength(10);
        for (const [timeMs, points] of figures.equity.slice(0, -1)) {
          const closed = mine.filter(({ exitTimeMs }) => exitTimeMs + hourMs <= timeMs);
          expect(points).toBeCloseTo(
            closed.reduce((sum, each) => sum + 100 * each.return, 0),
            9,
          );
        }
        expect(figures.equity.at(-1)![1]).toBeCloseTo(total, 9);
      }),
    );
  });

  it("against itself are no difference at all", () => {
    const mine = [trade(0, 5, 3, 2), trade(1, 30, 3, -1)];
    expect(policyFigures(mine, mine, 0, days).over_never_change).toEqual({
      total: 0,
      low: 0,
      high: 0,
      better_share: 0,
    });
  });
});

describe("the interval of a total", () => {
  it("has no width where all days are alike, and holds the total where they are not", () => {
    expect(totalInterval(new Float64Array(10).fill(2), 5, 1)).toEqual({
      total: 20,
      low: 20,
      high: 20,
      better_share: 1,
    });
    const { total, low, high } = totalInterval(Float64Array.of(3, -1, 2, 0, 0, 4, -2, 1, 1, -3), 5, 1);
    expect(total).toBe(5);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
  });

  it("is drawn in blocks of five days, or of twice the longest trade", () => {
    expect(blockDaysOf([])).toBe(5);
    expect(blockDaysOf([trade(0, 1, 60, 1)])).toBe(5);
    expect(blockDaysOf([trade(0, 1, 72, 1), trade(1, 1, 2, 1)])).toBe(6);
  });
});

it("a position that is open over a night keeps its symbol from the next night's signals, and no other", () => {
  const held = { ...trade(0, 20, 10, 1), night: 0 };
  const blocked = { ...trade(1, 26, 1, 1), night: 1 };
  const free = { ...trade(2, 30, 1, 1), night: 1 };
  const other = { ...trade(3, 26, 1, 1, "BBB"), night: 1 };
  expect(tradedByOne([held, blocked, free, other], undefined)).toEqual([held, other, free]);
  expect(tradedByOne([held, blocked, free, other], 1)).toEqual([held, free]);
});
