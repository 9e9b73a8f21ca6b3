import { type Market, openTimeMs } from "../candles/candles.ts";
import { baselineOf } from "../opportunities/baseline.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import type { Phase1 } from "../report/result.ts";
import { partOf } from "./typeParts.ts";

/** What was read and found, by type. */
export function phase1Of(market: Market, table: OpportunityTable, labels: Labels): Phase1 {
  const series = [...market.bySymbol.values()];
  const rowsOf = (code: number): number[] => [...table.type.keys()].filter((row) => table.type[row] === code);
  return {
    symbols: series.length,
    candles: series.reduce((sum, { count }) => sum + count, 0),
    filled: series.reduce((sum, { defects }) => sum + defects.filled, 0),
    from: Math.min(...series.map(({ firstOpenTimeMs }) => firstOpenTimeMs)),
    to: Math.max(...series.map((candles) => openTimeMs(candles, candles.count - 1))),
    opportunities: table.count,
    types: Object.fromEntries(
      table.types.map((type, code) => {
        const part = partOf(table, labels, rowsOf(code));
        return [type, baselineOf(part.table, part.labels)];
      }),
    ),
  };
}
