import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Objective, objectiveNames, objectives } from "../../src/search/objectives.ts";
import { plateauCells } from "../../src/search/plateauCells.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { surfaceOf } from "../../src/search/surface.ts";
import type { Tallies } from "../../src/search/tallies.ts";
import { allSets, walkAll } from "../oracle/bruteForce.ts";
import { holedCase, randomCase } from "../support/random.ts";
import { spaceArbitrary, taskOf } from "../support/searchCases.ts";

interface ScoredSet {
  readonly digits: Readonly<Record<string, number>>;
  readonly score: number;
  readonly gains: boolean;
}

/** Every ranked set by walking it, with the score that it would have without a drawdown. */
function scoredSets(task: SearchTask): ScoredSet[] {
  const metrics = walkAll(task);
  const { minTrades, minCaptureRate = 0 } = task.constraints;
  return allSets(task.space).flatMap((set, k) => {
    const own = metrics[k]!;
    const isRanked = own.n > 0 && own.n >= minTrades && own.capture_rate >= minCaptureRate;
    if (!isRanked || (own.avg_win === 0 && own.avg_loss === 0)) return [];
    const digits = Object.fromEntries(
      Object.entries(set).map(([key, value]) => [
        key,
        task.space[key]!.findIndex((candidate) => JSON.stringify(candidate) === JSON.stringify(value)),
      ]),
    );
    const score = objectives[task.objective].score({ ...own, max_drawdown: 0 }, 1e9);
    return [{ digits, score, gains: own.total_return > 0 }];
  });
}

function expectTally(tallies: Tallies, at: number, sets: readonly ScoredSet[], what: string): void {
  expect(tallies.count[at], `${what}: sets`).toBe(sets.length);
  expect(tallies.gaining[at], `${what}: that make money`).toBe(sets.filter(({ gains }) => gains).length);
  const sum = sets.reduce((total, { score }) => total + score, 0);
  expect(Math.abs(tallies.sum[at]! - sum), `${what}: sum`).toBeLessThanOrEqual(
    1e-9 * sets.reduce((size, { score }) => size + Math.abs(score), 1),
  );
  const best = Math.max(...sets.map(({ score }) => score));
  if (sets.length === 0) expect(tallies.best[at]).toBe(Number.NEGATIVE_INFINITY);
  else
    expect(Math.abs(tallies.best[at]! - best), `${what}: best`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(best)));
}

function expectSurface(task: SearchTask): void {
  const { space } = task;
  const { parameters, all, single, pairs } = surfaceOf(task);
  const sets = scoredSets(task);
  const keys = Object.keys(space);
  expect(parameters).toEqual(keys);
  expect(all.count).toBe(sets.length);
  expect(all.gaining).toBe(sets.filter(({ gains }) => gains).length);
  for (const [k, key] of keys.entries())
    for (const digit of space[key]!.keys())
      expectTally(
        single[k]!,
        digit,
        sets.filter(({ digits }) => digits[key] === digit),
        `${key} ${digit}`,
      );
  expect(pairs).toHaveLength((keys.length * (keys.length - 1)) / 2);
  for (const { first, second, tallies } of pairs) {
    const [a, b] = [keys[first]!, keys[second]!];
    for (const i of space[a]!.keys())
      for (const j of space[b]!.keys())
        expectTally(
          tallies,
          i * space[b]!.length + j,
          sets.filter(({ digits }) => digits[a] === i && digits[b] === j),
          `${a} ${i}, ${b} ${j}`,
        );
  }
}

describe("the surface of a search", () => {
  it("equals walking every set, for one parameter and any two, whatever ranks and in any memory", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        spaceArbitrary,
        // The score of sqn and sortino, and the payoff of balanced, are ill-conditioned where few trades are nearly equal.
        fc.constantFrom<Objective>("evidence", "total", "expectancy", "capture", "calmar"),
        fc.constantFrom(0, 3, 5),
        fc.constantFrom(randomCase, holedCase),
        fc.constantFrom(2 ** 24, 560 * 1024),
        (seed, space, objective, minTrades, caseOf, memoryBytes) => {
          const constraints = { minTrades, ...(seed % 2 === 0 && { minCaptureRate: 0.2 }) };
          expectSurface(taskOf(caseOf(seed, 50, 90), space, objective, constraints, "stop-first", memoryBytes));
        },
      ),
      { numRuns: 25, seed: 31 },
    );
  });

  it("is of every objective", () => {
    const space = { min_score: [0, 2], atr_tp_multiplier: [1, 2], max_level: [4, 2] };
    for (const objective of objectiveNames)
      expectSurface(taskOf(randomCase(3, 80, 90), space, objective, { minTrades: 8 }, "stop-first", 2 ** 24));
  });
});

describe("the plateau around a cell", () => {
  const map = [0, 9.5, null, 9.2, 10, 5, 9.9, 0, 9.9];
  it("is what is side by side and at most a tenth of the range below it", () => {
    expect(plateauCells(map, 3, 4)).toEqual([1, 3, 4, 6]);
    expect(plateauCells(map, 3, 8)).toEqual([8]);
    // What is better belongs to it as well.
    expect(plateauCells(map, 3, 3)).toEqual([1, 3, 4, 6]);
  });
  it("is empty around a cell without sets, and all of a flat map", () => {
    expect(plateauCells(map, 3, 2)).toEqual([]);
    expect(plateauCells([1, 1, 1, 1], 2, 0)).toEqual([0, 1, 2, 3]);
  });
  it("does not go around the edge of a row", () => {
    expect(plateauCells([0, 0, 1, 1, 0, 0], 3, 2)).toEqual([2]);
  });
});
