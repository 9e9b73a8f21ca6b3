import { readFile } from "node:fs/promises";
import { TextCells } from "../candles/cells.ts";
import type { RowBlock } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped, quoted } from "../text.ts";
import { isPairHistory, pairHistoryEntries } from "./pairHistory.ts";
import { placesInFile, type RowPlaces } from "./rowFault.ts";

/** A JSON array of objects in a file as CSV rows, as `valueBlocks` gives them. The whole document is held in memory. */
export async function* jsonBlocks(path: string, barMs: number): AsyncGenerator<RowBlock> {
  yield* valueBlocks(parsed(await textOf(path), path), barMs, escaped(path), placesInFile(path));
}

/**
 * A list of objects as CSV rows: the names first, in order of first appearance, then the entries, missing values as empty cells. The
 * names are line 0, so that an entry's line is its number, from 1; also what freqtrade's web server replies to `pair_history`. `barMs` is the
 * length of the bars that the times open, `where` the list's own place.
 */
export function* valueBlocks(document: unknown, barMs: number, where: string, places: RowPlaces): Generator<RowBlock> {
  const entries = isPairHistory(document)
    ? pairHistoryEntries(document, where, barMs)
    : entriesOf(document, where, places);
  const found = new Set<string>();
  for (const entry of entries) for (const name in entry) found.add(name);
  const names = [...found];
  if (entries.length > 0) yield new EntryBlock(entries, names, places);
}

class EntryBlock implements RowBlock {
  line = -1;
  cells: TextCells;

  constructor(
    private readonly entries: readonly Record<string, unknown>[],
    private readonly names: readonly string[],
    private readonly places: RowPlaces,
  ) {
    this.cells = new TextCells(names);
  }

  get share(): number {
    return Math.max(0, this.line) / this.entries.length;
  }

  next(): boolean {
    if (this.line === this.entries.length) return false;
    this.line++;
    const entry = this.entries[this.line - 1];
    if (entry)
      this.cells = new TextCells(
        this.names.map((name) =>
          cellOf(Object.hasOwn(entry, name) ? entry[name] : null, () => this.places.cell(this.line, name)),
        ),
      );
    return true;
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return (await opening(() => readFile(path, "utf8"))).replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new InputError(
      "FILE_UNREADABLE",
      "the file cannot be read",
      { where: escaped(path), found: escaped((cause as Error).message), remedy: "check the path and its permissions" },
      { cause },
    );
  }
}

function parsed(text: string, path: string): unknown {
  // An empty file has no opportunities, whatever its name.
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      "FILE_NOT_JSON",
      "the file is named .json but is not valid JSON",
      {
        where: escaped(path),
        found: escaped((cause as Error).message),
        expected: "an array of objects",
        remedy: "correct the file, or rename it to .csv if it is CSV",
      },
      { cause },
    );
  }
}

function entriesOf(document: unknown, path: string, places: RowPlaces): Record<string, unknown>[] {
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
  const fail = (where: string, found: unknown): InputError =>
    new InputError("TABLE_SHAPE", "signals in JSON must be an array of objects", {
      where,
      found: shown(found),
      expected: '[{"symbol": "BTCUSDT", "timestamp": 1735689600000, "direction": "long"}]',
      remedy: "write one object per signal, all in one array",
    });
  if (!Array.isArray(document)) throw fail(path, document);
  const wrong = document.findIndex((entry) => !isObject(entry));
  if (wrong >= 0) throw fail(places.row(wrong + 1), document[wrong]);
  return document as Record<string, unknown>[];
}

function cellOf(value: unknown, where: () => string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  // String(-0) is "0".
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  throw new InputError("TABLE_SHAPE", "a signal's values must be numbers or words", {
    where: where(),
    found: shown(value),
    expected: "a number, a word, or nothing",
    remedy: "use one key per feature, without nesting",
  });
}

/** A value for a message. What JSON cannot hold comes from a caller of the library alone. */
function shown(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  try {
    return quoted(JSON.stringify(value) ?? String(value));
  } catch {
    return "an object that JSON cannot hold";
  }
}
