import { quoted } from "./csvRows.ts";
import type { RowDefect } from "./rowChecks.ts";

/** Open times from 1973 to 5138: what lies outside is in another unit. */
const earliestMs = 1e11;
const latestMs = 1e14;
const minuteMs = 60_000;

/** Why a time (as a number, and as it stands in the source) is no open time of a candle; null if it is one. */
export function timeDefect(time: number, text: () => string): RowDefect | null {
  if (time >= earliestMs && time < latestMs && time % minuteMs === 0) return null;
  const found = `timestamp ${quoted(text())}`;
  if (!Number.isInteger(time) || time < earliestMs || time >= latestMs)
    return {
      code: "CANDLE_TIME",
      rule: "a timestamp is the open time in epoch milliseconds",
      found,
      expected: hint(text(), time),
      isDroppable: false,
    };
  return {
    code: "CANDLE_GRID",
    rule: "a candle opens on a whole minute",
    found,
    expected: "open times (is this the close time, or the time of a trade?)",
    isDroppable: false,
  };
}

function hint(text: string, time: number): string {
  if (time >= 1e17) return "milliseconds (this looks like nanoseconds: divide by 1000000)";
  if (time >= latestMs) return "milliseconds (this looks like microseconds: divide by 1000)";
  if (time >= 1e8 && time < earliestMs) return "milliseconds (this looks like seconds: multiply by 1000)";
  if (/^\s*\d{4}[-/]\d\d?[-/]\d\d?/.test(text))
    return "milliseconds since 1970 UTC (this is a date: convert it with its time zone)";
  return "an integer such as 1735689600000";
}
