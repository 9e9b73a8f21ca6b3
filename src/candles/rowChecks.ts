import { InputError } from "../errors.ts";
import { quoted } from "./csvRows.ts";
import { formatTimeframe } from "./timeframe.ts";

export const candleColumns = ["timestamp", "open", "high", "low", "close", "volume"] as const;

/** Where each candle column stands in a file's header. */
export function columnPlaces(header: readonly string[], path: string): number[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const places = candleColumns.map((name) => names.indexOf(name));
  const missing = candleColumns.filter((_, k) => places[k]! < 0);
  if (missing.length === 0) return places;
  const isPointer = header[0]?.startsWith("version https://git-lfs");
  throw new InputError(
    "CANDLE_HEADER",
    isPointer ? "the file is a Git LFS pointer, not data" : "the header lacks candle columns",
    {
      where: `${path}:1`,
      found: quoted(header.join(",")),
      expected: candleColumns.join(","),
      remedy: isPointer ? "fetch the real file with git lfs pull" : `missing: ${missing.join(", ")}`,
    },
  );
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function numberOf(cell: string | undefined): number {
  const text = (cell ?? "").trim();
  return plainNumber.test(text) ? Number(text) : Number.NaN;
}

/** A defect of one row: the rule it breaks, and the message's parts. */
export interface RowDefect {
  readonly code: string;
  readonly rule: string;
  readonly found: string;
  readonly expected: string;
}

/** Reads one row into `values` (in the order of `candleColumns`); the defect where it breaks a rule of its own. */
export function readRow(
  row: readonly string[],
  places: readonly number[],
  timeframeMs: number,
  values: number[],
): RowDefect | null {
  for (const [k, place] of places.entries()) values[k] = numberOf(row[place]);
  const [time, open, high, low, close, volume] = values as [number, number, number, number, number, number];
  const cell = (k: number): string => `${candleColumns[k]} ${quoted(row[places[k]!] ?? "")}`;
  if (!Number.isInteger(time) || time < 1e11 || time >= 1e14)
    return {
      code: "CANDLE_TIME",
      rule: "a timestamp is the open time in epoch milliseconds",
      found: cell(0),
      expected: timeHint(row[places[0]!] ?? "", time),
    };
  if (time % timeframeMs !== 0)
    return {
      code: "CANDLE_GRID",
      rule: `a ${formatTimeframe(timeframeMs)} candle opens on the ${formatTimeframe(timeframeMs)} grid`,
      found: cell(0),
      expected: `a multiple of ${timeframeMs} ms`,
    };
  for (let k = 1; k <= 4; k++)
    if (!(values[k]! > 0 && values[k]! < Number.POSITIVE_INFINITY))
      return {
        code: "CANDLE_PRICE",
        rule: "a price is a finite number above 0",
        found: cell(k),
        expected: "a number such as 101.25",
      };
  if (!(volume >= 0 && volume < Number.POSITIVE_INFINITY))
    return {
      code: "CANDLE_VOLUME",
      rule: "a volume is a finite number, 0 or more",
      found: cell(5),
      expected: "a number such as 12.5",
    };
  if (high < low)
    return {
      code: "CANDLE_RANGE",
      rule: "high is not below low",
      found: `${cell(2)}, ${cell(3)}`,
      expected: "high >= low",
    };
  for (const [k, price] of [
    [1, open],
    [4, close],
  ] as const)
    if (price > high || price < low)
      return {
        code: "CANDLE_RANGE",
        rule: "open and close lie within low..high",
        found: cell(k),
        expected: `${low} to ${high}`,
      };
  return null;
}

function timeHint(text: string, time: number): string {
  if (time >= 1e14 && time < 1e17) return `milliseconds (this looks like microseconds: divide by 1000)`;
  if (time >= 1e8 && time < 1e11) return `milliseconds (this looks like seconds: multiply by 1000)`;
  if (/^\d{4}-\d\d-\d\d/.test(text))
    return "milliseconds since 1970 UTC (this is a date: convert it with its time zone)";
  return "an integer such as 1735689600000";
}
