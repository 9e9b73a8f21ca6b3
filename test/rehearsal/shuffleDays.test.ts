import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, type Market, openTimeMs, unbroken } from "../../src/candles/candles.ts";
import type { CandleSeries } from "../../src/candles/series.ts";
import { shuffledDays } from "../../src/rehearsal/shuffleDays.ts";
import { begunAt, jumpyCandles, randomFrom, startMs } from "../support/random.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

function marketOf(seed: number, days: number): Market {
  const series = ["AAA", "BBB"].map((symbol, k) =>
    begunAt(startMs, jumpyCandles(symbol, days * 24, randomFrom(seed + k), hourMs)),
  );
  return { timeframeMs: hourMs, bySymbol: new Map(series.map((each) => [each.symbol, each])) };
}

/** Moves of each day: every price over the open of its day, and the first open over the close before; rounded, because prices were multiplied. */
function daysOf(series: Pick<CandleSeries, "open" | "high" | "low" | "close" | "volume">): string[] {
  const days: string[] = [];
  for (let first = 0; first < series.open.length; first += 24) {
    const base = series.open[first]!;
    const moves = Array.from({ length: 24 }, (_, k) =>
      [series.open, series.high, series.low, series.close].map((column) => (column[first + k]! / base).toFixed(9)),
    );
    days.push(JSON.stringify([moves, Array.from({ length: 24 }, (_, k) => series.volume[first + k])]));
  }
  return days;
}

describe("days that are shuffled", () => {
  it("keep each day's moves and volumes, in one order for all symbols, and stay at the hours of their day", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, count) => {
        const market = marketOf(seed, count);
        const shuffled = shuffledDays(market, seed);
        const orders = shuffled.map((series) => {
          const original = daysOf(market.bySymbol.get(series.symbol)!);
          const now = daysOf(series);
          expect(now.toSorted()).toEqual(original.toSorted());
          expect([...(series.times as Float64Array)]).toEqual(
            Array.from({ length: 24 * count }, (_, k) => startMs + k * hourMs),
          );
          return now.map((day) => original.indexOf(day));
        });
        expect(orders[1]).toEqual(orders[0]);
      }),
    );
  });

  it("begin where the close before leads: a day that opened 1 % above the last close still does", () => {
    const [open, close] = [Float64Array.of(100, 202, 404), Float64Array.of(200, 400, 800)];
    const daily: Candles = unbroken({
      ...{ symbol: "AAA", timeframeMs: dayMs, firstOpenTimeMs: startMs, count: 3 },
      ...{ open, close, high: close, low: open, volume: Float64Array.of(1, 2, 3) },
    });
    const market = { timeframeMs: dayMs, bySymbol: new Map([["AAA", daily]]) };
    const orders = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const [series] = shuffledDays(market, seed);
      orders.add([...(series!.volume as Float64Array)].join());
      for (let k = 1; k < 3; k++)
        expect(series!.open[k]! / series!.close[k - 1]!).toBeCloseTo(series!.volume[k] === 1 ? 1 : 1.01, 12);
    }
    expect(orders.size).toBe(6);
  });

  it("leave what is no whole day at its place", () => {
    const series = begunAt(startMs - 5 * hourMs, jumpyCandles("AAA", 5 + 48 + 7, randomFrom(3), hourMs));
    const [shuffled] = shuffledDays({ timeframeMs: hourMs, bySymbol: new Map([["AAA", series]]) }, 1);
    expect([...(shuffled!.open as Float64Array)].slice(0, 5)).toEqual([...series.open].slice(0, 5));
    expect((shuffled!.times as Float64Array).at(-1)).toBe(openTimeMs(series, 59));
    const moves = (open: ArrayLike<number>): string[] =>
      Array.from({ length: 7 }, (_, k) => (open[53 + k]! / open[53]!).toFixed(9));
    expect(moves(shuffled!.open)).toEqual(moves(series.open));
  });
});
