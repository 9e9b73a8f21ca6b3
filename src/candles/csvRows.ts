import { createReadStream } from "node:fs";
import Papa from "papaparse";
import { InputError } from "../errors.ts";

/** A line longer than this, in characters, is not a row of numbers; it bounds what is held of a file without line breaks. */
const longestLine = 1 << 20;

/**
 * Rows of a CSV file in blocks, each with the 1-based number of its first line, blank lines included; the file is never held whole.
 * One row a line: a quoted cell that runs over its line's end is refused, so that line numbers stay right.
 */
export async function* csvBlocks(path: string): AsyncGenerator<{ firstLine: number; rows: string[][] }> {
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 18 });
  let rest = "";
  let firstLine = 1;
  try {
    for await (const chunk of stream as AsyncIterable<string>) {
      const text = rest + chunk;
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      if (end > 0) {
        const rows = rowsOf(text.slice(0, end - 1), path, firstLine);
        yield { firstLine, rows };
        firstLine += rows.length;
      }
      if (rest.length > longestLine) throw tooLong(path, firstLine);
    }
  } catch (cause) {
    if (cause instanceof InputError || (cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new InputError(
      "FILE_UNREADABLE",
      "the file cannot be read",
      { where: escaped(path), found: escaped((cause as Error).message), remedy: "check the path and its permissions" },
      { cause },
    );
  }
  if (rest.trim() !== "") yield { firstLine, rows: rowsOf(rest, path, firstLine) };
}

function rowsOf(text: string, path: string, firstLine: number): string[][] {
  // The line break is named because a guess from mixed ones joins lines.
  const unix = text.includes("\r") ? text.replace(/\r\n?/g, "\n").replace(/\n$/, "") : text;
  const { data, errors } = Papa.parse<string[]>(unix, { delimiter: ",", newline: "\n" });
  if (!unix.includes('"')) return data;
  const running = data.findIndex((row) => row.some((cell) => cell.includes("\n")));
  const row = running >= 0 ? running : errors.find(({ type }) => type === "Quotes")?.row;
  if (row === undefined) return data;
  throw new InputError("CSV_QUOTE", "a quote that opens a cell closes it, on the same line", {
    where: `${escaped(path)}:${firstLine + row}`,
    found: quoted(data[row]?.find((cell) => /["\n]/.test(cell)) ?? '"'),
    expected: 'a cell such as "1.5", or without quotes',
  });
}

function tooLong(path: string, line: number): InputError {
  return new InputError("CSV_LINE", "a line is longer than any row of numbers", {
    where: `${escaped(path)}:${line}`,
    found: `more than ${longestLine} characters without a line break`,
    expected: "one row a line",
  });
}

// Control codes, marks that reorder or hide text, lone surrogates, line and paragraph separators.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text for a message, whole, with whatever would move a terminal's cursor, colour, reorder or hide as an escape such as `\u001b`. */
export function escaped(text: string): string {
  return text.replace(unprintable, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
  });
}

/** A cell for a message: in quotes, escaped, and cut where it is longer than 40 characters. */
export function quoted(text: string): string {
  return escaped(JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text));
}
