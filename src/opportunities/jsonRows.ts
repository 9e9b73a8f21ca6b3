import { readFile } from "node:fs/promises";
import { TextCells } from "../candles/cells.ts";
import type { RowBlock } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped, quoted } from "../text.ts";
import { isPairHistory, pairHistoryEntries } from "./pairHistory.ts";

/**
 * A JSON array of objects as CSV rows: the names first, in order of first appearance, then the entries, missing values as empty cells. The
 * names are line 0, so that an entry's line is its number, from 1; also what freqtrade's web server replies to `pair_history`. The whole document is held in memory.
 * `barMs` is the length of the bars that the times open.
 */
export async function* jsonBlocks(path: string, barMs: number): AsyncGenerator<RowBlock> {
  const document = parsed(await textOf(path), path);
  const entries = isPairHistory(document) ? pairHistoryEntries(document, path, barMs) : entriesOf(document, path);
  const found = new Set<string>();
  for (const entry of entries) for (const name in entry) found.add(name);
  const names = [...found];
  if (entries.length > 0) yield new EntryBlock(entries, names, path);
}

class EntryBlock implements RowBlock {
  line = -1;
  cells: TextCells;

  constructor(
    private readonly entries: readonly Record<string, unknown>[],
    private readonly names: readonly string[],
    private readonly path: string,
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
        this.names.map((name) => cellOf(entry[name], () => placeOf(this.path, this.line, name))),
      );
    return true;
  }
}

function placeOf(path: string, entry: number, name: string): string {
  return `${escaped(path)}:${entry}, ${escaped(name)}`;
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

function entriesOf(document: unknown, path: string): Record<string, unknown>[] {
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
  const fail = (where: string, found: unknown): InputError =>
    new InputError("TABLE_SHAPE", "signals in JSON must be an array of objects", {
      where,
      found: quoted(JSON.stringify(found)),
      expected: '[{"symbol": "BTCUSDT", "timestamp": 1735689600000, "direction": "long"}]',
      remedy: "write one object per signal, all in one array",
    });
  if (!Array.isArray(document)) throw fail(escaped(path), document);
  const wrong = document.findIndex((entry) => !isObject(entry));
  if (wrong >= 0) throw fail(`${escaped(path)}:${wrong + 1}`, document[wrong]);
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
    found: quoted(JSON.stringify(value)),
    expected: "a number, a word, or nothing",
    remedy: "use one key per feature, without nesting",
  });
}
