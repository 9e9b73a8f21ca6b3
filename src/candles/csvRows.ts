import { createReadStream } from "node:fs";
import Papa from "papaparse";
import { InputError } from "../errors.ts";

/** Rows of a CSV file in blocks, each with the 1-based number of its first line; the file is never held whole. */
export async function* csvBlocks(path: string): AsyncGenerator<{ firstLine: number; rows: string[][] }> {
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 18 });
  let rest = "";
  let line = 1;
  try {
    for await (const chunk of stream as AsyncIterable<string>) {
      const text = rest + (line === 1 && rest === "" ? chunk.replace(/^\uFEFF/, "") : chunk);
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      if (rest.length > longestLine) throw tooLong(path, line);
      if (end === 0) continue;
      const rows = Papa.parse<string[]>(text.slice(0, end - 1), { delimiter: "," }).data;
      yield { firstLine: line, rows };
      line += rows.length;
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      "FILE_UNREADABLE",
      "the file cannot be read",
      { where: path, found: (cause as Error).message, remedy: "check the path and its permissions" },
      { cause },
    );
  }
  if (rest.trim() !== "") yield { firstLine: line, rows: Papa.parse<string[]>(rest, { delimiter: "," }).data };
}

const longestLine = 1 << 20;

function tooLong(path: string, line: number): InputError {
  return new InputError("CSV_LINE", "a line is longer than any row of numbers", {
    where: `${path}:${line}`,
    found: `more than ${longestLine} characters without a line break`,
    expected: "one row a line",
  });
}

/** A cell for a message: escaped, and cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
