import { rowColumns } from "./rowColumns.ts";
import type { Labels, OpportunityTable } from "./table.ts";

/**
 * One opportunity or signal as an object with the columns of a signals file: `symbol`, `timestamp` (open time of the signal's candle, epoch ms
 * UTC; the signal is known at its close), `direction`, `type`, `entry` (quote currency), `atr` (price units), then features, and
 * `activation_` and `label_` columns where there are any. null is an empty cell.
 */
export interface OpportunityRow {
  /** Symbol, as the candles name it. */
  readonly symbol: string;
  /** Open time of the signal's candle, epoch ms. */
  readonly timestamp: number;
  /** Its side. */
  readonly direction: "long" | "short";
  /** Signal type. */
  readonly type: string;
  /** Price of the entry. */
  readonly entry: number;
  /** ATR at the entry, in price units. */
  readonly atr: number;
  readonly [column: string]: string | number | null;
}

/** A table's rows as objects, with the columns and values that a file of them has. */
export function rowObjects(table: OpportunityTable, labels?: Labels): OpportunityRow[] {
  const columns = rowColumns(table, labels);
  return Array.from({ length: table.count }, (_, row) => {
    const object: Record<string, string | number | null> = {};
    for (const [name, cell] of columns) {
      const value = cell(row);
      object[name] = Number.isNaN(value) ? null : value;
    }
    return object as unknown as OpportunityRow;
  });
}
