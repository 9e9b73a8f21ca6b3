import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";

/** The type that a request means: the one it names, or the only one there is. */
export function requireType(table: OpportunityTable, wanted: string | undefined): string {
  if (wanted !== undefined && table.types.includes(wanted)) return wanted;
  if (wanted === undefined && table.types.length === 1) return table.types[0]!;
  throw new InputError("TYPE_UNKNOWN", "the signal type is missing or unknown", {
    where: "--type",
    found: wanted === undefined ? "none given" : `"${wanted}"`,
    expected: `one of: ${table.types.join(", ")}`,
    remedy: didYouMean(wanted ?? "", table.types, "choose one with --type"),
  });
}

/** Rows of one type, in table order. */
export function rowsOfType(table: OpportunityTable, type: string): Uint32Array {
  const code = table.types.indexOf(type);
  const rows = new Uint32Array(countOfType(table, type));
  for (let row = 0, k = 0; k < rows.length; row++) if (table.type[row] === code) rows[k++] = row;
  return rows;
}

/** How many rows of one type there are. */
export function countOfType(table: OpportunityTable, type: string): number {
  const code = table.types.indexOf(type);
  let count = 0;
  for (const of of table.type) if (of === code) count++;
  return count;
}
