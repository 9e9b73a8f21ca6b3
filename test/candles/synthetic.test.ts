import { describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { syntheticMarket } from "../../src/candles/synthetic.ts";

const endTimeMs = Date.UTC(2026, 0, 1);
const symbols = ["A", "B", "C", "D", "E", "F", "G", "H"];
const market = { seed: 1, symbols, days: 60, timeframeMs: 900_000, endTimeMs };
const made = syntheticMarket(market);

const returnsOf = ({ close }: Candles): number[] => [...close.subarray(1)].map((end, k) => Math.log(end / close[k]!));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const product = mean(a.map((value, k) => (value - ma) * (b[k]! - mb)));
  return product / Math.sqrt(mean(a.map((value) => (value - ma) ** 2)) * mean(b.map((value) => (value - mb) ** 2)));
}

describe("a synthetic market", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(syntheticMarket(market)).toEqual(made);
    expect(syntheticMarket({ ...market, seed: 2 })[0]!.close).not.toEqual(made[0]!.close);
  });

  it("holds the days that were asked for, and its last candle closes at their end", () => {
    for (const { symbol, count, firstOpenTimeMs, timeframeMs } of made) {
      expect([count, firstOpenTimeMs + count * timeframeMs]).toEqual([60 * 96, endTimeMs]);
      expect(symbols).toContain(symbol);
    }
  });

  it("lies on the timeframe's grid though its end does not", () => {
    const [odd] = syntheticMarket({ ...market, symbols: ["A"], days: 1, endTimeMs: endTimeMs + 1 });
    expect(odd!.firstOpenTimeMs % 900_000).toBe(0);
  });

  it("has candles that a reader would accept: prices above 0, open and close within low..high, no negative volume", () => {
    for (const seed of [1, 2, 3])
      for (const { open, high, low, close, volume, count } of syntheticMarket({ ...market, seed }))
        for (let bar = 0; bar < count; bar++) {
          const inside = low[bar]! > 0 && low[bar]! <= Math.min(open[bar]!, close[bar]!);
          if (!inside || high[bar]! < Math.max(open[bar]!, close[bar]!) || !(volume[bar]! >= 0))
            throw new Error(`seed ${seed}, bar ${bar} is impossible`);
        }
  });

  it("opens each candle at the close before, at prices of few digits", () => {
    for (const { open, close } of made) {
      expect([...open.subarray(1)]).toEqual([...close.subarray(0, -1)]);
      expect(Math.max(...[...close].map((price) => String(price).replace(/^0\.0*|\./g, "").length))).toBeLessThan(9);
    }
  });

  it("moves together, but not as one", () => {
    const [first, ...others] = made.map(returnsOf);
    const correlations = others.map((other) => correlation(first!, other));
    expect(Math.min(...correlations)).toBeGreaterThan(0.2);
    expect(Math.max(...correlations)).toBeLessThan(0.9);
  });

  it("has more large moves than a normal distribution, whose kurtosis is 3", () => {
    for (const returns of made.map(returnsOf)) {
      const variance = mean(returns.map((value) => value ** 2));
      expect(mean(returns.map((value) => value ** 4)) / variance ** 2).toBeGreaterThan(3.5);
    }
  });

  it("trades more where it moves more", () => {
    for (const candles of made) {
      const moves = returnsOf(candles).map(Math.abs);
      expect(correlation(moves, [...candles.volume.subarray(1)])).toBeGreaterThan(0.5);
    }
  });

  it("clusters its volatility: a large move stands beside large moves", () => {
    const beside = made.map((candles) => {
      const sizes = returnsOf(candles).map((value) => Math.min(0.02, Math.abs(value)));
      return correlation(sizes.slice(0, -1), sizes.slice(1));
    });
    // Without clusters, 8 x 5760 bars would give 0 +- 0.005.
    expect(mean(beside)).toBeGreaterThan(0.05);
  });

  it("rewards going with a strong bar in the direction of the last day, by little", () => {
    const strong: number[] = [];
    const ordinary: number[] = [];
    for (const seed of [1, 2, 3])
      for (const candles of syntheticMarket({ ...market, seed })) {
        const { close, count } = candles;
        for (let bar = 96; bar + 24 < count; bar++) {
          const move = Math.log(close[bar]! / close[bar - 1]!);
          const side = Math.sign(move);
          if (side !== Math.sign(close[bar]! - close[bar - 96]!)) continue;
          const next6h = side * Math.log(close[bar + 24]! / close[bar]!);
          (Math.abs(move) > 0.006 ? strong : ordinary).push(next6h);
        }
      }
    expect(mean(strong)).toBeGreaterThan(mean(ordinary) + 0.001);
    expect(mean(strong)).toBeLessThan(0.01);
  });

  it("reaches within a candle what a walk of 64 steps does, so that levels are touched as often as they should be", () => {
    // Of a walk of n equal steps the mean maximum is sqrt(2n/pi) - 1/2, the mean size of its end sqrt(2n/pi): 0.92 for 64, 0.78 for 8.
    const [reach, ends] = [[] as number[], [] as number[]];
    for (const { open, high, low, close, count } of made)
      for (let bar = 0; bar < count; bar++) {
        reach.push(Math.log(high[bar]! / open[bar]!), Math.log(open[bar]! / low[bar]!));
        ends.push(Math.abs(Math.log(close[bar]! / open[bar]!)));
      }
    expect(mean(reach) / mean(ends)).toBeGreaterThan(0.89);
    expect(mean(reach) / mean(ends)).toBeLessThan(0.95);
  });

  it("is about as volatile a day in candles of an hour as in those of 15 minutes", () => {
    const daily = (timeframeMs: number): number => {
      const squares = [1, 2, 3, 4].flatMap((seed) =>
        syntheticMarket({ ...market, seed, timeframeMs }).map((candles) => mean(returnsOf(candles).map((r) => r * r))),
      );
      return Math.sqrt(mean(squares) * (86_400_000 / timeframeMs));
    };
    const ratio = daily(3_600_000) / daily(900_000);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});
