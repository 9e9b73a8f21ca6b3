import { InputError } from "../errors.ts";
import { candleColumns } from "./header.ts";
import type { RowDefect } from "./rowDefect.ts";

/** Names the place of a row in a message: a file's line, or a candle in memory, where a value is named by its place in `candleColumns`. */
export type Place = (line: number, column?: number) => string;

/** A row that breaks a rule of its own. */
export function rowError(place: Place, line: number, defect: RowDefect): InputError {
  const { code, rule, found, expected, isDroppable, column } = defect;
  return new InputError(code, rule, {
    where: place(line, column),
    found,
    expected,
    remedy: isDroppable ? "fix the row, or drop such rows with --lenient" : "convert or replace the file",
  });
}

/** A row that opens before the row above it. */
export function unsorted(place: Place, line: number, timeMs: number, beforeMs: number): InputError {
  return new InputError("CANDLE_ORDER", "candles must be in ascending order of time", {
    where: place(line),
    found: `timestamp ${timeMs} after ${beforeMs}`,
    expected: `a timestamp above ${beforeMs}`,
    remedy: "sort the candles by timestamp",
  });
}

/** A row that opens after the row above it, in a file that begins newest first. */
export function unsortedBackwards(place: Place, line: number, timeMs: number, beforeMs: number): InputError {
  return new InputError("CANDLE_ORDER", "candles must be in one order of time: these begin newest first", {
    where: place(line),
    found: `timestamp ${timeMs} after ${beforeMs}`,
    expected: `a timestamp below ${beforeMs}`,
    remedy: "sort the candles by timestamp",
  });
}

/** A row with the time of the row above it, and other values. */
export function contradiction(place: Place, line: number, values: Float64Array, last: Float64Array): InputError {
  const column = values.findIndex((value, k) => value !== last[k]);
  return new InputError("CANDLE_CONTRADICTION", "duplicate candle with different values", {
    where: place(line, column),
    found: `${candleColumns[column]} ${values[column]} after ${last[column]} at timestamp ${values[0]}`,
    expected: "each candle once",
    remedy: "keep the right one and delete the other",
  });
}

/** A candle that opens after now. */
export function fromTheFuture(place: Place, line: number, timeMs: number, nowMs: number): InputError {
  return new InputError("CANDLE_FUTURE", "a candle opens in the future: the clock or the time zone is wrong", {
    where: place(line),
    found: `${isoTime(timeMs)}; it is now ${isoTime(nowMs)}`,
    expected: "open times in UTC, none after now",
    remedy: "check the clock of this machine and the time zone of the data",
  });
}

/** Holes that only a wrong timestamp explains; `line` is that of the row after the largest. */
export function tooManyHoles(
  place: Place,
  line: number,
  holes: { readonly missing: number; readonly present: number; readonly fromMs: number; readonly toMs: number },
): InputError {
  return new InputError("CANDLE_HOLES", "more candles are missing than present, and more than 10,000", {
    where: place(line),
    found: `${holes.missing} missing and ${holes.present} present candles; the largest hole is between ${isoTime(holes.fromMs)} and ${isoTime(holes.toMs)}`,
    expected: "a series with most of its candles",
    remedy: "check the timestamp of this row, or fetch the missing candles",
  });
}

/** Epoch ms as a date and time, UTC. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
