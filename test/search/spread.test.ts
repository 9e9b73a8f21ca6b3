import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { objectiveNames } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { isSame, roundingVariance, varianceOf, varianceOfSums } from "../../src/search/spread.ts";
import type { Space } from "../../src/space/parameters.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { barsTask } from "../support/bars.ts";
import { randomFrom } from "../support/random.ts";

const metricsOfPoints = (points: readonly number[]) =>
  metricsOf(
    points.map((p, row) => ({
      row,
      entryTimeMs: row,
      exitTimeMs: row,
      return: p / 100,
      bars: 1,
      reason: "take_profit" as const,
      objective: false,
    })),
    0,
    1,
  );

describe("a spread that is only rounding", () => {
  it("is none: 24 or 100,000 trades of 0.86 %, two of them, or some that differ in their 13th digit", () => {
    for (const points of [
      Array<number>(24).fill(0.86),
      Array<number>(100_000).fill(0.86),
      Array<number>(100_000).fill(-0.14),
      [0.86, 0.86],
      [3e-5, 3e-5 * (1 + 1e-13), 3e-5 * (1 - 1e-13)],
      // Costs that all but cancel the gain: 1e-14 % is nothing to speak of.
      [1e-14, -2e-14, 3e-15],
    ]) {
      const { stdev, sqn } = metricsOfPoints(points);
      expect([stdev, sqn]).toEqual([0, 0]);
    }
  });

  it("ends where rounding does: 2 % with a deviation of 3 parts in a million has one, right to nine digits", () => {
    for (const part of [3e-6, 1e-5, 1e-4, 1e-3]) {
      const points = Array.from({ length: 40 }, (_, k) => 2 + (k % 2 === 0 ? 2 : -2) * part);
      // The deviation of 40 numbers that lie 2 * part from their mean, by 39 degrees of freedom.
      expect(metricsOfPoints(points).stdev / (2 * part * Math.sqrt(40 / 39))).toBeCloseTo(1, 9);
    }
  });

  it("is none in any order of the trades, for any size of them", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1000, noNaN: true }),
        fc.boolean(),
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 200 }),
        (size, isLoss, jitters) => {
          const points = jitters.map((jitter) => (isLoss ? -size : size) * (1 + jitter * 2.5e-14));
          for (const order of [points, [...points].reverse(), [...points].sort((a, b) => a - b)])
            expect(metricsOfPoints(order).sqn).toBe(0);
        },
      ),
    );
  });

  it("grows with the trades that are added: 1e-12 of the squared mean up to 562, 2^-49 for each beyond", () => {
    expect(roundingVariance(3, 2)).toBe(9e-12);
    expect(roundingVariance(3, 562)).toBe(9e-12);
    expect(roundingVariance(1, 2 ** 20)).toBe(2 ** -29);
    expect(roundingVariance(0, 5)).toBe(1e-18);
    expect(varianceOfSums(3 * 0.49, 0.7, 3)).toBe(0);
    expect(varianceOfSums(10, 2, 2)).toBe(2);
    expect(varianceOfSums(9, 3, 1)).toBe(0);
    expect(varianceOf([1, 3], 1, 10, 2)).toBe(2);
  });

  it("makes two averages one where they differ by a billionth of a point, or by 1e-12 of themselves", () => {
    expect([isSame(0.1 + 0.2, 0.3), isSame(0, -1e-17), isSame(5000, 5000 + 1e-9)]).toEqual([true, true, true]);
    expect([isSame(0.3, 0.300001), isSame(0, 1e-8), isSame(5000, 5000.00001)]).toEqual([false, false, false]);
  });
});

/** Signals that all reach 5 % within a bar, or all fall by it, and then end somewhere: only a target of 9 % leaves a spread. */
function equalTask(
  seed: number,
  signals: number,
  side: 1 | -1,
  size: number,
  rest: Partial<SearchTask> = {},
): SearchTask {
  const random = randomFrom(seed);
  return barsTask(
    Array.from({ length: signals }, () => {
      const price = size * (1 + Math.floor(900 * random()) / 1000);
      const end = 1 + side * (0.035 + 0.01 * random());
      const bars = [
        [side === 1 ? 1.05 : 1, side === 1 ? 1 : 0.95, end],
        [end, end, end],
      ] as const;
      return { price, atr: price / 100, bars, features: { score: Math.floor(10 * random()) } };
    }),
    {
      space: {
        min_score: [0, 4],
        atr_tp_multiplier: side === 1 ? [1, 2, 3, 9] : [9],
        atr_stop_multiplier: side === 1 ? [9] : [1, 2, 3, 9],
        max_holding_hours: [0.5],
      },
      rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
      constraints: { minTrades: 2 },
      top: 8,
      ...rest,
    },
  );
}

const leaders = (task: SearchTask) =>
  searchTable(task).top.map(({ index, score, metrics }) => ({ index, score, metrics }));

describe("a search over sets whose returns are equal but for rounding", () => {
  for (const objective of objectiveNames)
    it(`ranks them by ${objective} as walking every set does`, () => {
      for (const size of [1e-8, 0.37, 100, 1e5])
        for (const side of [1, -1] as const)
          for (const signals of [4, 24, 60])
            for (const fundingPer8h of [0, 0.0001]) {
              const plain = equalTask(signals, signals, side, size, { objective });
              const task = { ...plain, rules: { ...plain.rules, fundingPer8h } };
              expect(leaders(task)).toEqual(bruteForce(task).top);
            }
    });

  it("gives them an SQN of 0, so that the one with a spread is first, or last where all lose", () => {
    for (const size of [1e-8, 0.37, 100, 1e5])
      for (const signals of [2, 24]) {
        const [first, ...others] = searchTable(equalTask(7, signals, 1, size, { objective: "sqn" })).top;
        expect(first!.params["atr_tp_multiplier"]).toBe(9);
        expect(first!.score).toBeGreaterThan(10);
        const equal = others.filter(({ params }) => params["atr_tp_multiplier"] !== 9);
        expect(equal.map(({ score }) => score)).toEqual(equal.map(() => 0));
        const losing = searchTable(equalTask(7, signals, -1, size, { objective: "sqn" })).top;
        expect(
          losing.filter(({ score }) => score === 0).map(({ params }) => params["atr_stop_multiplier"]),
        ).not.toContain(9);
        expect(losing.at(-1)!.params["atr_stop_multiplier"]).toBe(9);
        expect(losing.at(-1)!.score).toBeLessThan(-10);
      }
  });

  it("does not rank losses that are nearly equal first, where drawdowns are limited", () => {
    // Losses of 1 % to a part in 100,000, whose spread the sums cannot tell; and trades of 2 % and -1 %.
    const signals = Array.from({ length: 60 }, (_, k) => {
      const end = k % 2 === 0 ? 0.99 - (k % 3) * 1e-7 : k % 4 === 1 ? 1.02 : 0.99;
      return {
        price: 100,
        atr: 1,
        bars: [[Math.max(1, end), Math.min(1, end), end] as const],
        features: { group: k % 2 },
      };
    });
    const space: Space = {
      allowed_group: [[0], [1]],
      atr_tp_multiplier: [8, 9],
      atr_stop_multiplier: [9],
      max_holding_hours: [0.25],
    };
    for (const constraints of [{ minTrades: 1 }, { minTrades: 1, maxDrawdown: 100 }])
      for (const top of [1, 2, 4]) {
        const task = barsTask(signals, { objective: "sqn", space, constraints, top });
        const found = leaders(task);
        expect(found).toEqual(bruteForce(task).top);
        expect(found[0]!.score).toBeGreaterThan(1);
      }
  });

  it("keeps its order when the rows are shuffled", () => {
    const task = equalTask(3, 40, 1, 100, { objective: "sqn" });
    const order = searchTable(task).top.map(({ index }) => index);
    const random = randomFrom(8);
    for (let k = 0; k < 5; k++) {
      const places = Array.from({ length: 40 }, (_, row) => ({ row, key: random() }));
      const rows = Uint32Array.from(places.sort((a, b) => a.key - b.key).map(({ row }) => row));
      const shuffled = { ...task, table: pickRows(task.table, rows), labels: pickLabels(task.labels, rows) };
      expect(searchTable(shuffled).top.map(({ index }) => index)).toEqual(order);
    }
  });

  it("finds the one with a spread behind thousands without", () => {
    const levels = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k / 100);
    const task = equalTask(5, 30, 1, 100, {
      objective: "sqn",
      space: {
        atr_tp_multiplier: [...levels(1, 300), 9],
        min_score: [0, 1, 2, 3],
        atr_stop_multiplier: [7, 8, 9],
        max_holding_hours: [0.5],
      },
      top: 3,
    });
    const { top, sets, engine } = searchTable(task);
    expect(sets).toBe(3612);
    expect(top.map(({ params }) => params["atr_tp_multiplier"])).toEqual([9, 9, 9]);
    // The sums can tell that there is no spread: hardly any set is replayed.
    expect(engine.replays).toBeLessThan(20);
    expect(top.map(({ index, score, metrics }) => ({ index, score, metrics }))).toEqual(bruteForce(task).top);
  });
});
