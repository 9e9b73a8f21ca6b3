import { InputError } from "../errors.ts";
import type { Gap } from "./candles.ts";
import { GrowingColumns } from "./columns.ts";
import { csvBlocks, escaped } from "./csvRows.ts";
import { candleColumns, columnPlaces } from "./header.ts";
import { readRow } from "./rowChecks.ts";
import { contradiction, rowError, tooManyHoles, unsorted } from "./rowErrors.ts";

/** The candles of one file as they stand there, each once, in ascending order: the holes between them are known, not filled. */
export interface Rows {
  readonly firstOpenTimeMs: number;
  /** Open, high, low, close, volume; only candles that the file has. */
  readonly columns: readonly Float64Array[];
  /** Holes, by the bar of their first missing candle once they are filled. */
  readonly gaps: readonly Gap[];
  readonly duplicates: number;
  readonly dropped: number;
}

/** Holes beyond this and beyond the candles themselves come from a wrong timestamp, not from an outage. */
const tolerableHoles = 10_000;

/** Reads one file row by row; every row that breaks a rule is an InputError with its line, or dropped where `lenient` allows. */
export async function readRows(path: string, timeframeMs: number, lenient: boolean): Promise<Rows> {
  const columns = new GrowingColumns(candleColumns.length);
  const gaps: Gap[] = [];
  let values = new Float64Array(candleColumns.length);
  let last = new Float64Array(candleColumns.length);
  let header: { places: number[]; width: number } | null = null;
  let filled = 0;
  let largest = { missing: 0, line: 0, timeMs: 0, beforeMs: 0 };
  let duplicates = 0;
  let dropped = 0;
  for await (const { firstLine, rows } of csvBlocks(path)) {
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      const line = firstLine + k;
      if (row.length === 1 && row[0]!.trim() === "") continue;
      if (!header) {
        header = { places: columnPlaces(row, path), width: row.length };
        continue;
      }
      const defect = readRow(row, header.places, header.width, timeframeMs, values);
      if (defect) {
        if (!lenient || !defect.isDroppable) throw rowError(path, line, defect);
        dropped++;
        continue;
      }
      if (columns.count > 0) {
        const [timeMs, beforeMs] = [values[0]!, last[0]!];
        if (timeMs < beforeMs) throw unsorted(path, line, timeMs, beforeMs);
        if (timeMs === beforeMs) {
          if (values.some((value, column) => value !== last[column])) throw contradiction(path, line, values, last);
          duplicates++;
          continue;
        }
        const missing = (timeMs - beforeMs) / timeframeMs - 1;
        if (missing > 0) gaps.push({ bar: columns.count + filled, bars: missing });
        if (missing > largest.missing) largest = { missing, line, timeMs, beforeMs };
        filled += missing;
      }
      columns.push(values);
      [values, last] = [last, values];
    }
  }
  if (columns.count === 0) throw noCandle(path, header !== null, dropped);
  if (filled > tolerableHoles && filled > columns.count)
    throw tooManyHoles(path, largest.line, { ...largest, filled, present: columns.count });
  return { firstOpenTimeMs: columns.at(0, 0), columns: columns.take().slice(1), gaps, duplicates, dropped };
}

function noCandle(path: string, hasHeader: boolean, dropped: number): InputError {
  return new InputError("CANDLE_EMPTY", "the file holds no candle", {
    where: escaped(path),
    found: !hasHeader ? "an empty file" : dropped === 0 ? "a header only" : `a header and ${dropped} impossible rows`,
    expected: `${candleColumns.join(",")} and one row a candle`,
    remedy: "fetch the candles again, or take the file out of the folder",
  });
}
