import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { type Cells, isBlank, TextCells, textsOf } from "./cells.ts";
import { type CsvForm, plainForm } from "./csvForm.ts";
import { candleBlocks } from "./formats.ts";
import { candleColumns, columnPlaces } from "./header.ts";
import { isNullRow, type RowShape, readRow } from "./rowChecks.ts";
import { RowCollector, type RowRules, type Rows } from "./rowCollector.ts";
import { otherSymbol, symbolPlace } from "./symbolColumn.ts";
import { describeKind, TimeColumn } from "./times.ts";
import { zoneMissing, zoneOffsetMs } from "./zone.ts";

/** A file's rows, and how it was read where it differs from Sluice's own format, in phrases. */
export interface FileRows {
  readonly rows: Rows;
  readonly readAs: readonly string[];
}

/**
 * Reads one file row by row; a row that breaks a rule is an InputError with its line, or dropped if `lenient` allows. Rows that come newest
 * first are turned round, and rows of nothing but `null` are no candles: both are said.
 */
export async function readRows(path: string, rules: RowRules): Promise<FileRows> {
  const collector = new RowCollector(rules, (line) => `${escaped(path)}:${line}`, true);
  let header: FileHeader | null = null;
  let row: Cells = new TextCells([]);
  let nulls = 0;
  let isFirst = true;
  let other: string | null = null;
  const cell = (column: number): string => `${candleColumns[column]} ${quoted(row.text(header!.places[column]!))}`;
  for await (const block of candleBlocks(path)) {
    rules.onBlock?.();
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!header) {
        header = headerOf(textsOf(cells), path, block.form, rules.timeZone);
        continue;
      }
      if (isFirst) other = otherSymbol(cells, header.symbol, path);
      isFirst = false;
      row = cells;
      const defect = readRow(cells, header, line, collector.row);
      if (Number.isNaN(collector.row[1]) && isNullRow(cells, header)) nulls++;
      else collector.add(line, block.share, cell, defect);
    }
  }
  const rows = collector.take();
  if (rows.count === 0) throw noCandle(path, header !== null, rows, nulls);
  const readAs = readAsOf(header!, rows, nulls, rules.timeZone);
  return { rows, readAs: other === null ? readAs : [other, ...readAs] };
}

/** A header, and how the rows under it are read. */
export interface FileHeader extends RowShape {
  /** What was assumed about the file and its columns, in words; empty if it has Sluice's own form. */
  readonly said: readonly string[];
  /** The place of the column that names the symbol; -1 if there is none. */
  readonly symbol: number;
}

/** Reads a header. Throws InputError if it is not one of candles, or if the form of the file needs a time zone and there is none. */
export function headerOf(
  names: readonly string[],
  path: string,
  form: CsvForm = plainForm,
  timeZone?: string,
): FileHeader {
  const { places, said } = columnPlaces(names, path);
  if (form.zoneUnsaid && timeZone === undefined) throw zoneMissing(path, form.zoneUnsaid);
  const time = names[places[0]!]!.trim();
  const zoneMs = timeZone === undefined ? 0 : (zoneOffsetMs(timeZone) ?? 0);
  return {
    places,
    said: [...form.said, ...(said === null ? [] : [said])],
    symbol: symbolPlace(names),
    width: names.length,
    times: new TimeColumn(path, time === "" ? "time" : time, { zoneMs }),
  };
}

function readAsOf({ said, times }: FileHeader, rows: Rows, nulls: number, timeZone?: string): string[] {
  const { kind } = times;
  return [
    ...said,
    ...(kind === null || kind === "ms" ? [] : [`times read as ${describeKind(kind, timeZone)}`]),
    ...(rows.newestFirst ? ["rows newest first, turned round"] : []),
    ...(nulls > 0 ? [`${nulls} ${nulls === 1 ? "row" : "rows"} of null left out`] : []),
  ];
}

/** The line of the candle that opens at a time, in a file that was read before; 0 if it has none. */
export async function lineOfTime(path: string, { timeZone }: RowRules, timeMs: number): Promise<number> {
  let header: FileHeader | null = null;
  for await (const block of candleBlocks(path))
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!header) header = headerOf(textsOf(cells), path, block.form, timeZone);
      else if (header.times.read(cells, header.places[0]!, line) === timeMs) return line;
    }
  return 0;
}

function noCandle(path: string, hasHeader: boolean, { dropped, unfinished }: Rows, nulls: number): InputError {
  const left = [
    ...(nulls > 0 ? [`${nulls} ${nulls === 1 ? "row" : "rows"} of null`] : []),
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
