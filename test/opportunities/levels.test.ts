import { describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { levelHistory, levelsAt, riskReward } from "../../src/opportunities/levels.ts";
import { structureAt } from "../../src/opportunities/structure.ts";
import { knownSwings, swingsOf } from "../../src/opportunities/swings.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";
import { candlesFrom } from "./walks.ts";

/** Bars that trade at exactly these prices, one after the other. */
const at = (...prices: number[]): Candles => candlesFrom(prices.map((price) => [price, price, price, price, 1]));
const flat = (price: number, count: number): number[] => new Array<number>(count).fill(price);
/** Bars that trade at these prices, seen from the last of them, for a long. */
const historyOf = (level: number, prices: number[], bars = 100) =>
  levelHistory(at(...prices), level, prices.length - 1, bars, 1);

describe("a swing", () => {
  it("is the extreme of 5 bars on either side, and known 5 bars later", () => {
    const { highs, lows } = swingsOf(at(1, 2, 3, 4, 5, 9, 5, 4, 3, 2, 1));
    expect([highs, lows]).toEqual([[5], []]);
    expect([knownSwings(highs, 9), knownSwings(highs, 10)]).toEqual([0, 1]);
  });

  it("is not known while a bar on either side is missing", () => {
    expect(swingsOf(at(1, 2, 3, 4, 5, 9, 5, 4, 3, 2)).highs).toEqual([]);
    expect(swingsOf(at(2, 3, 4, 5, 9, 5, 4, 3, 2, 1)).highs).toEqual([]);
  });

  it("of equal extremes is the first", () => {
    expect(swingsOf(at(1, 2, 3, 4, 5, 9, 9, 5, 4, 3, 2, 1, 0)).highs).toEqual([5]);
    expect(swingsOf(at(...flat(5, 30)))).toEqual({ highs: [], lows: [] });
  });
});

describe("support and resistance", () => {
  /** Every bar of the last 200 tried as a swing, from the definition. */
  function plainLevels({ high, low, close }: Candles, bar: number): { support: number; resistance: number } {
    let support = Number.NaN;
    let resistance = Number.NaN;
    for (let k = Math.max(5, bar - 199); k + 5 <= bar; k++) {
      const before = [1, 2, 3, 4, 5].map((step) => k - step);
      const after = [1, 2, 3, 4, 5].map((step) => k + step);
      const isLow = before.every((j) => low[j]! > low[k]!) && after.every((j) => low[j]! >= low[k]!);
      const isHigh = before.every((j) => high[j]! < high[k]!) && after.every((j) => high[j]! <= high[k]!);
      if (isLow && low[k]! < close[bar]!) support = Number.isNaN(support) ? low[k]! : Math.max(support, low[k]!);
      if (isHigh && high[k]! > close[bar]!)
        resistance = Number.isNaN(resistance) ? high[k]! : Math.min(resistance, high[k]!);
    }
    return { support, resistance };
  }

  it("are those that a search of the last 200 bars finds, at every bar", () => {
    for (const seed of [31, 32, 33]) {
      const candles = jumpyCandles("AAA", 700, randomFrom(seed));
      const swings = swingsOf(candles);
      for (let bar = 0; bar < candles.count; bar++)
        expect(levelsAt(candles, swings, bar)).toEqual(plainLevels(candles, bar));
    }
  });

  it("are forgotten after 200 bars", () => {
    const candles = at(...flat(10, 5), 12, ...flat(11, 300));
    const swings = swingsOf(candles);
    expect([levelsAt(candles, swings, 204).resistance, levelsAt(candles, swings, 205).resistance]).toEqual([
      12,
      Number.NaN,
    ]);
  });
});

describe("risk to reward", () => {
  const levels = { support: 98, resistance: 106 };

  it("is the room ahead over the room behind, in the trade's direction", () => {
    expect(riskReward(100, levels, 1)).toBe(3);
    expect(riskReward(100, levels, -1)).toBeCloseTo(1 / 3, 12);
  });

  it("is 10 at most, 10 without an opposing level, 0 without a supporting one or without either", () => {
    const none = Number.NaN;
    expect(riskReward(100, { support: 99, resistance: 200 }, 1)).toBe(10);
    expect(riskReward(100, { support: 98, resistance: none }, 1)).toBe(10);
    expect(riskReward(100, { support: 98, resistance: none }, -1)).toBe(0);
    expect(riskReward(100, { support: none, resistance: none }, 1)).toBe(0);
  });
});

describe("tests of a level", () => {
  it("are touches within 0.5 %, counted once an episode", () => {
    expect(historyOf(100, [103, 100.4, 100.2, 100, 103]).tests).toBe(1);
    expect(historyOf(100, [103, 100.6, 103]).tests).toBe(0);
  });

  it("are apart where 5 bars lie from one touch to the next", () => {
    expect(historyOf(100, [100, ...flat(103, 3), 100]).tests).toBe(1);
    expect(historyOf(100, [100, ...flat(103, 4), 100]).tests).toBe(2);
  });

  it("are looked for in the bars asked for, this one included", () => {
    const prices = [100, ...flat(103, 9), 100];
    expect([historyOf(100, prices, 11).tests, historyOf(100, prices, 10).tests]).toEqual([2, 1]);
  });

  it("and breaks of it are none where there is no level", () => {
    expect(historyOf(Number.NaN, [100, 99, 100])).toEqual({ tests: 0, falseBreaks: 0 });
  });
});

describe("a false break", () => {
  it("is a close beyond the level that is back within 5 bars", () => {
    expect(historyOf(100, [101, ...flat(99, 5), 101]).falseBreaks).toBe(1);
    expect(historyOf(100, [101, ...flat(99, 6), 101]).falseBreaks).toBe(0);
  });

  it("is none before the price is back", () => {
    expect(historyOf(100, [101, 99, 99]).falseBreaks).toBe(0);
  });

  it("of a short's resistance goes the other way", () => {
    expect(levelHistory(at(99, 101, 99), 100, 2, 100, -1).falseBreaks).toBe(1);
    expect(levelHistory(at(99, 101, 99), 100, 2, 100, 1).falseBreaks).toBe(0);
  });
});

describe("history of a level", () => {
  it("is what a plain count finds, on random candles", () => {
    const candles = jumpyCandles("AAA", 300, randomFrom(41));
    const { high, low, close } = candles;
    for (const direction of [1, -1] as const)
      for (let bar = 20; bar < 300; bar += 7) {
        const level = close[bar - 10]! + 0.1;
        const window = Array.from({ length: 60 }, (_, k) => bar - 59 + k).filter((k) => k >= 0);
        const touches = window.filter((k) => low[k]! / level <= 1.005 && high[k]! / level >= 0.995);
        const isBeyond = (k: number): boolean => (direction === 1 ? close[k]! < level : close[k]! > level);
        const breaks = window.filter((k) => k > 0 && isBeyond(k) && !isBeyond(k - 1));
        expect(levelHistory(candles, level, bar, 60, direction)).toEqual({
          tests: touches.filter((k, n) => n === 0 || k - touches[n - 1]! >= 5).length,
          falseBreaks: breaks.filter((k) => [1, 2, 3, 4, 5].some((step) => k + step <= bar && !isBeyond(k + step)))
            .length,
        });
      }
  });
});

describe("market structure", () => {
  /** A zigzag with a turn every 6 bars at these prices, read at its last bar. */
  function zigzag(turns: readonly number[]): Candles {
    const prices = turns.flatMap((turn, k) => {
      const next = turns[k + 1] ?? turn;
      return Array.from({ length: 6 }, (_, step) => turn + ((next - turn) * step) / 6);
    });
    return at(...prices);
  }
  const rising = zigzag([100, 110, 104, 114, 108, 118, 112]);

  it("holds where the last two highs and lows rise, for a long only", () => {
    const swings = swingsOf(rising);
    expect(swings).toEqual({ highs: [6, 18, 30], lows: [12, 24, 36] });
    expect(structureAt(rising, swings, 41, 1)).toEqual({ holds: true, ageBars: 0 });
    expect(structureAt(rising, swings, 41, -1)).toEqual({ holds: false, ageBars: 0 });
  });

  it("is as old as its last swing has been known", () => {
    expect(structureAt(rising, swingsOf(rising), 40, 1)).toEqual({ holds: true, ageBars: 5 });
    expect(structureAt(rising, swingsOf(rising), 35, 1)).toEqual({ holds: true, ageBars: 0 });
  });

  it("does not hold before two highs and two lows are known, nor where one of them falls", () => {
    expect(structureAt(rising, swingsOf(rising), 28, 1).holds).toBe(false);
    expect(structureAt(rising, swingsOf(rising), 29, 1).holds).toBe(true);
    const mixed = zigzag([100, 110, 104, 114, 102, 118, 112]);
    expect(structureAt(mixed, swingsOf(mixed), 35, 1).holds).toBe(false);
  });

  it("of a falling market holds for a short", () => {
    const falling = zigzag([120, 110, 116, 106, 112, 102, 108]);
    expect(structureAt(falling, swingsOf(falling), 35, -1).holds).toBe(true);
  });
});
