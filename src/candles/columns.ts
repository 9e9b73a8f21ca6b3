/** Columns of numbers that grow while a file is read. */
export class GrowingColumns {
  count = 0;
  private columns: Float64Array[];

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => new Float64Array(4096));
  }

  /** Adds a row of one value a column. */
  push(values: ArrayLike<number>): void {
    if (this.count === this.columns[0]!.length) {
      this.columns = this.columns.map((column) => {
        const wider = new Float64Array(column.length * 2);
        wider.set(column);
        return wider;
      });
    }
    for (let k = 0; k < this.columns.length; k++) this.columns[k]![this.count] = values[k]!;
    this.count++;
  }

  at(column: number, row: number): number {
    return this.columns[column]![row]!;
  }

  /** The columns at their length; their memory is given back. */
  take(): Float64Array[] {
    return this.columns.map((column) => column.slice(0, this.count));
  }
}
