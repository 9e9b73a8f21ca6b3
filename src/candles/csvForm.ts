import { quoted } from "../text.ts";
import type { DecimalMark } from "./cells.ts";
import { readDateText } from "./dateText.ts";

/** How a CSV file is written, as far as its beginning tells. */
export interface CsvForm {
  readonly separator: Separator;
  readonly mark: DecimalMark;
  /** Lines at the beginning that are no rows: a vendor's address, or a header in whose place `header` stands. */
  readonly skippedLines: number;
  /** Names of the columns where the file has none, or others; null if its first row names them. */
  readonly header: readonly string[] | null;
  /** Places of a day and of a time of day that are one time. */
  readonly joined: { readonly day: number; readonly clock: number } | null;
  /** What was assumed, in words. */
  readonly said: readonly string[];
  /** Programs that write this form, if their times are in a zone that the file does not tell; otherwise null. */
  readonly zoneUnsaid: ZoneUnsaid | null;
}

/** A form whose zone the file does not tell. */
export interface ZoneUnsaid {
  /** Who writes it. */
  readonly form: string;
  readonly remedy: string;
}

export type Separator = "," | ";" | "\t" | "|";

/** A file with commas whose first row names the columns. */
export const plainForm: CsvForm = {
  separator: ",",
  mark: ".",
  skippedLines: 0,
  header: null,
  joined: null,
  said: [],
  zoneUnsaid: null,
};

const otherSeparators: readonly Separator[] = [";", "\t", "|"];
const separatorNames: Readonly<Record<Separator, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
};

/** Cells of one line, without quotes. */
export function cellsOfLine(line: string, separator: Separator): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell];
}

/** The first lines of a file, split. */
export interface Beginning {
  readonly separator: Separator;
  /** Lines before the first of `rows`. */
  readonly skippedLines: number;
  readonly rows: readonly (readonly string[])[];
  readonly said: readonly string[];
}

/** A line of an address, as CryptoDataDownload puts first. */
const addressForm = /^(https?:\/\/|www\.)\S+$/i;
/** A line that tells spreadsheets the separator. */
const separatorForm = /^"?sep=(.)"?$/i;

/** Splits the first lines of a file: finds what is no row, and the separator. */
export function beginningOf(lines: readonly string[]): Beginning {
  let skippedLines = 0;
  const said: string[] = [];
  let told: Separator | null = null;
  for (const line of lines) {
    const text = line.trim();
    const mark = separatorForm.exec(line.replace(/[\r\n]/g, ""))?.[1];
    if (mark !== undefined && mark in separatorNames) told = mark as Separator;
    else if (addressForm.test(text)) said.push(`first line ${quoted(text)} skipped`);
    else if (text !== "") break;
    skippedLines++;
  }
  const rest = lines.slice(skippedLines).filter((line) => line.trim() !== "");
  const separator = told ?? separatorOf(rest[0] ?? "");
  if (separator !== ",") said.push(`columns separated by ${separatorNames[separator]}`);
  return { separator, skippedLines, said, rows: rest.map((line) => cellsOfLine(line, separator)) };
}

/** Another separator than the comma counts where it makes at least as many columns as prices and a time need. */
function separatorOf(line: string): Separator {
  return otherSeparators.find((each) => cellsOfLine(line, each).length >= 5) ?? ",";
}

/** Whether a text is a point in time, or a day, in some unit or form. */
export function isTime(text: string): boolean {
  return Number(text) >= 1e8 || !("rule" in readDateText(text.trim()));
}

/** Whether a text is a day without a time of day. */
export function isDay(text: string): boolean {
  const read = readDateText(text.trim());
  return !("rule" in read) && read.kind === "date";
}

/** Whether a text is a time of day without a day. */
export function isClock(text: string): boolean {
  return /^(\d{1,2}:\d\d(:\d\d([.,]\d+)?)?(\s*[AP]M)?|\d{4}|\d{6})$/i.test(text.trim());
}

/** The decimal mark of some numbers: what the first of them with one has. */
export function markOf(rows: readonly (readonly string[])[], separator: Separator): DecimalMark {
  if (separator === ",") return ".";
  for (const row of rows)
    for (const cell of row) {
      const [, mark] = /^\s*[+-]?\d*([.,])\d+([eE][+-]?\d+)?\s*$/.exec(cell) ?? [];
      if (mark !== undefined) return mark as DecimalMark;
    }
  return ".";
}
