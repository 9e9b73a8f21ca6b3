import type { Cells } from "./cells.ts";
import type { RowBlock } from "./csvRows.ts";

/** Columns of one length as rows of numbers; a column that nobody asks for is null. */
export class NumberBlock implements RowBlock, Cells {
  private row = -1;

  constructor(
    private readonly columns: readonly (Float64Array | null)[],
    private readonly rows: number,
    /** Rows before these, in this file and in all. */
    private readonly place: { readonly before: number; readonly total: number },
  ) {}

  get cells(): Cells {
    return this;
  }

  get line(): number {
    return this.place.before + this.row + 1;
  }

  get share(): number {
    const { before, total } = this.place;
    return total > 0 ? Math.min(1, (before + this.row) / total) : 0;
  }

  get count(): number {
    return this.columns.length;
  }

  next(): boolean {
    return ++this.row < this.rows;
  }

  decimal(place: number): number {
    return this.columns[place]?.[this.row] ?? Number.NaN;
  }

  text(place: number): string {
    const value = this.decimal(place);
    return Number.isNaN(value) ? "" : String(value);
  }
}

/** The names of a file's columns as its first row. */
export class NamesBlock implements RowBlock, Cells {
  readonly line = 0;
  readonly share = 0;
  private isRead = false;

  constructor(private readonly names: readonly string[]) {}

  get cells(): Cells {
    return this;
  }

  get count(): number {
    return this.names.length;
  }

  next(): boolean {
    if (this.isRead) return false;
    this.isRead = true;
    return true;
  }

  decimal(): number {
    return Number.NaN;
  }

  text(place: number): string {
    return this.names[place] ?? "";
  }
}
