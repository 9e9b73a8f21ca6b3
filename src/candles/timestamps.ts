import { quoted } from "../text.ts";
import type { RowDefect } from "./rowDefect.ts";

/** Open times from 1973 to 5138: anything outside is in another unit. */
const earliestMs = 1e11;
const latestMs = 1e14;
const minuteMs = 60_000;

/** Why a number cannot be a time in epoch milliseconds, or a candle's open time; null if it can. */
export function timeDefect(time: number): RowDefect | null {
  if (Number.isInteger(time) && time >= earliestMs && time < latestMs) return minuteDefect(time, () => String(time));
  return {
    code: "CANDLE_TIME",
    rule: "a time must be the open time in epoch milliseconds",
    found: `time ${time}`,
    expected: hint(time),
    column: 0,
    isDroppable: false,
  };
}

/** Why a time cannot be a candle's open time, which is a whole minute; null if it can. `text` is how its source writes it. */
export function minuteDefect(time: number, text: () => string): RowDefect | null {
  if (time % minuteMs === 0) return null;
  return {
    code: "CANDLE_GRID",
    rule: "candles must open on a whole minute",
    found: `timestamp ${quoted(text())}`,
    expected: "open times (is this the close time, or the time of a trade?)",
    column: 0,
    isDroppable: false,
  };
}

function hint(time: number): string {
  if (time >= 1e17) return "milliseconds (this looks like nanoseconds: divide by 1000000)";
  if (time >= latestMs) return "milliseconds (this looks like microseconds: divide by 1000)";
  if (time >= 1e8 && time < earliestMs) return "milliseconds (this looks like seconds: multiply by 1000)";
  return "a whole number such as 1735689600000";
}
