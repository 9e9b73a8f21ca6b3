import type { Market } from "../candles/candles.ts";
import { accountLayout } from "../core/accountReplayer.ts";
import { requireFit } from "../core/layout.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { candlesOf } from "../search/market.ts";
import { daysOf } from "./days.ts";

/** What accounts of many sets take in the engine. Field names are those of the JSON. */
export interface PortfolioPlan {
  /** A fixed linear memory beside that of the search, bytes. */
  readonly linear_memory_bytes: number;
  /** UTC days of an account. */
  readonly days: number;
}

/** The memory of a `PortfolioReplayer` over a table; throws CapacityError if `memoryBytes` is not enough. */
export function planPortfolio(table: OpportunityTable, market: Market, memoryBytes: number): PortfolioPlan {
  const { count: days } = daysOf(table, candlesOf(table, market));
  const layout = accountLayout({ signals: table.count, symbols: table.symbols.length, days });
  requireFit(layout, memoryBytes, `a portfolio of ${table.count} opportunities and ${days} days`, "table");
  return { linear_memory_bytes: Math.ceil(layout.totalBytes / 65536) * 65536, days };
}
