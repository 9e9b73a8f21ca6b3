import { describe, expect, it } from "vitest";
import { indicatorsOf } from "../../src/opportunities/indicators.ts";
import { aggregate, higherTimeframe } from "../../src/opportunities/timeframes.ts";
import { emaDistance, trendsOf } from "../../src/opportunities/trends.ts";
import { randomFrom } from "../support/random.ts";
import { candlesFrom, driftingCandles, partOf } from "./walks.ts";

const hourMs = 3_600_000;
/** 15 m candles whose closes count 1, 2, 3 ... */
const counting = (count: number) =>
  candlesFrom(Array.from({ length: count }, (_, bar) => [bar + 1, bar + 1, bar + 1, bar + 1, 1]));

describe("higher bars", () => {
  it("close with their last candle, and count from that very close on", () => {
    const hours = aggregate(counting(9), hourMs);
    expect([...hours.close]).toEqual([4, 8]);
    expect([...hours.closedBars]).toEqual([0, 0, 0, 1, 1, 1, 1, 2, 2]);
  });

  it("lie on the epoch grid; one whose first candles are missing is none", () => {
    const hours = aggregate(partOf(counting(12), 1, 12), hourMs);
    expect([...hours.close]).toEqual([8, 12]);
    expect([...hours.closedBars]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
  });

  it("are the candles themselves where the timeframe is the same", () => {
    const candles = driftingCandles(30, randomFrom(1), "AAA", hourMs);
    expect(aggregate(candles, hourMs).close).toEqual(candles.close);
  });

  it("hold, at every candle, the bars that a plain look at the clock finds", () => {
    const candles = partOf(driftingCandles(200, randomFrom(2)), 7, 200);
    for (const spanMs of [hourMs, 4 * hourMs]) {
      const { close, closedBars } = aggregate(candles, spanMs);
      for (let bar = 0; bar < candles.count; bar++) {
        const knownMs = candles.firstOpenTimeMs + (bar + 1) * candles.timeframeMs;
        const expected: number[] = [];
        for (let endMs = Math.ceil(candles.firstOpenTimeMs / spanMs + 1) * spanMs; endMs <= knownMs; endMs += spanMs)
          expected.push(candles.close[(endMs - candles.firstOpenTimeMs) / candles.timeframeMs - 1]!);
        expect([...close.slice(0, closedBars[bar])]).toEqual(expected);
      }
    }
  });

  it("speak only once 50 of them have closed", () => {
    const { trend, emaDistance: distance } = higherTimeframe(counting(400), 1);
    expect([trend[198], trend[199]]).toEqual([0, 2]);
    expect(distance[198]).toBeNaN();
    expect(distance[199]).toBeGreaterThan(0.03);
  });
});

describe("a trend", () => {
  const trend = (close: number, ema20: number, ema50: number): number =>
    trendsOf(Float64Array.of(close), { ema20: Float64Array.of(ema20), ema50: Float64Array.of(ema50) })[0]!;

  it("has a side where close, EMA 20 and EMA 50 stand in order", () => {
    expect([trend(103, 102, 100), trend(97, 98, 100)]).toEqual([1, -1]);
  });

  it("is mixed where they do not, or two are equal, or the slower is not warm", () => {
    expect([trend(101, 102, 100), trend(102, 102, 100), trend(1, 1, 1), trend(3, 2, Number.NaN)]).toEqual([0, 0, 0, 0]);
  });

  it("is strong where the EMAs are 3 % apart", () => {
    expect([trend(105, 103, 100), trend(105, 102.9, 100), trend(90, 97, 100)]).toEqual([2, 1, -2]);
    expect(emaDistance(97, 100)).toBe(0.03);
  });

  it("of the base timeframe follows its own EMAs", () => {
    const candles = driftingCandles(400, randomFrom(3));
    const { ema20, ema50 } = indicatorsOf(candles);
    for (const [bar, found] of trendsOf(candles.close, { ema20, ema50 }).entries()) {
      const order = [candles.close[bar]!, ema20[bar]!, ema50[bar]!];
      const isUp = order[0]! > order[1]! && order[1]! > order[2]!;
      const isDown = order[0]! < order[1]! && order[1]! < order[2]!;
      expect(Math.sign(found)).toBe(isUp ? 1 : isDown ? -1 : 0);
    }
  });
});
