import { InputError } from "../errors.ts";
import type { Gap } from "./candles.ts";
import { isBlank, textsOf } from "./cells.ts";
import { GrowingColumns } from "./columns.ts";
import { csvBlocks, escaped } from "./csvRows.ts";
import { candleColumns, columnPlaces } from "./header.ts";
import { readRow } from "./rowChecks.ts";
import { contradiction, rowError, tooManyHoles, unsorted } from "./rowErrors.ts";

/** The candles of one file as they stand there, each once, in ascending order: the holes between them are known, not filled. */
export interface Rows {
  readonly firstOpenTimeMs: number;
  /** Open, high, low, close, and volume where it was asked for; only candles that the file has. */
  readonly columns: readonly Float64Array[];
  /** Holes, by the bar of their first missing candle once they are filled. */
  readonly gaps: readonly Gap[];
  readonly duplicates: number;
  readonly dropped: number;
}

/** Holes beyond this and beyond the candles themselves come from a wrong timestamp, not from an outage. */
const tolerableHoles = 10_000;

export interface RowOptions {
  readonly timeframeMs: number;
  /** Drop and count rows with impossible values instead of refusing the file. */
  readonly lenient: boolean;
  /** Whether the volume is kept; it is checked in any case. Yes unless said. */
  readonly withVolume?: boolean;
}

/** Reads one file row by row; every row that breaks a rule is an InputError with its line, or dropped where `lenient` allows. */
export async function readRows(path: string, options: RowOptions): Promise<Rows> {
  const { timeframeMs, lenient, withVolume = true } = options;
  const columns = new GrowingColumns<Float64ArrayConstructor[]>(new Array(withVolume ? 5 : 4).fill(Float64Array));
  const gaps: Gap[] = [];
  let values = new Float64Array(candleColumns.length);
  let last = new Float64Array(candleColumns.length);
  let header: { places: number[]; width: number } | null = null;
  let firstOpenTimeMs = 0;
  let filled = 0;
  let largest = { missing: 0, line: 0, timeMs: 0, beforeMs: 0 };
  let duplicates = 0;
  let dropped = 0;
  for await (const block of csvBlocks(path)) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!header) {
        header = { places: columnPlaces(textsOf(cells), path), width: cells.count };
        continue;
      }
      const defect = readRow(cells, header.places, header.width, timeframeMs, values);
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
      } else firstOpenTimeMs = values[0]!;
      columns.push(values, block.share, 1);
      [values, last] = [last, values];
    }
  }
  if (columns.count === 0) throw noCandle(path, header !== null, dropped);
  if (filled > tolerableHoles && filled > columns.count)
    throw tooManyHoles(path, largest.line, { ...largest, filled, present: columns.count });
  return { firstOpenTimeMs, columns: columns.take(), gaps, duplicates, dropped };
}

function noCandle(path: string, hasHeader: boolean, dropped: number): InputError {
  return new InputError("CANDLE_EMPTY", "the file holds no candle", {
    where: escaped(path),
    found: !hasHeader ? "an empty file" : dropped === 0 ? "a header only" : `a header and ${dropped} impossible rows`,
    expected: `${candleColumns.join(",")} and one row a candle`,
    remedy: "fetch the candles again, or take the file out of the folder",
  });
}
