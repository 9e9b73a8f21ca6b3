import { InputError } from "../errors.ts";
import { escaped } from "./csvRows.ts";
import { candleColumns } from "./header.ts";
import type { RowDefect } from "./rowChecks.ts";

/** A row that breaks a rule of its own. */
export function rowError(path: string, line: number, defect: RowDefect): InputError {
  const { code, rule, found, expected, isDroppable } = defect;
  return new InputError(code, rule, {
    where: `${escaped(path)}:${line}`,
    found,
    expected,
    remedy: isDroppable ? "mend the file, or drop such rows with --lenient" : "convert or replace the file",
  });
}

/** A row that opens before the row above it. */
export function unsorted(path: string, line: number, timeMs: number, beforeMs: number): InputError {
  return new InputError("CANDLE_ORDER", "candles stand in ascending order of time", {
    where: `${escaped(path)}:${line}`,
    found: `timestamp ${timeMs} after ${beforeMs}`,
    expected: `a timestamp above ${beforeMs}`,
    remedy: "sort the file by timestamp",
  });
}

/** A row with the time of the row above it, and other values. */
export function contradiction(path: string, line: number, values: Float64Array, last: Float64Array): InputError {
  const column = values.findIndex((value, k) => value !== last[k]);
  return new InputError("CANDLE_CONTRADICTION", "one candle stands twice with different values", {
    where: `${escaped(path)}:${line}`,
    found: `${candleColumns[column]} ${values[column]} after ${last[column]} at timestamp ${values[0]}`,
    expected: "each candle once",
    remedy: "find out which one is right and delete the other",
  });
}

/** Holes that only a wrong timestamp explains; `line` is that of the row behind the largest. */
export function tooManyHoles(
  path: string,
  line: number,
  holes: { filled: number; present: number; missing: number; timeMs: number; beforeMs: number },
): InputError {
  return new InputError("CANDLE_HOLES", "more candles are missing than the file holds, and more than 10,000", {
    where: `${escaped(path)}:${line}`,
    found: `${holes.filled} missing and ${holes.present} present candles; ${holes.missing} missing between ${isoTime(holes.beforeMs)} and ${isoTime(holes.timeMs)}`,
    expected: "a file with most of its candles",
    remedy: "check the timestamp of this line, or fetch the missing candles",
  });
}

/** Epoch ms as a date and time, UTC. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
