import type { Cells } from "../candles/cells.ts";
import type { RowBlock } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import type { OpportunityColumns } from "./opportunityColumns.ts";
import type { RowSource } from "./readTable.ts";
import { placesBy } from "./rowFault.ts";

const where = "opportunities";

/** Columns as rows, of which the reader checks every one as it does those of a file. Throws InputError if their lengths differ. */
export function columnRows(columns: OpportunityColumns): RowSource {
  const names = Object.keys(columns);
  const count = columns[names[0]!]?.length ?? 0;
  for (const name of names) {
    const found = (columns[name] as { readonly length?: unknown } | null | undefined)?.length;
    if (found === count) continue;
    throw new InputError("TABLE_SHAPE", "opportunities in memory must be columns of one length", {
      where: `${where}.${escaped(name)}`,
      found: typeof found === "number" ? `${found} elements` : "no list",
      expected: `${count} elements, as many as ${quoted(names[0]!)} has`,
      remedy: "pass one element per opportunity in each column; NaN is a missing number",
    });
  }
  return {
    path: where,
    places: placesBy((line) => (line === 0 ? where : `${where}, row ${line}`)),
    isValue: true,
    async *blocks() {
      if (count > 0) yield new ColumnBlock(names, columns, count);
    },
  };
}

/** Line 0 has the names; rows are counted from 1. */
class ColumnBlock implements RowBlock {
  line = -1;
  readonly cells: ColumnCells;

  constructor(
    names: readonly string[],
    columns: OpportunityColumns,
    private readonly count: number,
  ) {
    this.cells = new ColumnCells(
      names,
      names.map((name) => columns[name]!),
    );
  }

  get share(): number {
    return Math.max(0, this.line) / this.count;
  }

  next(): boolean {
    if (this.line === this.count) return false;
    this.line++;
    this.cells.row = this.line - 1;
    return true;
  }
}

class ColumnCells implements Cells {
  /** -1 is that of the names. */
  row = -1;

  constructor(
    private readonly names: readonly string[],
    private readonly columns: readonly ArrayLike<number | string | boolean>[],
  ) {}

  get count(): number {
    return this.names.length;
  }

  text(place: number): string {
    if (this.row < 0) return this.names[place] ?? "";
    const value = this.columns[place]?.[this.row];
    if (typeof value === "string") return value;
    if (typeof value === "boolean") return value ? "1" : "0";
    // String(-0) is "0".
    if (typeof value === "number") return Number.isNaN(value) ? "" : Object.is(value, -0) ? "-0" : String(value);
    if (value === undefined || value === null) return "";
    throw new InputError("TABLE_SHAPE", "an opportunity's values must be numbers or words", {
      where: `${where}, row ${this.row + 1}, ${escaped(this.names[place]!)}`,
      found: typeof value,
      expected: "a number, a word, or nothing",
      remedy: "use one column per feature, without nesting, and epoch milliseconds for times",
    });
  }

  decimal(place: number): number {
    const value = this.row < 0 ? undefined : this.columns[place]?.[this.row];
    return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
  }
}
