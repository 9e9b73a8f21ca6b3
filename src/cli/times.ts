import { isWeekOrMonth, parseTimeframe } from "../candles/timeframe.ts";
import { zoneOffsetMs, zoneWords } from "../candles/zone.ts";
import { Unreadable } from "./usage.ts";

const isoTime = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const timeExpected = "a date such as 2026-01-31 or 2026-01-31T14:15Z, or epoch milliseconds";

/** A moment in epoch milliseconds: an ISO date (midnight UTC), an ISO time (UTC if it has no zone), or epoch milliseconds. */
export function time(text: string): number {
  if (/^\d{10,14}$/.test(text)) return epochMs(text);
  const match = isoTime.exec(text);
  if (match === null) throw new Unreadable(timeExpected);
  const [, date, clock, zone] = match;
  // The parser rolls 31 February over into March instead of refusing it.
  const midnight = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date)
    throw new Unreadable(timeExpected);
  const moment = Date.parse(clock === undefined ? `${date}T00:00Z` : zone === undefined ? `${text}Z` : text);
  if (Number.isNaN(moment)) throw new Unreadable(timeExpected);
  return moment;
}

function epochMs(text: string): number {
  // Ten digits mean seconds in every other tool; read as milliseconds they would be in January 1970.
  if (text.length <= 10) throw new Unreadable(`${timeExpected} (${text} looks like seconds)`);
  return Number(text);
}

/** A candle's length in milliseconds: `15m`, `1h`, `1d`. */
export function duration(text: string): number {
  try {
    return parseTimeframe(text);
  } catch {
    throw new Unreadable(
      `a candle length such as 15m, 1h or 1d${isWeekOrMonth(text) ? "; weeks and months are not supported" : ""}`,
    );
  }
}

/** A fixed offset from UTC, as it is written. */
export function timeZone(text: string): string {
  if (zoneOffsetMs(text) === null) throw new Unreadable(zoneWords);
  return text;
}
