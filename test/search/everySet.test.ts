import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everySet, partsOf, type SummedSet } from "../../src/search/everySet.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Metrics } from "../../src/search/trades.ts";
import type { Parameters, Space } from "../../src/space/parameters.ts";
import { allSets, walkAll } from "../oracle/bruteForce.ts";
import { chargedAtRandom, holedCase, randomCase } from "../support/random.ts";
import { intrabarRules, spaceArbitrary, taskOf } from "../support/searchCases.ts";

/** Names of what is a number of trades, or one divided by another: the same to the bit. */
const exact = ["n", "win_rate", "capture_rate", "precision"] as const;
const added = ["avg_return", "total_return", "stdev", "avg_win", "avg_loss", "payoff", "profit_factor"] as const;

function expectClose(found: number, expected: number, what: string): void {
  expect(Math.abs(found - expected), `${what}: ${found} and ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
}

function expectMetrics(found: SummedSet, expected: Metrics): void {
  for (const name of exact) expect(found.metrics[name], name).toBe(expected[name]);
  for (const name of added) expectClose(found.metrics[name], expected[name], name);
  expectClose(found.gains, expected.avg_win * expected.win_rate * expected.n, "gains");
  expectClose(found.losses, expected.avg_loss * (1 - expected.win_rate) * expected.n, "losses");
  expect(found.wins).toBe(Math.round(expected.win_rate * expected.n));
}

const paramsOf = (space: Space, { digits }: SummedSet): Parameters =>
  Object.fromEntries(
    Object.entries(space).flatMap(([key, candidates], k) => {
      const digit = digits[k]!;
      return digit === null ? [] : [[key, candidates[digit]!]];
    }),
  );

function expectBruteForce(task: SearchTask, found: readonly SummedSet[]): void {
  const sets = allSets(task.space);
  const metrics = walkAll(task);
  expect(found.map((set) => set.index)).toEqual(sets.map((_, k) => k));
  for (const [k, set] of found.entries()) {
    expect(paramsOf(task.space, set)).toEqual(sets[k]);
    expectMetrics(set, metrics[k]!);
  }
}

describe("every set with its sums", () => {
  it("equals walking every set bar by bar, in the space's order, whatever the parts and the memory", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        spaceArbitrary,
        intrabarRules,
        fc.constantFrom(randomCase, holedCase),
        fc.constantFrom([2 ** 18, 2 ** 15], [40, 5], [7, 3], [1, 1]),
        fc.constantFrom(2 ** 24, 560 * 1024),
        (seed, space, intrabar, caseOf, [sets, combinations], memoryBytes) => {
          const one = chargedAtRandom(caseOf(seed, 50, 90), seed);
          const task = taskOf(one, space, "evidence", { minTrades: 3 }, intrabar, memoryBytes);
          expectBruteForce(task, [...everySet(task, partsOf(space, sets, combinations))]);
        },
      ),
      { numRuns: 25, seed: 21 },
    );
  });

  it("keeps sets without trades, and those that no constraint lets rank", () => {
    const space = { min_score: [0, 100], atr_tp_multiplier: [1, 2] };
    const task = taskOf(randomCase(1, 50, 90), space, "total", { minTrades: 1000 }, "stop-first", 2 ** 24);
    const sets = [...everySet(task)];
    expect(sets.map(({ metrics }) => metrics.n > 0)).toEqual([true, true, false, false]);
    expect(sets[3]).toMatchObject({ index: 3, digits: [1, 1], gains: 0, losses: 0, wins: 0, objective: 0 });
  });

  it("where exits are partial", () => {
    const space: Space = {
      partial_exit: ["none", { share: 0.5, atr: 0.5, then: "break_even" }],
      min_score: [0, 4],
      break_even_offset_percent: [0, 0.5],
      atr_tp_multiplier: [1, 3],
    };
    const task = taskOf(randomCase(3, 60, 90), space, "total", { minTrades: 1 }, "stop-first", 2 ** 24);
    for (const sizes of [[2 ** 18, 2 ** 15] as const, [2, 2] as const])
      expectBruteForce(task, [...everySet(task, partsOf(space, ...sizes))]);
  });
});

describe("the parts of a space", () => {
  it("hold each set once, and no more than they may", () => {
    fc.assert(
      fc.property(
        spaceArbitrary,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (space, most, few) => {
          let sum = 0;
          for (const part of partsOf(space, most, few)) {
            const sets = Object.values(part.space).reduce((product, list) => product * list.length, 1);
            expect(sets).toBeLessThanOrEqual(most);
            sum += sets;
          }
          expect(sum).toBe(Object.values(space).reduce((product, list) => product * list.length, 1));
        },
      ),
      { numRuns: 100, seed: 2 },
    );
  });
});
