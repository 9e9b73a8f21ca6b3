import type { Market } from "../candles/candles.ts";
import { rowColumns } from "./rowColumns.ts";
import type { Labels, OpportunityTable } from "./table.ts";

/** A table's rows as lines of CSV, without line ends; labels, if given, as `label_` columns. */
export interface RowTexts {
  readonly header: string;
  line(row: number): string;
}

/** `market` is the table's; only a table with exits of its own needs it. */
export function rowTexts(
  table: OpportunityTable,
  labels: Labels | undefined,
  market?: Pick<Market, "bySymbol">,
): RowTexts {
  const columns = rowColumns(table, labels, market);
  return {
    header: columns.map(([name]) => quotedField(name)).join(","),
    line: (row) => columns.map(([, cell]) => textOf(cell(row))).join(","),
  };
}

const textOf = (value: string | number): string => (typeof value === "string" ? quotedField(value) : numberText(value));

/** The shortest text that reads back as the same number. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A field quoted as CSV requires. */
function quotedField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
