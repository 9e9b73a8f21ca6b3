import { beforeAll, describe, expect, it } from "vitest";
import type { Market } from "../../src/candles/candles.ts";
import { type OpportunityTable, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import { SetReplayer } from "../../src/search/setReplayer.ts";
import type { Metrics, TradeRules } from "../../src/search/trades.ts";
import { orderSpace } from "../../src/space/order.ts";
import type { Parameters, Space } from "../../src/space/parameters.ts";
import {
  csvRowsOf,
  describeMarkets,
  jsonOf,
  marketOf,
  opportunitiesOf,
  type ReferenceMarket,
} from "../support/referenceData.ts";

const rules: TradeRules = { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null };
const memoryBytes = 16 * 1024 * 1024;
const noLabels = (count: number) => ({
  mfe: new Float64Array(count),
  mae: new Float64Array(count),
  hoursToMfe: new Float64Array(count),
  density: new Float64Array(count),
  objective: new Uint8Array(count),
});

interface ReferenceSearch {
  readonly opportunities: number;
  readonly left_out: number;
  readonly sets: number;
  readonly metrics: readonly (readonly [number, Metrics])[];
}

describeMarkets("an independent program's", (source: ReferenceMarket) => {
  let market: Market;
  let table: OpportunityTable;
  beforeAll(() => {
    market = marketOf(source);
    table = opportunitiesOf(source, market);
  });

  describe("trades", () => {
    let replayer: SetReplayer;
    beforeAll(() => {
      replayer = new SetReplayer({
        table,
        labels: noLabels(table.count),
        market,
        rules,
        longestBars: 400,
        memoryBytes,
      });
    });

    for (const k of [1, 2, 3, 4])
      it(`set ${k}: exit bars and reasons equal, returns to 1e-12`, () => {
        const expected = csvRowsOf(new URL(`trades-${k}.csv`, source.path));
        const trades = replayer.trades(jsonOf<Parameters>(new URL(`params-${k}.json`, source.path)));
        expect(trades.map((t) => [t.symbol, t.entryTimeMs, t.exitTimeMs, t.type, t.reason, t.bars])).toEqual(
          expected.map((t) => [
            t["symbol"],
            Number(t["entry_time"]),
            Number(t["exit_time"]),
            t["type"],
            t["reason"],
            Number(t["bars"]),
          ]),
        );
        for (const [i, trade] of trades.entries()) {
          expect(Math.abs(trade.return - Number(expected[i]!["return"]))).toBeLessThan(1e-12);
          expect(trade.exit).toBeCloseTo(Number(expected[i]!["exit"]), 9);
        }
      });
  });

  describe("search", () => {
    let reference: ReferenceSearch & Record<string, unknown>;
    let space: Space;
    let swing: OpportunityTable;
    let kept: OpportunityTable;
    beforeAll(() => {
      reference = jsonOf(new URL("search-swing.json", source.path));
      space = jsonOf<Record<string, Space>>(new URL("space.json", source.path))["swing"]!;
      const code = table.types.indexOf("swing");
      swing = pickRows(
        table,
        [...table.type.keys()].filter((row) => table.type[row] === code),
      );
      kept = pickRows(swing, rowsThatFit(swing, candlesOf(swing, market), 96));
    });

    it("leaves out what does not fit and counts the sets", () => {
      expect(kept.count).toBe(reference.opportunities);
      expect(swing.count - kept.count).toBe(reference.left_out);
      expect(orderSpace(space).sets).toBe(reference.sets);
    });

    it("gives the metrics of every seventh set to 1e-9", () => {
      const replayer = new SetReplayer({
        table: kept,
        labels: noLabels(kept.count),
        market,
        rules,
        longestBars: 96,
        memoryBytes,
      });
      const order = orderSpace(space);
      for (const [index, expected] of reference.metrics) {
        const { metrics } = replayer.figures(order.parametersOf(index));
        for (const [name, value] of Object.entries(expected)) {
          const found = metrics[name as keyof Metrics];
          if (typeof value === "object")
            for (const [reason, share] of Object.entries(value))
              near((found as Metrics["exits"])[reason]!, share as number);
          else near(found as number, value);
        }
      }
    });

    for (const objective of ["total", "sqn", "balanced"] as const)
      it(`ranks the 20 best by ${objective} as the reference does`, () => {
        const found = searchTable({
          table: kept,
          labels: noLabels(kept.count),
          market,
          space,
          rules,
          objective,
          constraints: { minTrades: 20 },
          drawdownLimit: 20,
          top: 20,
          memoryBytes,
        });
        const key = Object.keys(reference).find((name) => name.startsWith(`top_${objective}`))!;
        const expected = reference[key] as readonly (readonly number[])[];
        expect(found.top.map((set) => set.index)).toEqual(expected.map(([index]) => index));
        for (const [k, set] of found.top.entries()) near(set.score, expected[k]![1]!);
      });
  });
});

function near(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}
