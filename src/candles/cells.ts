import { decimalIn } from "./decimal.ts";

/** The cells of one row, by place. They are valid until the next row is read. */
export interface Cells {
  readonly count: number;
  /** A cell as written in the file, without its quotes; empty if the row has no such cell. */
  text(place: number): string;
  /** A cell holding a plain decimal number; NaN if it does not, or is too long to be sure: its text then decides. */
  decimal(place: number): number;
}

/** All cells of a row as texts. */
export function textsOf(cells: Cells): string[] {
  return Array.from({ length: cells.count }, (_, place) => cells.text(place));
}

/** Whether a row is an empty line. */
export function isBlank(cells: Cells): boolean {
  return cells.count === 1 && cells.text(0).trim() === "";
}

/** Cells that are texts already. */
export class TextCells implements Cells {
  constructor(private readonly cells: readonly string[]) {}

  get count(): number {
    return this.cells.length;
  }

  text(place: number): string {
    return this.cells[place] ?? "";
  }

  decimal(): number {
    return Number.NaN;
  }
}

/** Cells as bytes: only those that somebody asks for are decoded. */
export class ByteCells implements Cells {
  count = 0;
  private bytes: Buffer = Buffer.alloc(0);
  /** Where each cell begins, and where the one after the last would; a comma lies between. */
  private starts = new Uint32Array(64);

  /** Begins a row of `bytes` at an offset. */
  begin(bytes: Buffer, from: number): void {
    this.bytes = bytes;
    this.starts[0] = from;
    this.count = 0;
  }

  /** Ends a cell before the offset of its comma, or of the row's end. */
  end(at: number): void {
    this.count++;
    if (this.count === this.starts.length) {
      const wider = new Uint32Array(2 * this.count);
      wider.set(this.starts);
      this.starts = wider;
    }
    this.starts[this.count] = at + 1;
  }

  text(place: number): string {
    if (place >= this.count) return "";
    return this.bytes.toString("utf8", this.starts[place]!, this.starts[place + 1]! - 1);
  }

  decimal(place: number): number {
    if (place >= this.count) return Number.NaN;
    return decimalIn(this.bytes, this.starts[place]!, this.starts[place + 1]! - 1);
  }
}
