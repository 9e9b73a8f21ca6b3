import { type Cells, isBlank } from "../candles/cells.ts";
import type { RowBlock } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import type { Header } from "./header.ts";
import { placesInFile, type RowPlaces } from "./rowFault.ts";
import type { SharedBars } from "./sharedBars.ts";

/** A signals file that can be read again. */
export interface SignalsFile {
  readonly path: string;
  readonly header: Header;
  /** Line of each row of the table, ascending. */
  readonly lines: ArrayLike<number>;
  blocks(): AsyncIterable<RowBlock>;
  /** Names rows in messages, if they are not lines of this file. */
  readonly places?: RowPlaces;
}

type Pair = SharedBars["pairs"][number];

/**
 * Refuses rows of the same signal that differ in a cell, whether the column is read or not; equal numbers in different spellings are equal.
 * The file is read again for this: one 64-bit hash is held per duplicate row, so that even a whole duplicated file fits.
 */
export async function refuseContradictions(file: SignalsFile, pairs: readonly Pair[]): Promise<void> {
  const { header, lines } = file;
  const places = comparedPlaces(header);
  const hashes = new Uint32Array(2 * lines.length);
  const isWanted = new Uint8Array(lines.length);
  for (const { first, again } of pairs) isWanted[first] = isWanted[again] = 1;
  await eachRow(file, (row, cells) => {
    if (isWanted[row] === 0) return;
    hashes[2 * row] = hashOf(cells, places, 0x811c9dc5);
    hashes[2 * row + 1] = hashOf(cells, places, 0x2f0b4c47);
  });
  const differing = pairs.find(
    ({ first, again }) => hashes[2 * first] !== hashes[2 * again] || hashes[2 * first + 1] !== hashes[2 * again + 1],
  );
  if (differing) throw await contradiction(file, differing, places);
}

/** Columns in which two rows of one signal may differ: an unnamed index numbers them. */
function comparedPlaces(header: Header): number[] {
  const key = new Set([header.symbol, header.timestamp, header.direction, header.type]);
  return header.names.flatMap((name, place) => (name === "" || key.has(place) ? [] : [place]));
}

/** Calls back for each row of the table, in order; rows that were dropped are passed over. */
async function eachRow(file: SignalsFile, onRow: (row: number, cells: Cells) => void): Promise<void> {
  let row = 0;
  for await (const block of file.blocks())
    while (block.next()) {
      if (block.line !== file.lines[row] || isBlank(block.cells)) continue;
      onRow(row++, block.cells);
    }
}

const bits = new DataView(new ArrayBuffer(8));

/** FNV-1a over the cells, each as a number or text. */
function hashOf(cells: Cells, places: readonly number[], seed: number): number {
  let hash = seed;
  const mix = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
    hash ^= hash >>> 15;
  };
  for (const place of places) {
    const value = cellValue(cells, place);
    mix(typeof value === "number" ? 1 : 2);
    if (typeof value === "number") {
      // -0 is 0.
      bits.setFloat64(0, value + 0);
      mix(bits.getInt32(0));
      mix(bits.getInt32(4));
    } else for (let at = 0; at < value.length; at++) mix(value.charCodeAt(at));
  }
  return hash >>> 0;
}

function cellValue(cells: Cells, place: number): number | string {
  const decimal = cells.decimal(place);
  if (!Number.isNaN(decimal)) return decimal;
  const text = cells.text(place).trim();
  const value = text === "" ? Number.NaN : Number(text);
  return Number.isNaN(value) ? text : value;
}

async function contradiction(file: SignalsFile, pair: Pair, places: readonly number[]): Promise<InputError> {
  const texts: string[][] = [];
  const values: (number | string)[][] = [];
  await eachRow(file, (row, cells) => {
    if (row !== pair.first && row !== pair.again) return;
    texts.push(places.map((place) => cells.text(place).trim()));
    values.push(places.map((place) => cellValue(cells, place)));
  });
  const at = Math.max(
    0,
    places.findIndex((_, k) => values[0]![k] !== values[1]![k]),
  );
  const name = file.header.names[places[at]!]!;
  const [first, again] = [file.lines[pair.first]!, file.lines[pair.again]!];
  const { row } = file.places ?? placesInFile(file.path);
  return new InputError("TABLE_CONTRADICTION", "duplicate signal with different cells", {
    where: row(again),
    found: `${escaped(name)} ${quoted(texts[1]![at]!)} here and ${quoted(texts[0]![at]!)} ${file.places ? `at ${row(first)}` : `in line ${first}`}; symbol, time, direction and type are the same`,
    expected: "each signal once",
    remedy: "keep the right row and delete the other",
  });
}
