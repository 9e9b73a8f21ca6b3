import { beforeAll, expect, it } from "vitest";
import type { Market } from "../../src/candles/candles.ts";
import { CapacityError } from "../../src/errors.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import type { Objective } from "../../src/search/objectives.ts";
import { type SearchOutcome, searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { wideSpace } from "../support/columns.ts";
import { describeMarkets, marketOf, opportunitiesOf } from "../support/referenceData.ts";

const mib = 1048576;
let market: Market;
let table: OpportunityTable;

/** The opportunities of a market, 288 filter combinations and 720 exits. */
function task(objective: Objective, memoryBytes: number, threads: number, maxDrawdown?: number): SearchTask {
  const labels = {
    mfe: new Float64Array(table.count),
    mae: new Float64Array(table.count),
    hoursToMfe: new Float64Array(table.count),
    density: new Float64Array(table.count),
    objective: Uint8Array.from({ length: table.count }, (_, row) => (row % 3 === 0 ? 1 : 0)),
  };
  return {
    table,
    labels: pickLabels(
      labels,
      Uint32Array.from({ length: table.count }, (_, row) => row),
    ),
    market,
    space: wideSpace,
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001, intrabar: "stop-first", summaryBars: null },
    objective,
    constraints: { minTrades: 10, ...(maxDrawdown !== undefined && { maxDrawdown }) },
    drawdownLimit: 5,
    top: 25,
    memoryBytes,
    threads,
  };
}

const found = ({ sets, ranked, top }: SearchOutcome) => ({ sets, ranked, top });

describeMarkets("the leaderboard is the same to the bit", (source) => {
  beforeAll(() => {
    market = marketOf(source);
    const all = opportunitiesOf(source, market);
    table = pickRows(all, rowsThatFit(all, candlesOf(all, market), 96));
  });

  for (const [objective, maxDrawdown] of [
    ["evidence"],
    ["sqn"],
    ["balanced"],
    ["calmar"],
    ["total", 12],
    ["evidence", 12],
  ] as const)
    it(`for any memory and number of threads: ${objective}${maxDrawdown ? " under a drawdown constraint" : ""}`, () => {
      const reference = searchTable(task(objective, 16 * mib, 1, maxDrawdown));
      expect(reference.top).toHaveLength(25);
      for (const threads of [1, 2, 3])
        for (const memory of [16, 24, 64, 256])
          expect(found(searchTable(task(objective, memory * mib, threads, maxDrawdown)))).toEqual(found(reference));
    });

  it("where the opportunities do not fit and stream through, by one thread or three", () => {
    for (const objective of ["evidence", "sqn", "balanced", "calmar"] as const) {
      const reference = searchTable(task(objective, 16 * mib, 1));
      for (const threads of [1, 3]) {
        const streamed = inLeastMemory((memoryBytes) => searchTable(task(objective, memoryBytes, threads)));
        expect(streamed.engine.passes).toBeGreaterThan(reference.engine.passes);
        expect(found(streamed)).toEqual(found(reference));
      }
    }
  });
});

/** Runs in the least memory that does not refuse, page by page. */
function inLeastMemory<T>(run: (memoryBytes: number) => T): T {
  for (let pages = 2; ; pages++)
    try {
      return run(pages * 65536);
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
    }
}
