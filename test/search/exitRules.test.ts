import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Constraints, objectiveNames } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { Metrics } from "../../src/search/trades.ts";
import { orderSpace } from "../../src/space/order.ts";
import type { Space } from "../../src/space/parameters.ts";
import { walkAll } from "../oracle/bruteForce.ts";
import { chargedAtRandom, holedCase, randomCase, withExitSignals } from "../support/random.ts";
import {
  expectBruteForce,
  expectNestedLoops,
  intrabarRules,
  exitRuleSpaces as spaceArbitrary,
  taskOf,
} from "../support/searchCases.ts";

describe("a space of any exit rules", () => {
  it("has its sets in the order of nested loops, and each has its rank", () => {
    fc.assert(fc.property(spaceArbitrary, expectNestedLoops), { numRuns: 60, seed: 3 });
  });

  for (const objective of objectiveNames)
    it(`is searched as walking every set does, by ${objective}`, () => {
      fc.assert(
        fc.property(
          fc.integer(),
          spaceArbitrary,
          fc.constantFrom<Constraints>({ minTrades: 3 }, { minTrades: 5, maxDrawdown: 15 }, { minTrades: 0 }),
          intrabarRules,
          fc.constantFrom(randomCase, holedCase),
          fc.constantFrom(2 ** 24, 2 ** 20),
          (seed, space, constraints, intrabar, caseOf, memoryBytes) => {
            const one = withExitSignals(caseOf(seed, 50, 90), seed);
            expectBruteForce(taskOf(one, space, objective, constraints, intrabar, memoryBytes));
          },
        ),
        { numRuns: 40, seed: 17 },
      );
    });
});

describe("a space of any exit rules, where funding is the candles' own rates", () => {
  for (const objective of ["evidence", "sqn", "calmar"] as const)
    it(`is searched as walking every set does, by ${objective}`, () => {
      fc.assert(
        fc.property(
          fc.integer(),
          spaceArbitrary,
          intrabarRules,
          fc.constantFrom(randomCase, holedCase),
          fc.constantFrom(2 ** 24, 2 ** 20),
          (seed, space, intrabar, caseOf, memoryBytes) => {
            const one = chargedAtRandom(withExitSignals(caseOf(seed, 50, 90), seed), seed);
            expectBruteForce(taskOf(one, space, objective, { minTrades: 3 }, intrabar, memoryBytes));
          },
        ),
        { numRuns: 40, seed: 17 },
      );
    });
});

describe("a large space with every rule", () => {
  const space: Space = {
    min_score: [0, 1, 2, 3, 4, 5, 6, 7],
    max_level: [4, 3, 2],
    stop_loss_percent: [0.5, 1, 2],
    roi: [{ 0: 2, 60: 0.5 }, { 0: 1.2, 30: 0, 90: -1 }, { 0: 4 }],
    max_holding_hours: [1, 2, 4],
    trailing_stop_enabled: [false, true],
    trailing_activation_percent: [0.5, 1],
    trailing_distance_percent: [0.4, 0.8, 1.2],
    break_even_activation: ["none", 0.5, 1],
    break_even_offset_percent: [0, 0.3],
    partial_exit: ["none", { share: 0.5, percent: 0.8 }, { share: 0.25, percent: 1, then: "break_even" }],
    use_exit_signal: [false, true],
  };

  it("is that large", () => expect(orderSpace(space).sets).toBeGreaterThan(100_000));

  const one = withExitSignals(holedCase(5, 60, 120), 5);
  const task = taskOf(one, space, "evidence", { minTrades: 5 }, "nearest-open", 2 ** 24);
  let metrics: Metrics[];
  beforeAll(() => {
    metrics = walkAll(task);
  });

  for (const objective of objectiveNames)
    it(`is searched as walking every set does, by ${objective}, by one thread and by two`, () => {
      expectBruteForce({ ...task, objective }, metrics);
      expectBruteForce({ ...task, objective, constraints: { minTrades: 5, maxDrawdown: 12 } }, metrics);
      const { engine: _, ...alone } = searchTable({ ...task, objective });
      const { engine: __, ...shared } = searchTable({ ...task, objective, threads: 2, memoryBytes: 2 ** 22 });
      expect(shared).toEqual(alone);
    });
});
