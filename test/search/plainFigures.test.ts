import { describe, expect, it } from "vitest";
import { PlainFigures } from "../../src/search/plainFigures.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { capturedRows } from "../../src/search/setReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { filtersOf } from "../../src/space/filters.ts";
import type { Parameters, Space } from "../../src/space/parameters.ts";
import { allSets } from "../oracle/bruteForce.ts";
import { randomCase, randomFrom } from "../support/random.ts";

const space: Space = {
  min_score: [0, 2, 5],
  max_level: [4, 3, 1],
  atr_tp_multiplier: [0.5, 2],
  atr_stop_multiplier: [0.5, 1, 3],
  max_holding_hours: [0.25, 0.5, 1, 4, 4.1],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [0, 1],
  trailing_stop_distance: [0.5],
};
const rules: TradeRules = {
  fee: 0.0005,
  slippage: 0.0002,
  fundingPer8h: 0.0001,
  intrabar: "stop-first",
  summaryBars: null,
};

function taskOf(seed: number, changed: Partial<TradeRules>): SearchTask {
  // Some paths end with the data.
  const { market, table, labels } = randomCase(seed, 50, 90);
  return {
    table,
    labels,
    market,
    space,
    rules: { ...rules, ...changed },
    objective: "sqn",
    constraints: { minTrades: 1 },
    drawdownLimit: 20,
    top: 5,
    memoryBytes: 2 ** 24,
  };
}

/** Sets in no order, near ones often next to each other. */
function* someSets(seed: number, count: number): Generator<Parameters> {
  const random = randomFrom(seed);
  const sets = allSets(space);
  let at = 0;
  for (let k = 0; k < count; k++) {
    at = random() < 0.5 ? Math.floor(random() * sets.length) : (at + Math.floor(random() * 20)) % sets.length;
    yield sets[at]!;
  }
}

describe("figures of sets, one after the other", () => {
  for (const changed of [{}, { intrabar: "target-first" }, { intrabar: "nearest-open" }, { summaryBars: 6 }] as const)
    it(`are those of each set alone: ${JSON.stringify(changed)}`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const task = taskOf(seed, changed);
        const figures = new PlainFigures(task);
        for (const params of someSets(seed, 200)) {
          const rows = capturedRows(task.table, filtersOf(params));
          expect(figures.figures(params, rows)).toEqual(new PlainFigures(task).figures(params, rows));
        }
      }
    });

  it("are not made again where no trade can differ", () => {
    const task = taskOf(3, {});
    const figures = new PlainFigures(task);
    const rows = capturedRows(task.table, filtersOf({ min_score: 0 }));
    const params = { min_score: 0, atr_tp_multiplier: 0.5, atr_stop_multiplier: 0.5 };
    const long = figures.figures({ ...params, max_holding_hours: 40 }, rows);
    const longer = figures.figures({ ...params, max_holding_hours: 41 }, rows);
    expect(longer.metrics).toBe(long.metrics);
    expect(longer.params).toEqual({ ...params, max_holding_hours: 41 });
  });
});
