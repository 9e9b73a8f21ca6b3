import { type FileHandle, open } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped, quoted } from "../text.ts";
import { ByteCells, type Cells, JoinedCells, TextCells } from "./cells.ts";
import { type CsvForm, plainForm, type Separator } from "./csvForm.ts";

/** A line longer than this, in bytes, is not a row of numbers; it bounds what is held of a file with no line breaks. */
const longestLine = 1 << 20;
const blockBytes = 1 << 18;

/** How much of a file's beginning tells its form. */
const headBytes = 1 << 16;
const headLines = 100;

const [lineFeed, carriageReturn, quote] = [10, 13, 34] as const;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;
/** What UTF-16 begins with, and the name of its decoder. */
const wideMarks = [
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
] as const;

/** Some rows of a file, one at a time. */
export interface RowBlock {
  /** The 1-based number of the row's line, blank lines counted. */
  readonly line: number;
  readonly cells: Cells;
  /** Part of the file up to the row, 0-1; 0 if its length is unknown. */
  readonly share: number;
  /** Moves to the next row; false if the block has no more. */
  next(): boolean;
  /** How the file is written, if it is CSV. */
  readonly form?: CsvForm;
}

/**
 * A CSV file in blocks of rows; one block of the file is held, and only the requested cells are decoded. Line endings are those of
 * Unix, Windows or the old Mac; the text is UTF-8, or UTF-16 with a byte order mark. One row per line: a quoted cell that runs past the end
 * of its line is refused, so that line numbers stay right. `formOf` tells from the first lines how the file is written; a header that it
 * gives is the first row. By default cells stand between commas.
 */
export async function* csvBlocks(
  path: string,
  formOf: (lines: readonly string[]) => CsvForm = () => plainForm,
): AsyncGenerator<RowBlock> {
  let file: FileHandle | null = null;
  try {
    file = await opening(() => open(path));
    const block = new ByteBlock(path, (await file.stat()).size, formOf);
    while (!block.isLast) {
      await block.fill(file);
      yield block;
    }
  } catch (cause) {
    if (cause instanceof InputError || (cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new InputError(
      "FILE_UNREADABLE",
      "the file cannot be read",
      { where: escaped(path), found: escaped((cause as Error).message), remedy: "check the path and its permissions" },
      { cause },
    );
  } finally {
    await file?.close();
  }
}

/** The part of a file that is in memory, and its rows. */
class ByteBlock implements RowBlock {
  line = 0;
  cells: Cells;
  isLast = false;
  private bytes = Buffer.allocUnsafeSlow(blockBytes);
  /** The unread bytes. */
  private at = 0;
  private end = 0;
  /** Bytes of the file before the block's first. */
  private before = 0;
  private isAfterReturn = false;
  private readonly plain = new ByteCells();
  private plainCells: Cells = this.plain;
  private parse: ((line: string) => string[]) | null = null;
  private known: CsvForm | null = null;
  /** A header that the file does not have, until it is read. */
  private header: readonly string[] | null = null;
  private separator = 44;
  private skippedLines = 0;
  /** Decodes UTF-16; null for UTF-8. */
  private wide: TextDecoder | null = null;

  constructor(
    private readonly path: string,
    private readonly sizeBytes: number,
    private readonly formOf: (lines: readonly string[]) => CsvForm,
  ) {
    this.cells = this.plain;
  }

  get form(): CsvForm {
    return this.known ?? plainForm;
  }

  get share(): number {
    return this.sizeBytes > 0 ? Math.min(1, (this.before + this.at) / this.sizeBytes) : 0;
  }

  /** Reads on behind the bytes of a line that has no end yet. */
  async fill(file: FileHandle): Promise<void> {
    if (this.end - this.at > longestLine) throw this.tooLong();
    if (this.at === 0 && this.end === this.bytes.length) {
      const wider = Buffer.allocUnsafeSlow(2 * this.end);
      this.bytes.copy(wider);
      this.bytes = wider;
    }
    this.bytes.copyWithin(0, this.at, this.end);
    this.before += this.at;
    this.end -= this.at;
    this.at = 0;
    if (this.wide) await this.readWide(file, this.wide);
    else {
      const { bytesRead } = await file.read(this.bytes, this.end, this.bytes.length - this.end, null);
      this.isLast = bytesRead === 0;
      this.end += bytesRead;
    }
    if (this.known === null) await this.begin(file);
    if (!this.parse && this.bytes.subarray(0, this.end).includes(quote))
      this.parse = await quotedLines(this.form.separator);
  }

  /** Learns from the first bytes how the file is written. */
  private async begin(file: FileHandle): Promise<void> {
    const { bytes } = this;
    const wide = wideMarks.find((mark) => this.end >= 2 && mark.bytes.every((byte, k) => bytes[k] === byte));
    if (wide) {
      this.wide = new TextDecoder(wide.encoding);
      const read = Buffer.from(bytes.subarray(0, this.end));
      this.end = 0;
      this.take(this.wide.decode(read, { stream: true }));
      await this.readWide(file, this.wide);
    }
    const head = bytes.toString("utf8", 0, Math.min(this.end, headBytes)).replace(/^\uFEFF/, "");
    const lines = head.split(/\r\n|\n|\r/);
    // The last one may go on.
    const whole = lines.length > 1 && this.end >= headBytes ? lines.slice(0, -1) : lines;
    const form = this.formOf(whole.slice(0, headLines));
    this.known = form;
    this.skippedLines = form.skippedLines;
    this.header = form.header;
    this.separator = form.separator.charCodeAt(0);
    this.plain.mark = form.mark;
    if (form.joined) this.plainCells = new JoinedCells(this.plain, form.joined);
  }

  /** Reads on in UTF-16. */
  private async readWide(file: FileHandle, decoder: TextDecoder): Promise<void> {
    const raw = Buffer.allocUnsafe(blockBytes >> 2);
    const { bytesRead } = await file.read(raw, 0, raw.length, null);
    this.isLast = bytesRead === 0;
    this.take(decoder.decode(raw.subarray(0, bytesRead), { stream: bytesRead > 0 }));
  }

  private take(text: string): void {
    const taken = Buffer.from(text);
    if (taken.length > this.bytes.length - this.end) {
      const wider = Buffer.allocUnsafeSlow(2 * (this.end + taken.length));
      this.bytes.copy(wider, 0, 0, this.end);
      this.bytes = wider;
    }
    taken.copy(this.bytes, this.end);
    this.end += taken.length;
  }

  next(): boolean {
    if (this.header) {
      this.cells = new TextCells(this.header);
      this.header = null;
      return true;
    }
    while (this.nextLine()) if (this.line > this.skippedLines) return true;
    return false;
  }

  private nextLine(): boolean {
    const { bytes, end, plain, separator } = this;
    const highest = Math.max(quote, separator);
    if (this.isAfterReturn && this.at < end) {
      if (bytes[this.at] === lineFeed) this.at++;
      this.isAfterReturn = false;
    }
    let from = this.at;
    if (this.before + from === 0 && byteOrderMark.every((byte, k) => bytes[k] === byte)) from += byteOrderMark.length;
    plain.begin(bytes, from);
    let isQuoted = false;
    let at = from;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte > highest) continue;
      if (byte === separator) plain.end(at);
      else if (byte === lineFeed || byte === carriageReturn) break;
      else if (byte === quote) isQuoted = true;
    }
    if (at >= end && (!this.isLast || from >= end)) return false;
    plain.end(at);
    this.line++;
    this.isAfterReturn = at < end && bytes[at] === carriageReturn;
    this.at = Math.min(end, at + 1);
    this.cells = isQuoted ? this.unquotedCells(bytes.toString("utf8", from, at)) : this.plainCells;
    return true;
  }

  private unquotedCells(line: string): Cells {
    const { mark, joined } = this.form;
    const cells = new TextCells(this.unquoted(line), mark);
    return joined ? new JoinedCells(cells, joined) : cells;
  }

  private unquoted(line: string): string[] {
    const cells = this.parse!(line);
    if (cells.length > 0) return cells;
    throw new InputError("CSV_QUOTE", "a quoted cell must end on the line it begins on", {
      where: `${escaped(this.path)}:${this.line}`,
      found: quoted(line.slice(line.indexOf('"'))),
      expected: 'a closing quote, as in "1.5", or no quotes',
    });
  }

  private tooLong(): InputError {
    return new InputError("CSV_LINE", "a line is too long to be a row of numbers", {
      where: `${escaped(this.path)}:${this.line + 1}`,
      found: `more than ${longestLine} bytes without a line break`,
      expected: "one row per line",
    });
  }
}

/** A parser for lines with quotes, loaded at the first such line; it gives no cells if a quote is not closed. */
async function quotedLines(delimiter: Separator): Promise<(line: string) => string[]> {
  const { default: Papa } = await opening(() => import("papaparse"));
  return (line) => {
    const { data, errors } = Papa.parse<string[]>(line, { delimiter, newline: "\n" });
    return errors.some(({ type }) => type === "Quotes") ? [] : (data[0] ?? []);
  };
}
