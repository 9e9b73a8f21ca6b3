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
/** Names rows and their cells in messages; a row's line is its number in a value, from 1. */
export interface RowPlaces {
  row(line: number): string;
  cell(line: number, column: string): string;
}

/** Places named by what names a row. */
export function placesBy(row: (line: number) => string): RowPlaces {
  return { row, cell: (line, column) => `${row(line)}, ${escaped(column)}` };
}

/** Places in a file. */
export function placesInFile(path: string): RowPlaces {
  return placesBy((line) => `${escaped(path)}:${line}`);
}

/** Places in the rows that an option of a call holds: `signals[17].entry`. */
export function placesInValue(option: string): RowPlaces {
  const row = (line: number): string => `${option}[${line - 1}]`;
  return { row, cell: (line, column) => `${row(line)}.${escaped(column)}` };
}

/** What is wrong with a row. */
export interface RowFault {
  /** Sluice's name of the column. */
  readonly column: string;
  readonly rule: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The error for a fault at the place of a cell. */
export function rowFault(where: string, fault: RowFault, Kind = InputError): InputError {
  const { column, rule, found, expected, remedy } = fault;
  const code = codes[column] ?? "TABLE_FEATURE";
  return new Kind(code, rule, {
    where,
    found,
    expected,
    remedy: Kind === InputError ? remedy : `${remedy}, or drop such rows with --lenient`,
  });
}
