import { describe, expect, it } from "vitest";
import { factorisedSearch, isFactorised } from "../../bench/baseline/factorised.ts";
import { Walker } from "../../bench/baseline/walk.ts";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import { objectiveNames } from "../../src/search/objectives.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Space } from "../../src/space/parameters.ts";
import { allSets, bruteForce } from "../oracle/bruteForce.ts";
import { randomCase } from "../support/random.ts";

const space: Space = {
  max_level: [3, 1, 4],
  atr_stop_multiplier: [1, 0.5, 3],
  trailing_stop_enabled: [true, false],
  trailing_stop_distance: [0.5, 1],
  min_score: [0, 5, 2],
  atr_tp_multiplier: [2, 0.5, 4],
  max_holding_hours: [4, 0.25, 1],
  trailing_stop_activation: [0, 1, 2],
};

function taskOf(seed: number, objective: SearchTask["objective"]): SearchTask {
  const { market, table, labels } = randomCase(seed, 60, 90);
  const rows = rowsThatFit(table, candlesOf(table, market), 16);
  return {
    table: pickRows(table, rows),
    labels: pickLabels(labels, rows),
    market,
    space,
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001, intrabar: "stop-first", summaryBars: null },
    objective,
    constraints: { minTrades: 3 },
    drawdownLimit: 20,
    top: 5,
    memoryBytes: 16 * 1_048_576,
  };
}

describe("the plain rows of the benches do the same work as the engine", () => {
  for (const objective of objectiveNames.filter(isFactorised))
    it(`the factorised search ranks by ${objective} as walking every set does`, () => {
      for (const seed of [1, 2, 3]) {
        const task = taskOf(seed, objective);
        const found = factorisedSearch(task);
        const expected = bruteForce(task).top;
        expect(found.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
        for (const [k, { score }] of found.entries()) expect(score).toBeCloseTo(expected[k]!.score, 9);
      }
    });

  it("the bar-by-bar walk scores a set as the oracle does", () => {
    for (const objective of objectiveNames) {
      const task = taskOf(4, objective);
      const walker = new Walker(task);
      const sets = allSets(space);
      for (const { index, score } of bruteForce(task).top) expect(walker.score(sets[index]!)).toBeCloseTo(score, 9);
    }
  });
});
