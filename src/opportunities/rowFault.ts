import type { ErrorCode } from "../errorCodes.ts";
import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";

/** A row that breaks a rule which `lenient` tolerates: it is dropped and counted. */
export class DroppableRow extends InputError {}

/** A signal at a time for which its symbol has no candle. */
export class RowInHole extends DroppableRow {}

/** Codes by Sluice's name of a column; any other is a feature. */
const codes: Readonly<Record<string, ErrorCode>> = {
  symbol: "TABLE_SYMBOL",
  timestamp: "TABLE_TIMESTAMP",
  direction: "TABLE_DIRECTION",
  type: "TABLE_TYPE",
  entry: "TABLE_ENTRY",
  atr: "TABLE_ATR",
  exit_time: "TABLE_EXIT_TIME",
};

/** What is wrong with a row. */
export interface RowFault {
  /** Sluice's name of the column. */
  readonly column: string;
  readonly rule: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The error for a fault at a place, file and line; `name` is what the file calls the column. */
export function rowFault(place: string, name: string, fault: RowFault, Kind = InputError): InputError {
  const { column, rule, found, expected, remedy } = fault;
  const code = codes[column] ?? "TABLE_FEATURE";
  return new Kind(code, rule, {
    where: `${place}, ${escaped(name)}`,
    found,
    expected,
    remedy: Kind === InputError ? remedy : `${remedy}, or drop such rows with --lenient`,
  });
}
