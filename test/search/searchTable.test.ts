import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Constraints, type Objective, objectiveNames } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { IntrabarRule, Metrics } from "../../src/search/trades.ts";
import type { Space } from "../../src/space/parameters.ts";
import { walkAll } from "../oracle/bruteForce.ts";
import { holedCase, randomCase } from "../support/random.ts";
import { expectBruteForce, expectNestedLoops, spaceArbitrary, taskOf as taskOfCase } from "../support/searchCases.ts";

const taskOf = (
  seed: number,
  space: Space,
  objective: Objective,
  constraints: Constraints,
  intrabar: IntrabarRule,
  memoryBytes: number,
  caseOf = randomCase,
): SearchTask => taskOfCase(caseOf(seed, 50, 90), space, objective, constraints, intrabar, memoryBytes);

describe("a search equals walking every set, bar by bar", () => {
  for (const objective of objectiveNames)
    it(`ranks by ${objective}, to the bit`, () => {
      fc.assert(
        fc.property(
          fc.integer(),
          spaceArbitrary,
          fc.constantFrom<Constraints>(
            { minTrades: 3 },
            { minTrades: 0 },
            { minTrades: 5, maxDrawdown: 15 },
            { minTrades: 2, minCaptureRate: 0.3 },
          ),
          fc.constantFrom<IntrabarRule>("stop-first", "target-first", "nearest-open"),
          // At the higher fee every set loses.
          fc.constantFrom(0.0005, 0.1),
          (seed, space, constraints, intrabar, fee) => {
            const task = taskOf(seed, space, objective, constraints, intrabar, 16 * 1024 * 1024);
            expectBruteForce({ ...task, rules: { ...task.rules, fee } });
          },
        ),
        { numRuns: 60, seed: 11 },
      );
    });

  it("where candles are missing and symbols open at moments of their own, by any objective and intrabar rule", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        spaceArbitrary,
        fc.constantFrom(...objectiveNames),
        fc.constantFrom<Constraints>({ minTrades: 3 }, { minTrades: 5, maxDrawdown: 15 }),
        fc.constantFrom<IntrabarRule>("stop-first", "target-first", "nearest-open"),
        (seed, space, objective, constraints, intrabar) => {
          expectBruteForce(taskOf(seed, space, objective, constraints, intrabar, 2 ** 24, holedCase));
        },
      ),
      { numRuns: 200, seed: 13 },
    );
  });

  it("gives the same leaderboard in any memory that holds it", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        spaceArbitrary,
        fc.constantFrom<Objective>("evidence", "sqn", "balanced"),
        fc.constantFrom(randomCase, holedCase),
        (seed, space, objective, caseOf) => {
          const task = taskOf(seed, space, objective, { minTrades: 3 }, "stop-first", 64 * 1024 * 1024, caseOf);
          const wide = searchTable(task);
          const narrow = searchTable({ ...task, memoryBytes: 560 * 1024 });
          expect(narrow.top).toEqual(wide.top);
          expect(narrow.ranked).toBe(wide.ranked);
        },
      ),
      { numRuns: 20, seed: 3 },
    );
  });
});

describe("a search of 10^5 sets equals walking every one of them", () => {
  const space: Space = {
    min_score: [0, 2, 4, 6, 8],
    atr_tp_multiplier: [0.5, 1, 1.5, 2, 3, 4],
    max_level: [4, 3, 2, 1],
    atr_stop_multiplier: [0.5, 1, 1.5, 2, 3],
    require_flag: [false, true],
    max_holding_hours: [0.5, 1, 2, 3, 4],
    allowed_group: ["any", [0, 1], [1, 2, 3]],
    trailing_stop_enabled: [false, true],
    trailing_stop_activation: [0.5, 1],
    trailing_stop_distance: [0.5, 1, 1.5],
  };
  const taskBy = (objective: Objective, constraints: Constraints): SearchTask => ({
    ...taskOf(99, space, objective, constraints, "stop-first", 16 * 1024 * 1024),
    drawdownLimit: 4,
    top: 50,
  });
  let metrics: readonly Metrics[];
  beforeAll(() => {
    metrics = walkAll(taskBy("balanced", { minTrades: 3 }));
  });
  for (const objective of objectiveNames)
    for (const constraints of [{ minTrades: 3 }, { minTrades: 3, maxDrawdown: 12 }])
      it(`by ${objective}${"maxDrawdown" in constraints ? ", drawdown limited" : ""}`, () => {
        expect(metrics).toHaveLength(126_000);
        expectBruteForce(taskBy(objective, constraints), metrics);
      });
});

describe("the order of a space", () => {
  it("numbers sets as nested loops do, and finds its way back", () => {
    fc.assert(fc.property(spaceArbitrary, expectNestedLoops), { numRuns: 60, seed: 5 });
  });
});
