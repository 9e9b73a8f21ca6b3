import { describe, expect, it } from "vitest";
import { type Candles, missingCandles } from "../../src/candles/candles.ts";
import { marketOfSeries } from "../../src/candles/series.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Monday, UTC. */
const monday = Date.UTC(2024, 0, 8);

/** Candles of a market at the times of one grid at which it is open. */
function marketOpenAt(timeframeMs: number, days: number, isOpen: (timeMs: number) => boolean, offsetMs = 0): Candles {
  const times: number[] = [];
  for (let timeMs = monday + offsetMs; timeMs < monday + days * day; timeMs += timeframeMs)
    if (isOpen(timeMs)) times.push(timeMs);
  const column = times.map(() => 100);
  const series = { symbol: "X", times, open: column, high: column, low: column, close: column, volume: column };
  return marketOfSeries([series], { timeframeMs, lenient: false, nowMs: Date.UTC(2030, 0, 1) }).bySymbol.get("X")!;
}

const weekday = (timeMs: number): number => new Date(timeMs).getUTCDay();
const isWeekday = (timeMs: number): boolean => weekday(timeMs) !== 0 && weekday(timeMs) !== 6;
const clock = (timeMs: number): number => (timeMs % day) / hour;
/** 09:30 to 16:00 in New York, whose clocks go forward on 10 March 2024. */
const isNewYork = (timeMs: number): boolean => {
  const opens = timeMs < Date.UTC(2024, 2, 10) ? 14.5 : 13.5;
  return isWeekday(timeMs) && clock(timeMs) >= opens && clock(timeMs) < opens + 6.5;
};

const said = (candles: Candles) => [candles.closed, missingCandles(candles)];

describe("a market's closures", () => {
  it("are the weekends of daily candles", () => {
    expect(said(marketOpenAt(day, 60, isWeekday))).toEqual(["Saturdays and Sundays", 0]);
  });

  it("are nights and weekends of a stock, however long the file, and across a clock change", () => {
    for (const days of [12, 30])
      expect(marketOpenAt(5 * minute, days, isNewYork).closed).toMatch(
        /^Saturdays and Sundays; 21:00-14:30 UTC on Mondays to Fridays$/,
      );
    for (const days of [12, 30, 90, 200]) expect(missingCandles(marketOpenAt(5 * minute, days, isNewYork))).toBe(0);
  });

  it("are a night of sessions that open off the round hour", () => {
    const candles = marketOpenAt(
      hour,
      30,
      (timeMs) => isWeekday(timeMs) && clock(timeMs) >= 14.5 && clock(timeMs) < 20.5,
      30 * minute,
    );
    expect([candles.firstOpenTimeMs % hour, ...said(candles)]).toEqual([
      30 * minute,
      "Saturdays and Sundays; 20:30-14:30 UTC on Mondays to Fridays",
      0,
    ]);
  });

  it("are the weekend of currencies, from Friday to Sunday evening", () => {
    const isOpen = (timeMs: number): boolean =>
      !(
        weekday(timeMs) === 6 ||
        (weekday(timeMs) === 5 && clock(timeMs) >= 22) ||
        (weekday(timeMs) === 0 && clock(timeMs) < 22)
      );
    expect(said(marketOpenAt(hour, 40, isOpen))).toEqual([
      "Saturdays; 22:00-24:00 UTC on Fridays; 00:00-22:00 UTC on Sundays",
      0,
    ]);
  });

  it("are an hour of maintenance a day, and a break at noon", () => {
    expect(said(marketOpenAt(15 * minute, 14, (timeMs) => clock(timeMs) < 22 || clock(timeMs) >= 23))[1]).toBe(0);
    expect(said(marketOpenAt(15 * minute, 14, (timeMs) => clock(timeMs) < 3.5 || clock(timeMs) >= 5))).toEqual([
      "03:30-05:00 UTC on Mondays, Tuesdays, Wednesdays, Thursdays, Fridays, Saturdays and Sundays",
      0,
    ]);
  });

  it("are no holiday: a session that is missing once is a hole, and counted as long as it lasts", () => {
    const thursday = monday + 17 * day;
    const isOpen = (timeMs: number): boolean =>
      isNewYork(timeMs) && Math.floor(timeMs / day) !== Math.floor(thursday / day);
    expect(missingCandles(marketOpenAt(5 * minute, 40, isOpen))).toBe(78);
  });

  it("are no outage, and no candles that nobody traded now and then", () => {
    const outage = marketOpenAt(
      15 * minute,
      30,
      (timeMs) => timeMs < monday + 9.1 * day || timeMs >= monday + 9.3 * day,
    );
    expect(said(outage)).toEqual([null, 19]);
    let state = 1;
    const isTraded = (): boolean => {
      state = (state * 48_271) % 2_147_483_647;
      return state % 10 < 6;
    };
    const thin = marketOpenAt(minute, 10, isTraded);
    expect(thin.closed).toBeNull();
    expect(missingCandles(thin)).toBe(thin.slots!.at(-1)! + 1 - thin.count);
  });
});
