import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";

/** A row that breaks a rule which `lenient` tolerates: it is dropped and counted. */
export class DroppableRow extends InputError {}

/** A signal at a time for which its symbol has no candle. */
export class RowInHole extends DroppableRow {}

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
  return new Kind(`TABLE_${column.toUpperCase()}`, rule, {
    where: `${place}, ${escaped(name)}`,
    found,
    expected,
    remedy: Kind === InputError ? remedy : `${remedy}, or drop such rows with --lenient`,
  });
}
