import { type Cells, isBlank, textsOf } from "../candles/cells.ts";
import { csvBlocks, type RowBlock } from "../candles/csvRows.ts";
import { candleColumns } from "../candles/header.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import type { Row } from "./rows.ts";

/** The header of every file that fetch writes. */
export const headerLine = candleColumns.join(",");

/** Missing candles in a row: open times of the first and last one, epoch ms. */
export interface MissingSpan {
  readonly from: number;
  readonly to: number;
  readonly candles: number;
}

/** What a candle file holds. */
export interface Survey {
  readonly candles: number;
  /** Open times, epoch ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Candles missing between first and last, in how many spans, and the first of those. */
  readonly missing: number;
  readonly spans: number;
  readonly firstSpans: readonly MissingSpan[];
  /** The last candles, to compare them with the exchange's. */
  readonly tail: readonly Row[];
}

const mostSpans = 20;
const tailRows = 3;

/**
 * Reads a file of finished candles from beginning to end in constant memory; null if it has no candle. Throws InputError with the line of what fetch would not
 * have written: another header, cells that are not numbers, times out of order or off the grid.
 */
export async function survey(path: string, timeframeMs: number): Promise<Survey | null> {
  const found = new Surveyor(path, timeframeMs);
  for await (const rows of heldBlocks(path)) for (const row of rows) found.add(row);
  return found.candles === 0 ? null : found;
}

class Surveyor implements Survey {
  candles = 0;
  firstMs = 0;
  lastMs = 0;
  missing = 0;
  spans = 0;
  readonly firstSpans: MissingSpan[] = [];
  readonly tail: Row[] = [];

  constructor(
    private readonly path: string,
    private readonly timeframeMs: number,
  ) {}

  add({ line, values }: HeldRow): void {
    const [timeMs] = values;
    if (this.candles === 0) this.firstMs = timeMs;
    else this.step(timeMs, line);
    this.lastMs = timeMs;
    this.candles++;
    this.tail.push(values);
    if (this.tail.length > tailRows) this.tail.shift();
  }

  private step(timeMs: number, line: number): void {
    const { timeframeMs, lastMs } = this;
    const steps = (timeMs - lastMs) / timeframeMs;
    if (!(steps >= 1 && Number.isInteger(steps)))
      throw notContinued(this.path, line, String(timeMs), `a time a whole number of candles after ${lastMs}`);
    if (steps === 1) return;
    this.missing += steps - 1;
    this.spans++;
    if (this.spans <= mostSpans)
      this.firstSpans.push({ from: lastMs + timeframeMs, to: timeMs - timeframeMs, candles: steps - 1 });
  }
}

/** One row of a file. */
export interface HeldRow {
  readonly line: number;
  readonly values: Row;
  /** As it is in the file, without its line break; only until the next row is read. */
  readonly text: () => string;
}

/** A file's rows, some at a time: row by row, a promise would cost more than the row. Throws InputError. */
export async function* heldBlocks(path: string): AsyncGenerator<Iterable<HeldRow>> {
  const reader = new HeldReader(path);
  for await (const block of csvBlocks(path)) yield reader.rowsOf(block);
}

class HeldReader {
  private hasHeader = false;

  constructor(private readonly path: string) {}

  *rowsOf(block: RowBlock): Generator<HeldRow> {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (this.hasHeader) yield this.rowOf(cells, line);
      else this.checkHeader(textsOf(cells).join(","), line);
    }
  }

  private checkHeader(header: string, line: number): void {
    if (header !== headerLine) throw notContinued(this.path, line, quoted(header), headerLine);
    this.hasHeader = true;
  }

  private rowOf(cells: Cells, line: number): HeldRow {
    const values = Array.from({ length: cells.count }, (_, place) => numberIn(cells, place));
    const isRow = values.length === candleColumns.length && values.every(Number.isFinite);
    if (!isRow || !Number.isSafeInteger(values[0]))
      throw notContinued(this.path, line, quoted(textsOf(cells).join(",")), "six numbers, the first in milliseconds");
    return { line, values: values as unknown as Row, text: () => textsOf(cells).join(",") };
  }
}

function numberIn(cells: Cells, place: number): number {
  const value = cells.decimal(place);
  if (!Number.isNaN(value)) return value;
  const text = cells.text(place);
  return text.trim() === "" ? Number.NaN : Number(text);
}

function notContinued(path: string, line: number, found: string, expected: string): InputError {
  return new InputError(
    "FETCH_FILE",
    "fetch continues only files that it could have written itself; the file was left as it is",
    {
      where: `${escaped(path)}:${line}`,
      found,
      expected,
      remedy: "move the file away to fetch it anew, or choose another folder with --out",
    },
  );
}
