import { cellsOf, readOhlcv } from "./ohlcv.ts";
import { repairRounding, valueDefect } from "./rowChecks.ts";
import type { RowRules } from "./rowCollector.ts";
import { fromTheFuture, type Place, rowError } from "./rowErrors.ts";

/** One candle: time, open, high, low, close, volume. */
export type CandleValues = readonly number[];

/** A candle that passed the door, and its number among the rows given, from 1. */
export interface PushedRow {
  readonly values: CandleValues;
  readonly line: number;
}

/** Rows by the rules of a file's, oldest first; of equal times in the order given. */
export interface PushedRows {
  readonly rows: readonly PushedRow[];
  /** Candles that had not closed yet, left out. */
  readonly unfinished: number;
  /** Impossible rows dropped under `lenient`. */
  readonly dropped: number;
}

/** Checks rows in any order; nothing is kept of them if one is refused. Throws InputError that names row and value. */
export function pushedRows(
  given: readonly unknown[],
  { timeframeMs, lenient, nowMs = Date.now() }: RowRules,
  place: Place,
): PushedRows {
  const rows: PushedRow[] = [];
  let unfinished = 0;
  let dropped = 0;
  let isSorted = true;
  let beforeMs = Number.NEGATIVE_INFINITY;
  const values = new Float64Array(6);
  for (const [k, each] of given.entries()) {
    const shape = readOhlcv(each, values);
    if (!shape) repairRounding(values);
    const defect = shape ?? valueDefect(values, cellsOf(each));
    const timeMs = values[0]!;
    if (defect) {
      if (!lenient || !defect.isDroppable) throw rowError(place, k + 1, defect);
      dropped++;
    } else if (timeMs > nowMs) throw fromTheFuture(place, k + 1, timeMs, nowMs);
    else if (timeMs + timeframeMs > nowMs) unfinished++;
    else {
      if (timeMs < beforeMs) isSorted = false;
      beforeMs = timeMs;
      rows.push({ values: [timeMs, values[1]!, values[2]!, values[3]!, values[4]!, values[5]!], line: k + 1 });
    }
  }
  if (!isSorted) rows.sort((a, b) => a.values[0]! - b.values[0]!);
  return { rows, unfinished, dropped };
}

/** Whether two candles are the same in every value. */
export function isSameCandle(a: CandleValues, b: CandleValues): boolean {
  return a.every((value, k) => value === b[k]);
}
