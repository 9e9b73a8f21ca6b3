import { readFile } from "node:fs/promises";
import type { Market } from "../candles/candles.ts";
import { csvBlocks, quoted } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { GrowingTable } from "./growingTable.ts";
import { readHeader } from "./header.ts";
import { DroppableRow, RowReader } from "./readRow.ts";
import type { OpportunityTable } from "./table.ts";

export interface TableReadOptions {
  /** Drop and count rows whose entry or ATR is impossible, instead of refusing the file. */
  readonly lenient: boolean;
  readonly onDropped?: (count: number) => void;
}

/** Types are stored in a byte a row. */
const mostTypes = 255;

/**
 * Opportunities or a user's own signals from CSV (streamed into columns), or from JSON where the name ends in .json: an array of
 * objects with the same names. Every row must be a bar of the market. Throws InputError with file, line and column.
 */
export async function readOpportunities(
  path: string,
  market: Market,
  options: TableReadOptions,
): Promise<OpportunityTable> {
  let reader: RowReader | null = null;
  let table: GrowingTable | null = null;
  let dropped = 0;
  for await (const { cells, line } of path.toLowerCase().endsWith(".json") ? jsonRows(path) : csvRows(path)) {
    if (!reader || !table) {
      const header = readHeader(cells, path);
      reader = new RowReader(market, header, path);
      table = new GrowingTable(
        header.features.map(({ name }) => name),
        header.activations.length > 0 ? header.activations.map(({ name }) => name) : null,
      );
      continue;
    }
    try {
      table.push(reader.read(cells, line));
    } catch (error) {
      if (!(options.lenient && error instanceof DroppableRow)) throw error;
      dropped++;
    }
    if (table.typeCount > mostTypes)
      throw new InputError("TABLE_TYPE", "there are more signal types than can be told apart", {
        where: `${path}:${line}, type`,
        found: `more than ${mostTypes} types`,
        expected: "a few types, such as scalping and swing",
      });
  }
  if (!reader || !table || table.count === 0)
    throw new InputError("TABLE_EMPTY", "the file holds no opportunity", {
      where: path,
      found: reader ? "a header and no usable row" : "nothing",
      expected: "symbol,timestamp,direction,... and one row an opportunity",
    });
  options.onDropped?.(dropped);
  return table.take(reader.symbols);
}

interface NumberedCells {
  readonly cells: readonly string[];
  readonly line: number;
}

async function* csvRows(path: string): AsyncGenerator<NumberedCells> {
  for await (const { firstLine, rows } of csvBlocks(path))
    for (const [k, cells] of rows.entries())
      if (cells.length > 1 || cells[0]!.trim() !== "") yield { cells, line: firstLine + k };
}

/** The header first, then a row an entry; an entry's number stands where a CSV has its line. */
async function* jsonRows(path: string): AsyncGenerator<NumberedCells> {
  let document: unknown;
  try {
    document = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new InputError(
      "FILE_NOT_JSON",
      "the file cannot be read as JSON",
      { where: path, found: (cause as Error).message, expected: "an array of objects" },
      { cause },
    );
  }
  if (
    !Array.isArray(document) ||
    document.some((entry) => typeof entry !== "object" || entry === null || Array.isArray(entry))
  )
    throw new InputError("TABLE_SHAPE", "signals in JSON are an array of objects", {
      where: path,
      found: Array.isArray(document) ? "an entry that is no object" : typeof document,
      expected: '[{"symbol": "BTCUSDT", "timestamp": 1735689600000, "direction": "long"}]',
    });
  const entries = document as Record<string, unknown>[];
  const names = [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
  if (entries.length > 0) yield { cells: names, line: 1 };
  for (const [k, entry] of entries.entries())
    yield { cells: names.map((name) => cellOf(entry[name], `${path}:${k + 1}, ${name}`)), line: k + 1 };
}

function cellOf(value: unknown, where: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  throw new InputError("TABLE_SHAPE", "a signal's values are numbers or words", {
    where,
    found: quoted(JSON.stringify(value)),
    expected: "a number, a word, or nothing",
  });
}
