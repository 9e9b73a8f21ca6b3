import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import type { Market } from "../candles/candles.ts";
import { type GrowingFile, temporaryBeside } from "../wholeFile.ts";
import { type Excursion, excursionOf } from "./baseline.ts";
import { inOrder } from "./merge.ts";
import { type RowTexts, rowTexts } from "./rowText.ts";
import type { Labels, OpportunityTable } from "./table.ts";
import { asUnwritable } from "./tableFile.ts";

/*
 * A record: f64 [time, type, mfe, mae, hours to mfe, density, objective, mfe in atrs, bytes of text], then the text of the row in UTF-8.
 */
const headNumbers = 9;
const headBytes = headNumbers * 8;
const writeBytes = 1 << 18;
const readBytes = 1 << 14;
const outBytes = 1 << 18;

/**
 * Rows on disk, symbol by symbol, to be written in order of time later: a scan's memory grows by only a small buffer per symbol. `remove`
 * deletes the file, and must be called.
 */
export class Spool {
  private readonly file: number;
  private readonly types: string[] = [];
  private readonly runs: { readonly symbol: string; readonly from: number; readonly end: number }[] = [];
  private bytes = Buffer.allocUnsafeSlow(writeBytes);
  private filled = 0;
  private sizeBytes = 0;

  /** Creates a spool beside the output file. Throws InputError if that folder cannot be written. */
  constructor(private readonly path: string) {
    const temporary = temporaryBeside(path);
    try {
      this.file = openSync(temporary, "wx+");
      // Nobody else needs the name, and an unlinked file disappears with its process.
      rmSync(temporary);
    } catch (cause) {
      throw asUnwritable(path, cause);
    }
  }

  /** Adds the opportunities of one symbol, in order of time; `market` as for `writeOpportunities`. */
  add(symbol: string, table: OpportunityTable, labels: Labels, market?: Pick<Market, "bySymbol">): void {
    const from = this.sizeBytes + this.filled;
    const { line } = rowTexts(table, labels, market);
    const typeAt = table.types.map((type) => this.typeAt(type));
    for (let row = 0; row < table.count; row++) {
      const { mfe, mae, hoursToMfe, density, objective, mfeAtrs } = excursionOf(table, labels, row);
      const head = [
        table.timestampMs[row]!,
        typeAt[table.type[row]!]!,
        mfe,
        mae,
        hoursToMfe,
        density,
        objective,
        mfeAtrs,
      ];
      this.append(head, `${line(row)}\n`);
    }
    this.flush();
    this.runs.push({ symbol, from, end: this.sizeBytes });
  }

  /**
   * Writes all rows under a header, by time, then name of symbol. `onRow` is called for each; `onBlock` now and then, and may throw to stop.
   */
  async writeTo(
    file: GrowingFile,
    header: RowTexts["header"],
    onRow: (type: string, excursion: Excursion) => void,
    onBlock: () => void,
  ): Promise<void> {
    const runs = this.runs.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
    const readers = runs.map(({ from, end }) => new RunReader(this.file, from, end));
    let out = Buffer.allocUnsafeSlow(outBytes);
    let filled = out.write(`${header}\n`);
    for (const { head, text } of inOrder(readers)) {
      if (filled + text.length > out.length) {
        await file.append(out.subarray(0, filled));
        onBlock();
        filled = 0;
        if (text.length > out.length) out = Buffer.allocUnsafeSlow(text.length);
      }
      out.set(text, filled);
      filled += text.length;
      const [, type, mfe, mae, hoursToMfe, density, objective, mfeAtrs] = head as unknown as Head;
      onRow(this.types[type]!, { mfe, mae, hoursToMfe, density, objective, mfeAtrs });
    }
    await file.append(out.subarray(0, filled));
  }

  remove(): void {
    closeSync(this.file);
  }

  private typeAt(type: string): number {
    const at = this.types.indexOf(type);
    return at < 0 ? this.types.push(type) - 1 : at;
  }

  private append(head: readonly number[], text: string): void {
    const textBytes = Buffer.byteLength(text);
    if (this.filled + headBytes + textBytes > this.bytes.length) this.flush();
    if (headBytes + textBytes > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(headBytes + textBytes);
    let at = this.filled;
    for (const value of head) at = this.bytes.writeDoubleLE(value, at);
    at = this.bytes.writeDoubleLE(textBytes, at);
    this.filled = at + this.bytes.write(text, at);
  }

  private flush(): void {
    try {
      for (let at = 0; at < this.filled; ) at += writeSync(this.file, this.bytes, at, this.filled - at);
    } catch (cause) {
      throw asUnwritable(this.path, cause);
    }
    this.sizeBytes += this.filled;
    this.filled = 0;
  }
}

type Head = readonly [
  timeMs: number,
  type: number,
  mfe: number,
  mae: number,
  hoursToMfe: number,
  density: number,
  objective: number,
  mfeAtrs: number,
  textBytes: number,
];

/** The records of one symbol, one at a time; head and text are valid until the next. */
class RunReader {
  readonly head = new Float64Array(headNumbers);
  text: Buffer = Buffer.alloc(0);
  private bytes = Buffer.allocUnsafeSlow(readBytes);
  private at = 0;
  private filled = 0;

  constructor(
    private readonly file: number,
    private from: number,
    private readonly end: number,
  ) {}

  /** Orders records. */
  get key(): number {
    return this.head[0]!;
  }

  next(): boolean {
    if (!this.has(headBytes)) return false;
    for (let k = 0; k < headNumbers; k++) this.head[k] = this.bytes.readDoubleLE(this.at + 8 * k);
    const textBytes = this.head[headNumbers - 1]!;
    this.has(headBytes + textBytes);
    this.text = this.bytes.subarray(this.at + headBytes, this.at + headBytes + textBytes);
    this.at += headBytes + textBytes;
    return true;
  }

  /** Reads until this many bytes are available; false if the run has no more. */
  private has(count: number): boolean {
    if (this.filled - this.at >= count) return true;
    const bytes = count > this.bytes.length ? Buffer.allocUnsafeSlow(count) : this.bytes;
    this.bytes.copy(bytes, 0, this.at, this.filled);
    this.filled -= this.at;
    this.at = 0;
    this.bytes = bytes;
    while (this.filled < count && this.from < this.end) {
      const wanted = Math.min(bytes.length - this.filled, this.end - this.from);
      const read = readSync(this.file, bytes, this.filled, wanted, this.from);
      this.from += read;
      this.filled += read;
    }
    return this.filled >= count;
  }
}
