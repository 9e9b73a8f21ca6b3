import { describe, expect, it } from "vitest";
import { CapacityError } from "../../src/errors.ts";
import { leaderboardSize, requireLeaderboard } from "../../src/search/leaderboardSize.ts";
import { type Objective, objectiveNames } from "../../src/search/objectives.ts";
import { planSearch } from "../../src/search/planSearch.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Space } from "../../src/space/parameters.ts";
import { bruteForce, walkAll } from "../oracle/bruteForce.ts";
import { holedCase, randomCase } from "../support/random.ts";
import { taskOf } from "../support/searchCases.ts";

/** Many sets tie: a holding time beyond all others, filters that reject nothing more. */
const space: Space = {
  min_score: [0, 2, 2.5, 5],
  max_holding_hours: [0.25, 4, 1, 4.1],
  max_level: [4, 3, 1],
  atr_tp_multiplier: [0.5, 2, 1],
  allowed_group: ["any", [0, 1], [1, 2, 3]],
  atr_stop_multiplier: [0.5, 3, 1],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [0, 1],
  trailing_stop_distance: [0.5],
};
const sets = 4 * 4 * 3 * 3 * 3 * 3 * 3;

const taskBy = (objective: Objective, top: number, caseOf = randomCase): SearchTask => ({
  ...taskOf(caseOf(7, 60, 90), space, objective, { minTrades: 3 }, "stop-first", 2 ** 24),
  top,
});

describe("a leaderboard as long as the space", () => {
  for (const caseOf of [randomCase, holedCase]) {
    const metrics = walkAll(taskBy("total", 1, caseOf));
    for (const objective of objectiveNames)
      it(`has every set at the place that walking every set gives it: ${objective}, ${caseOf.name}`, () => {
        const task = taskBy(objective, 10 * sets, caseOf);
        const found = searchTable(task);
        const expected = bruteForce(task, metrics);
        expect(found.sets).toBe(sets);
        expect(found.top.length).toBeGreaterThan(500);
        expect(found.top.map(({ index, score, metrics: own }) => ({ index, score, metrics: own }))).toEqual(
          expected.top,
        );
      });
  }

  it("may be stopped between the exits that it replays", () => {
    const stop = new Error("stopped");
    let beats = 0;
    // Sweeps tell a part of the sets; where leaders are replayed there is none.
    const onTile = (walked: number): void => {
      if (walked === 0 && ++beats > 30) throw stop;
    };
    let replays = 0;
    const onReplay = (): void => void replays++;
    expect(() => searchTable({ ...taskBy("total", sets), onTile, onReplay })).toThrow(stop);
    expect(replays).toBeLessThan(2);
  });

  it("begins as a shorter one, figure for figure", () => {
    for (const objective of ["evidence", "total", "balanced", "calmar"] as const) {
      const long = searchTable(taskBy(objective, sets)).top;
      for (const top of [1, 2, 9, 100]) expect(searchTable(taskBy(objective, top)).top).toEqual(long.slice(0, top));
    }
  });
});

describe("the size of a leaderboard", () => {
  it("counts no more places than there are sets", () => {
    const plan = planSearch(taskBy("evidence", 10 ** 9));
    expect(plan.leaderboard.sets).toBe(sets);
    expect(plan.leaderboard).toEqual(planSearch(taskBy("evidence", sets)).leaderboard);
    expect(plan.leaderboard.bytes).toBeGreaterThan(planSearch(taskBy("evidence", 10)).leaderboard.bytes);
    expect(plan.regions.find(({ name }) => name === "heap")!.bytes).toBeLessThan(2 * 24 * sets);
  });

  it("is refused beyond the memory, and just fits below", () => {
    const { bytes } = leaderboardSize(1000, 1e6, 0);
    expect(() => requireLeaderboard(1000, 1e6, bytes / 0.75)).not.toThrow();
    const refused = (): void => requireLeaderboard(1001, 1e6, bytes / 0.75);
    expect(refused).toThrow(CapacityError);
    expect(refused).toThrow("the leaderboard does not fit the memory");
    expect(() => requireLeaderboard(1e9, 1e6, 2 ** 40)).toThrow(CapacityError);
    expect(() => requireLeaderboard(1e9, 200, bytes / 0.75)).not.toThrow();
  });
});
