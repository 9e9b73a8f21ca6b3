import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, ratioOf } from "../../src/search/metrics.ts";
import { objectiveNames } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Space } from "../../src/space/parameters.ts";
import { bruteForce, walkAll } from "../oracle/bruteForce.ts";
import { barsTask, type SignalBars } from "../support/bars.ts";
import { randomFrom } from "../support/random.ts";

/** A price that stands still, for two bars or for good, then moves by this part of it. */
function signal(random: () => number, moves: readonly number[], still: number): SignalBars {
  const move = moves[Math.floor(random() * moves.length)]!;
  const flat = [1, 1, 1] as const;
  const end = 1 + move;
  return {
    price: 100,
    atr: 1,
    bars: still > 0 ? [flat, flat, flat, flat] : [flat, [Math.max(1, end), Math.min(1, end), end], flat, flat],
    features: { still, score: Math.floor(10 * random()) },
    direction: random() < 0.5 ? 1 : -1,
    isObjective: random() < 0.3,
  };
}

/** Sets that stand still come first in the space, 3,200 of them; all others lose. */
const random = randomFrom(5);
const many = Array.from({ length: 10 }, (_, k) => 5 + k / 4);
const crowd = barsTask(
  Array.from({ length: 24 }, (_, k) => ({
    ...signal(random, [0.02], k % 2),
    direction: -1 as const,
    isObjective: k % 4 < 2,
  })),
  {
    space: {
      allowed_still: [[1], [0], "any"],
      min_score: [0, 1, 2, 3, 4, 5, 6, 7],
      atr_tp_multiplier: many,
      atr_stop_multiplier: many,
      max_holding_hours: [0.25, 0.5, 0.75, 1],
    },
    constraints: { minTrades: 1 },
    top: 3,
  },
);
const crowdMetrics = walkAll(crowd);

const found = (task: SearchTask) => searchTable(task).top.map(({ index, score }) => ({ index, score }));
const expected = (task: SearchTask) => bruteForce(task).top.map(({ index, score }) => ({ index, score }));

const space: Space = {
  allowed_still: ["any", [0], [1]],
  min_score: [0, 3, 6, 9],
  atr_tp_multiplier: [2, 4],
  atr_stop_multiplier: [1, 3],
  max_holding_hours: [0.25, 0.5, 1],
};

describe("ratios of a gain to a loss", () => {
  const trade = (value: number, row: number) => ({
    row,
    entryTimeMs: 0,
    exitTimeMs: 0,
    return: value,
    bars: 1,
    reason: "timeout" as const,
    objective: false,
  });

  it("are 0 where there is neither, and 999 where there is no loss", () => {
    const still = metricsOf([trade(0, 0), trade(0, 1)], 0, 1);
    expect([still.payoff, still.profit_factor, still.sortino, still.sqn]).toEqual([0, 0, 0, 0]);
    const gaining = metricsOf([trade(0, 0), trade(0.01, 1)], 0, 1);
    expect([gaining.payoff, gaining.profit_factor, gaining.sortino]).toEqual([999, 999, 999]);
    const losing = metricsOf([trade(0, 0), trade(-0.01, 1)], 0, 1);
    expect([losing.payoff, losing.profit_factor]).toEqual([0, 0]);
    expect(losing.sortino).toBeCloseTo(-Math.SQRT1_2, 15);
  });

  it("do not take the rounding of costs for a loss: 3 % over 1e-14 % is as without one", () => {
    const metrics = metricsOf([trade(0.03, 0), trade(-1e-16, 1)], 0, 1);
    expect([metrics.payoff, metrics.profit_factor, metrics.sortino]).toEqual([999, 999, 999]);
    expect(ratioOf(5000, 1)).toBe(5000);
  });
});

describe("a set whose trades all made exactly nothing", () => {
  for (const objective of objectiveNames) {
    it(`has no place by ${objective}, as brute force says, whatever the others do`, () => {
      fc.assert(
        fc.property(
          fc.integer(),
          // All gain, all lose, some of each and some that cancel, or none moves at all.
          fc.constantFrom([0.02], [-0.02], [0.02, -0.02], [0.015625, -0.015625, 0.5], [0]),
          fc.constantFrom<SearchTask["constraints"]>(
            { minTrades: 1 },
            { minTrades: 3 },
            { minTrades: 2, maxDrawdown: 3 },
            { minTrades: 1, minCaptureRate: 0.1 },
          ),
          fc.constantFrom(1, 40),
          (seed, moves, constraints, top) => {
            const random = randomFrom(seed);
            const signals = Array.from({ length: 30 }, () => signal(random, moves, random() < 0.5 ? 1 : 0));
            const task = barsTask(signals, { space, objective, constraints, top });
            const search = searchTable(task);
            const oracle = bruteForce(task);
            expect(search.top.map(({ index, score, metrics }) => ({ index, score, metrics }))).toEqual(oracle.top);
            expect(search.ranked).toBe(oracle.ranked);
            for (const { metrics } of search.top) expect([metrics.avg_win, metrics.avg_loss]).not.toEqual([0, 0]);
          },
        ),
        { numRuns: 40, seed: 21 },
      );
    });

    it(`does not crowd others out by ${objective}: thousands of such, and all others lose`, () => {
      const stillSets = crowdMetrics.filter(({ avg_win, avg_loss }) => avg_win === 0 && avg_loss === 0);
      expect(stillSets.length).toBeGreaterThan(3000);
      // Nor where each drawdown has to be walked, where threads share the work, or in little memory.
      for (const constraints of [{ minTrades: 1 }, { minTrades: 1, maxDrawdown: 50 }]) {
        const task: SearchTask = { ...crowd, objective, constraints };
        const wanted = bruteForce(task, crowdMetrics).top.map(({ index, score }) => ({ index, score }));
        expect(wanted).toHaveLength(3);
        for (const more of [{}, { threads: 2 }, { memoryBytes: 560 * 1024 }])
          expect(found({ ...task, ...more })).toEqual(wanted);
      }
    });
  }

  it("is nothing even if it is all there is", () => {
    const random = randomFrom(1);
    const signals = Array.from({ length: 10 }, () => signal(random, [0], 1));
    for (const objective of objectiveNames) {
      const task = barsTask(signals, { space, objective });
      expect(searchTable(task).top).toEqual([]);
      expect(searchTable({ ...task, limit: 5 }).top).toEqual([]);
    }
  });
});

describe("a ratio above the cap", () => {
  it("comes before the cap of 999 that a set without a loss has, and that before all below", () => {
    // By score 0 to 3: no loss; 5,000 over 1; 999 over 1 but for rounding; 998 over 1. Gains are 100 times 49.95 or so.
    const gains = [1, 50, 9.99, 9.98];
    const signals = gains.flatMap((points, group) =>
      Array.from({ length: 100 }, (_, k): SignalBars => {
        const end = k === 0 ? (group === 0 ? 1.001 : 0.99) : 1 + (points * 100) / 99 / 100;
        return {
          price: 100,
          atr: 1,
          bars: [[Math.max(1, end), Math.min(1, end), end]],
          features: { group },
        };
      }),
    );
    for (const objective of ["profit_factor", "sortino"] as const)
      for (const constraints of [{ minTrades: 1 }, { minTrades: 1, maxDrawdown: 60 }]) {
        const task = barsTask(signals, {
          objective,
          constraints,
          space: {
            allowed_group: [[3], [2], [0], [1], [0, 1], [2, 3]],
            atr_tp_multiplier: [60, 70],
            atr_stop_multiplier: [60],
            max_holding_hours: [0.25],
          },
        });
        for (const top of [1, 2, 3, 5, 12]) expect(found({ ...task, top })).toEqual(expected({ ...task, top }));
      }
  });
});
