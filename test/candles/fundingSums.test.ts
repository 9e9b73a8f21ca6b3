import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, type FundingRates, type Market, openTimeMs, part, unbroken } from "../../src/candles/candles.ts";
import { candleCountsOf } from "../../src/candles/counts.ts";
import {
  fundingSumsOf,
  ratesBetween,
  withFunding,
  withFundingLike,
  withFundingOf,
} from "../../src/candles/fundingSums.ts";
import { marketOfSeries } from "../../src/candles/series.ts";
import { sliced } from "../../src/candles/span.ts";
import { shuffledDays } from "../../src/rehearsal/shuffleDays.ts";
import { MarketRotations } from "../../src/validation/rotatedMarket.ts";
import { without } from "../support/holes.ts";
import { holedCase, jumpyCandles, randomFrom } from "../support/random.ts";
import { refusal, start, temporaryFolder } from "./files.ts";

const hourMs = 3_600_000;
const hours = (count: number): number => start + count * hourMs;
const folder = temporaryFolder();

/** So many hourly candles at one price. */
function hourly(symbol: string, count: number, firstHour = 0): Candles {
  const column = (): Float64Array => new Float64Array(count).fill(100);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  const firstOpenTimeMs = hours(firstHour);
  return unbroken({ symbol, timeframeMs: hourMs, firstOpenTimeMs, count, open, high, low, close, volume });
}
const marketOf = (...series: readonly Candles[]): Market => ({
  timeframeMs: hourMs,
  bySymbol: new Map(series.map((candles) => [candles.symbol, candles])),
});
/** Hours with the rate paid at each, in order of time. */
const byTime = (byHour: Readonly<Record<number, number>>) =>
  Object.entries(byHour)
    .map(([hour, rate]) => [hours(Number(hour)), rate] as const)
    .sort(([a], [b]) => a - b);
/** Rates by the hour at which each was paid. */
const ratesOf = (byHour: Readonly<Record<number, number>>): FundingRates => ({
  timeMs: Float64Array.from(byTime(byHour), ([timeMs]) => timeMs),
  rate: Float64Array.from(byTime(byHour), ([, rate]) => rate),
});
const write = (symbol: string, byHour: Readonly<Record<number, number>>): string =>
  folder.write(`${symbol}-8h-funding_rate.json`, JSON.stringify(byTime(byHour)));

describe("the sum of funding rates charged until a candle's close", () => {
  it("has a payment from the candle on that opens with it", () => {
    const sums = fundingSumsOf(hourly("AAA", 6), ratesOf({ "-8": 9, 0: 1, 2: 2, 2.5: 4, 3: 8, 6: 16 }));
    expect([...sums]).toEqual([1, 1, 7, 15, 15, 15]);
  });

  it("has a payment in a hole from the next candle on", () => {
    const candles = without(hourly("AAA", 7), (slot) => slot === 2 || slot === 3);
    expect([...fundingSumsOf(candles, ratesOf({ 1: 1, 2: 2, 3: 4, 5: 8 }))]).toEqual([0, 1, 7, 15, 15]);
  });

  it("is what adding every rate before the close gives, on any candles", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed);
        for (const candles of holedCase(seed, 1, 120).market.bySymbol.values()) {
          const times = Array.from({ length: 200 }, (_, k) => (k - 20) * 600_000);
          const rates = { timeMs: Float64Array.from(times), rate: Float64Array.from(times, () => random() - 0.5) };
          const first = openTimeMs(candles, 0);
          const slow = Array.from(candles.open, (_, bar) => {
            let sum = 0;
            for (const [k, time] of times.entries())
              if (time >= first && time < openTimeMs(candles, bar) + candles.timeframeMs) sum += rates.rate[k]!;
            return sum;
          });
          expect([...fundingSumsOf(candles, rates)]).toEqual(slow);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("stays with its candle in a part of a series, and in a span of it", () => {
    const { bySymbol } = withFunding(marketOf(hourly("AAA", 6)), new Map([["AAA", ratesOf({ 0: 1, 3: 2, 4: 4 })]]));
    const candles = bySymbol.get("AAA")!;
    expect([...part(candles, 2, 5).fundingSums!]).toEqual([1, 3, 7]);
    const kept = sliced(candles, { fromMs: hours(3), toMs: hours(4) })!;
    expect([...kept.fundingSums!]).toEqual([3, 7]);
    expect(kept.fundingSums!.buffer.byteLength).toBe(16);
  });

  it("between two times has the payment at the first and not that at the last", () => {
    expect(ratesBetween(ratesOf({ 0: 1, 8: 2, 16: 4, 24: 8 }), hours(8), hours(24))).toBe(6);
  });
});

describe("funding rates of a folder", () => {
  const everyEight = { 0: 0.001, 8: 0.002, 16: -0.003, 24: 0.004 };

  it("are those of each symbol's own file", async () => {
    write("AAA", everyEight);
    write("BBB", { 4: 0.01, 12: 0.02 });
    const market = await withFundingOf(folder.path(), marketOf(hourly("AAA", 25), hourly("BBB", 15)), {
      lenient: false,
    });
    expect(market.bySymbol.get("AAA")!.fundingSums![24]).toBeCloseTo(0.004, 12);
    expect(market.bySymbol.get("BBB")!.fundingSums![14]).toBeCloseTo(0.03, 12);
    expect(candleCountsOf(market).funding).toEqual({ payments: 6, unknown: [] });
  });

  it("are refused where a symbol has none", async () => {
    write("AAA", everyEight);
    const market = marketOf(hourly("AAA", 25), hourly("BBB", 25), hourly("CCC", 25));
    const error = await refusal(withFundingOf(folder.path(), market, { lenient: false }));
    expect([error.code, error.details.found]).toEqual(["FUNDING_MISSING", "none of BBB, CCC"]);
  });

  it.each([
    ["begin too late", { 8: 0.1, 16: 0.1 }, hourly("AAA", 20), [0, 8]],
    ["end too early", { 0: 0.1, 8: 0.1 }, hourly("AAA", 17), [8, 17]],
    ["leave one out", { 0: 0.1, 8: 0.1, 24: 0.1 }, hourly("AAA", 25), [8, 24]],
    ["are all of another time", { "-16": 0.1, "-8": 0.1 }, hourly("AAA", 9, 1), [1, 10]],
  ] as const)("are refused where they %s, with the span that is missing", async (_, byHour, candles, [from, to]) => {
    const path = write("AAA", byHour);
    const error = await refusal(withFundingOf(folder.path(), marketOf(candles), { lenient: false }));
    const iso = (hour: number): string => new Date(hours(hour)).toISOString();
    expect([error.code, error.details.where]).toEqual(["FUNDING_MISSING", path]);
    expect(error.details.found).toContain(`none between ${iso(from)} and ${iso(to)}`);
    expect(error.details.remedy).toContain("--lenient");
  });

  it("count as 0 where they are missing under lenient, and the hours are counted", async () => {
    write("AAA", { 8: 0.01, 24: 0.02 });
    const market = await withFundingOf(folder.path(), marketOf(hourly("AAA", 25), hourly("BBB", 25)), {
      lenient: true,
    });
    expect([...market.bySymbol.get("BBB")!.fundingSums!]).toEqual(Array(25).fill(0));
    expect([7, 8, 23, 24].map((bar) => market.bySymbol.get("AAA")!.fundingSums![bar])).toEqual([0, 0.01, 0.01, 0.03]);
    expect(candleCountsOf(market).funding).toEqual({
      payments: 2,
      unknown: [
        { symbol: "AAA", hours: 24 },
        { symbol: "BBB", hours: 25 },
      ],
    });
  });

  it.each([
    ["a payment an hour", Object.fromEntries(Array.from({ length: 25 }, (_, hour) => [hour, 0])), hourly("AAA", 25)],
    [
      "a payment just before the first candle and just after the last",
      { "-1": 0.1, 7: 0.1, 15: 0.1 },
      hourly("AAA", 15),
    ],
    ["the first payment of a new listing within eight hours", { 7: 0.1, 15: 0.1 }, hourly("AAA", 16)],
  ])("cover a series with %s", async (_, byHour, candles) => {
    write("AAA", byHour);
    await withFundingOf(folder.path(), marketOf(candles), { lenient: false });
  });
});

describe("a market whose prices are moved about keeps its funding rates at their times", () => {
  const original = withFunding(
    marketOf({ ...jumpyCandles("AAA", 96, randomFrom(3), hourMs), firstOpenTimeMs: start }),
    new Map([["AAA", ratesOf({ 0: 1, 30: 2, 60: 4, 90: 8 })]]),
  );
  const sums = [...original.bySymbol.get("AAA")!.fundingSums!];

  it("when moves are rotated", () => {
    const rotated = new MarketRotations(original, { fromMs: start, toMs: hours(96) }).by(7).bySymbol.get("AAA")!;
    expect(rotated.close).not.toEqual(original.bySymbol.get("AAA")!.close);
    expect([...rotated.fundingSums!]).toEqual(sums);
  });

  it("when days are shuffled", () => {
    const options = { timeframeMs: hourMs, lenient: false, breakRatio: 8, nowMs: hours(1000) };
    const shuffled = marketOfSeries(shuffledDays(original, 2), options);
    expect(shuffled.bySymbol.get("AAA")!.close).not.toEqual(original.bySymbol.get("AAA")!.close);
    expect([...withFundingLike(original, shuffled).bySymbol.get("AAA")!.fundingSums!]).toEqual(sums);
    const constant = marketOf(hourly("AAA", 3));
    expect(withFundingLike(constant, shuffled)).toBe(shuffled);
  });
});
