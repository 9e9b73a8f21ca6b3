import { describe, expect, it } from "vitest";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { bruteForce, walkAll } from "../oracle/bruteForce.ts";
import { madeUpObjectives } from "../support/madeUpObjectives.ts";
import { randomCase } from "../support/random.ts";

function plainTask(): Omit<SearchTask, "objective"> {
  const { market, table, labels } = randomCase(1, 50, 90);
  const rows = rowsThatFit(table, candlesOf(table, market), 17);
  return {
    table: pickRows(table, rows),
    labels: pickLabels(labels, rows),
    market,
    space: {
      min_score: [0, 2, 5, 8],
      max_level: [4, 3, 1],
      require_flag: [false, true],
      allowed_group: ["any", [0, 1], [1, 2, 3]],
      atr_tp_multiplier: [0.5, 1, 2, 4],
      atr_stop_multiplier: [0.5, 1, 3],
      max_holding_hours: [0.25, 1, 4],
      trailing_stop_enabled: [false, true],
      trailing_stop_activation: [0, 1],
      trailing_stop_distance: [0.5],
    },
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001, intrabar: "stop-first", summaryBars: null },
    constraints: { minTrades: 3 },
    drawdownLimit: 20,
    top: 7,
    memoryBytes: 16 * 1024 * 1024,
  };
}

describe("an objective that is one row more ranks sets as walking every one of them does", () => {
  const plain = plainTask();
  const metrics = walkAll({ ...plain, objective: "total" });
  for (const objective of madeUpObjectives)
    for (const maxDrawdown of [undefined, 8])
      it(`${objective}${maxDrawdown === undefined ? "" : ", drawdown limited"}`, () => {
        const constraints = { minTrades: 3, ...(maxDrawdown !== undefined && { maxDrawdown }) };
        const task = { ...plain, objective, constraints };
        const { top } = searchTable(task);
        const expected = bruteForce(task, metrics).top;
        expect(expected.length).toBe(task.top);
        expect(top.map(({ index, score, metrics }) => ({ index, score, metrics }))).toEqual(expected);
      });
});
