import { decimalIn } from "./decimal.ts";

/** The cells of one row, by place. They are valid until the next row is read. */
export interface Cells {
  readonly count: number;
  /** A cell as written in the file, without its quotes; empty if the row has no such cell. */
  text(place: number): string;
  /** A cell holding a plain decimal number; NaN if it does not, or is too long to be sure: its text then decides. */
  decimal(place: number): number;
  /** The decimal mark of its numbers; a point by default. */
  readonly mark?: DecimalMark;
}

/** What separates whole numbers from their decimals. */
export type DecimalMark = "." | ",";

/** A plain number: no grouping, no other base, no words. */
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a text is, with this decimal mark; NaN for anything else, so that neither an empty text nor 0x10 is a number. */
export function numberIn(text: string, mark: DecimalMark = "."): number {
  const trimmed = text.trim();
  // A point among decimal commas groups thousands, or is a mistake.
  const pointed = mark === "," ? (trimmed.includes(".") ? "" : trimmed.replace(",", ".")) : trimmed;
  return plainNumber.test(pointed) ? Number(pointed) : Number.NaN;
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
  constructor(
    private readonly cells: readonly string[],
    readonly mark: DecimalMark = ".",
  ) {}

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

/** Cells of which two, a day and a time of day, are one time: it stands in the day's place. */
export class JoinedCells implements Cells {
  constructor(
    private readonly cells: Cells,
    private readonly places: { readonly day: number; readonly clock: number },
  ) {}

  get count(): number {
    return this.cells.count;
  }

  get mark(): DecimalMark {
    return this.cells.mark ?? ".";
  }

  text(place: number): string {
    const { cells, places } = this;
    if (place !== places.day) return cells.text(place);
    return `${cells.text(place).trim()} ${cells.text(places.clock).trim()}`.trim();
  }

  decimal(place: number): number {
    return place === this.places.day ? Number.NaN : this.cells.decimal(place);
  }
}

/** Cells as bytes: only those that somebody asks for are decoded. */
export class ByteCells implements Cells {
  count = 0;
  mark: DecimalMark = ".";
  private bytes: Buffer = Buffer.alloc(0);
  /** Where each cell begins, and where the one after the last would; a separator lies between. */
  private starts = new Uint32Array(64);

  /** Begins a row of `bytes` at an offset. */
  begin(bytes: Buffer, from: number): void {
    this.bytes = bytes;
    this.starts[0] = from;
    this.count = 0;
  }

  /** Ends a cell before the offset of its separator, or of the row's end. */
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
    if (place >= this.count || this.mark !== ".") return Number.NaN;
    return decimalIn(this.bytes, this.starts[place]!, this.starts[place + 1]! - 1);
  }
}
