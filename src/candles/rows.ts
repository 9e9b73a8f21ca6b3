import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { type Cells, isBlank, TextCells, textsOf } from "./cells.ts";
import { candleBlocks } from "./formats.ts";
import { candleColumns, columnPlaces } from "./header.ts";
import { type RowShape, readRow } from "./rowChecks.ts";
import { RowCollector, type RowRules, type Rows } from "./rowCollector.ts";
import { describeKind, TimeColumn, type TimeKind } from "./times.ts";

/** A file's rows, and how it was read if it differs from Sluice's own format; otherwise null. */
export interface FileRows {
  readonly rows: Rows;
  readonly readAs: string | null;
}

/** Reads one file row by row; a row that breaks a rule is an InputError with its line, or dropped if `lenient` allows. */
export async function readRows(path: string, rules: RowRules): Promise<FileRows> {
  const collector = new RowCollector(rules, (line) => `${escaped(path)}:${line}`);
  let header: FileHeader | null = null;
  let row: Cells = new TextCells([]);
  const cell = (column: number): string => `${candleColumns[column]} ${quoted(row.text(header!.places[column]!))}`;
  for await (const block of candleBlocks(path)) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!header) {
        header = headerOf(textsOf(cells), path);
        continue;
      }
      row = cells;
      collector.add(line, block.share, cell, readRow(cells, header, line, collector.row));
    }
  }
  const rows = collector.take();
  if (rows.count === 0) throw noCandle(path, header !== null, rows);
  return { rows, readAs: readAsOf(header!.said, header!.times.kind) };
}

/** A header, and how the rows under it are read. */
export interface FileHeader extends RowShape {
  /** Which columns were read as what, in words; null if all have Sluice's own names. */
  readonly said: string | null;
}

/** Reads a header. Throws InputError if it is not one of candles. */
export function headerOf(names: readonly string[], path: string): FileHeader {
  const { places, said } = columnPlaces(names, path);
  const time = names[places[0]!]!.trim();
  return { places, said, width: names.length, times: new TimeColumn(path, time === "" ? "time" : time) };
}

function readAsOf(said: string | null, kind: TimeKind | null): string | null {
  const parts = [
    ...(said === null ? [] : [said]),
    ...(kind === null || kind === "ms" ? [] : [`times read as ${describeKind(kind)}`]),
  ];
  return parts.length === 0 ? null : parts.join("; ");
}

function noCandle(path: string, hasHeader: boolean, { dropped, unfinished }: Rows): InputError {
  const left = [
    ...(dropped > 0 ? [`${dropped} impossible ${dropped === 1 ? "row" : "rows"}`] : []),
    ...(unfinished > 0 ? ["a candle that has not closed yet"] : []),
  ];
  return new InputError("CANDLE_EMPTY", "the file contains no candles", {
    where: escaped(path),
    found: !hasHeader ? "an empty file" : left.length === 0 ? "a header only" : `a header and ${left.join(" and ")}`,
    expected: `${candleColumns.join(",")} and one row per candle`,
    remedy: "download the candles again, or remove the file from the folder",
  });
}
