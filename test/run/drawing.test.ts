import { describe, expect, it } from "vitest";
import { type Candles, unbroken } from "../../src/candles/candles.ts";
import { candlesAround, excursionOf } from "../../src/run/drawing/candles.ts";
import { byMonth, daysOfMarket, heldByDay, pointsByDay } from "../../src/run/drawing/days.ts";
import { exactTo } from "../../src/run/drawing/exactTo.ts";
import { drawnTrades } from "../../src/run/drawing/trades.ts";
import { triedSpace } from "../../src/run/drawing/tried.ts";
import type { Trade } from "../../src/search/trades.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2025, 0, 1);

/** Hourly candles that open and close at the given prices, with highs and lows one above and below. */
function hourly(symbol: string, prices: readonly number[], changes: Partial<Candles> = {}): Candles {
  const open = Float64Array.from([prices[0]!, ...prices.slice(0, -1)]);
  const close = Float64Array.from(prices);
  return {
    ...unbroken({
      symbol,
      timeframeMs: hourMs,
      firstOpenTimeMs: startMs,
      count: prices.length,
      open,
      close,
      high: open.map((price, k) => Math.max(price, close[k]!) + 1),
      low: open.map((price, k) => Math.min(price, close[k]!) - 1),
      volume: new Float64Array(0),
    }),
    ...changes,
  };
}

const marketOf = (...series: readonly Candles[]) => ({
  timeframeMs: hourMs,
  bySymbol: new Map(series.map((one) => [one.symbol, one])),
});

/** A long of 100 from the bar of one hour to that of another. */
function trade(from: number, to: number, gain: number, changes: Partial<Trade> = {}): Trade {
  return {
    row: from,
    symbol: "AAA",
    type: "swing",
    direction: 1,
    entryTimeMs: startMs + from * hourMs,
    exitTimeMs: startMs + to * hourMs,
    entry: 100,
    exit: 100 * (1 + gain),
    reason: gain > 0 ? "take_profit" : "stop_loss",
    bars: to - from,
    halfBars: 2 * (to - from),
    return: gain,
    ambiguous: false,
    otherReturn: gain,
    objective: false,
    ...changes,
  };
}

describe("points by day", () => {
  const days = daysOfMarket(marketOf(hourly("AAA", new Array(72).fill(100))));

  it("count a trade on the day of its exit, and 0 on a day without one", () => {
    const found = pointsByDay([trade(0, 25, 0.02), trade(2, 26, -0.01), trade(3, 5, 0.03)], days);
    expect(found).toEqual({ firstDay: startMs / dayMs, step: 1, values: [3, 1, 0] });
  });

  it("add up in steps where there are very many days", () => {
    const found = pointsByDay([trade(0, 25, 0.02), trade(0, 49, 0.01)], { ...days, step: 2 });
    expect(found.values).toEqual([2, 1]);
  });
});

describe("buy and hold by day", () => {
  it("is 0 at the end of the last searched day, and the mean of the symbols from there", () => {
    const one = hourly("AAA", [...new Array(24).fill(100), ...new Array(24).fill(110)]);
    const other = hourly("BBB", [...new Array(24).fill(50), ...new Array(24).fill(60)]);
    const market = marketOf(one, other);
    const found = heldByDay(market, ["AAA", "BBB"], daysOfMarket(market), startMs + dayMs);
    expect(found.values).toEqual([0, 15]);
  });

  it("makes no gain of a change of unit", () => {
    const split = hourly("AAA", [...new Array(24).fill(100), ...new Array(24).fill(10)]);
    split.open[24] = 10;
    const market = marketOf({ ...split, breaks: [{ index: 24, ratio: 0.1 }] });
    expect(heldByDay(market, ["AAA"], daysOfMarket(market), startMs + dayMs).values).toEqual([0, 0]);
  });
});

describe("a calendar", () => {
  it("sums trades by symbol and month of the exit, the symbol with most trades first", () => {
    const inFebruary = 31 * 24;
    const cells = byMonth([
      trade(0, 5, 0.01, { symbol: "ZZZ" }),
      trade(6, inFebruary, 0.02, { symbol: "ZZZ" }),
      trade(0, 3, -0.01),
    ]);
    expect(cells).toEqual([
      { symbol: "ZZZ", month: "2025-01", trades: 1, points: 1 },
      { symbol: "ZZZ", month: "2025-02", trades: 1, points: 2 },
      { symbol: "AAA", month: "2025-01", trades: 1, points: -1 },
    ]);
  });
});

describe("the excursions of a trade", () => {
  const candles = hourly("AAA", [100, 104, 97, 100, 120]);

  it("are how far price went after the signal's bar until the exit's, percent of entry", () => {
    // Highs 105, 105, 101 and lows 99, 96, 96 of the bars 1 to 3; the bar of 120 is after the exit.
    const found = excursionOf(candles, trade(0, 3, 0));
    expect([found.runUp, found.against].map((value) => exactTo(value, 6))).toEqual([5, -4]);
  });

  it("change places for a short", () => {
    const found = excursionOf(candles, trade(0, 3, 0, { direction: -1 }));
    expect([found.runUp, found.against].map((value) => exactTo(value, 6))).toEqual([4, -5]);
  });
});

describe("candles around a trade", () => {
  it("are hundredths of a percent from its entry", () => {
    const found = candlesAround(hourly("AAA", [100, 104, 97]), trade(0, 1, 0.04));
    expect(found).toEqual({
      fromMs: startMs,
      stepMs: hourMs,
      prices: [0, 100, -100, 0, 0, 500, -100, 400, 400, 500, -400, -300],
      gaps: [],
    });
  });

  it("are put together where the trade is long, and stay within a break", () => {
    const long = hourly("AAA", new Array(1000).fill(100));
    const whole = candlesAround(long, trade(100, 700, 0.01));
    expect(whole.stepMs).toBe(7 * hourMs);
    expect(whole.prices.length / 4).toBeLessThanOrEqual(96);
    const broken = candlesAround({ ...long, breaks: [{ index: 90, ratio: 9 }] }, trade(100, 110, 0.01));
    expect(broken.fromMs).toBe(startMs + 90 * hourMs);
  });

  it("leave a hole open", () => {
    const held = hourly("AAA", [100, 101, 102], { slots: Int32Array.from([0, 1, 4]) });
    expect(candlesAround(held, trade(0, 1, 0.01)).gaps).toEqual([2, 3]);
  });
});

describe("the listed trades", () => {
  it("are all of them with their candles where there are few", () => {
    const market = marketOf(hourly("AAA", new Array(100).fill(100)));
    const found = drawnTrades([trade(5, 9, -0.01), trade(1, 3, 0.02)], market);
    expect([found.total, found.points, Object.keys(found.candles)]).toEqual([2, [2, -1], ["0", "1"]]);
    expect(found.reason.map((code) => found.reasons[code])).toEqual(["take_profit", "stop_loss"]);
    expect(found.ended).toEqual([
      { reason: "stop_loss", trades: 1, points: -1 },
      { reason: "take_profit", trades: 1, points: 2 },
    ]);
  });

  it("are the best, the worst and the latest of very many, and say how many there were", () => {
    const market = marketOf(hourly("AAA", new Array(3000).fill(100)));
    const many = Array.from({ length: 2000 }, (_, k) => trade(k, k + 1, k === 3 ? 9 : k === 4 ? -0.9 : 0.001));
    const found = drawnTrades(many, market);
    expect([found.total, found.points.length]).toEqual([2000, 1200]);
    expect(found.ended.map(({ reason, trades }) => [reason, trades])).toEqual([
      ["take_profit", 1999],
      ["stop_loss", 1],
    ]);
    expect([found.points[0], found.points[1]]).toEqual([0.1, 0.1]);
    expect([Math.max(...found.points), Math.min(...found.points)]).toEqual([900, -90]);
    expect(found.candles[found.points.indexOf(900)]).toBeDefined();
    expect(found.entryMinute.at(-1)! * 60_000).toBe(startMs + 1999 * hourMs);
    expect(Object.keys(found.candles)).toHaveLength(60);
  });
});

describe("the values that were tried", () => {
  it("are those of both searches, in order", () => {
    expect(triedSpace({ a: [1, 3], b: [true] }, { a: [2, 3], b: [true, false] })).toEqual({
      a: [1, 2, 3],
      b: [true, false],
    });
    expect(triedSpace(undefined, undefined)).toBeNull();
  });
});
