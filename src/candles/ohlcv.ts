import { quoted } from "../text.ts";
import { candleColumns } from "./header.ts";
import type { RowDefect } from "./rowDefect.ts";
import { timeDefect } from "./timestamps.ts";

/** A number of a row. The types of ccxt allow `undefined`; a row with one is refused. */
export type OhlcvNumber = number | null | undefined;

/** One candle as ccxt's `fetchOHLCV` returns it: open time (epoch ms UTC), prices in quote currency, volume. */
export type OhlcvRow = readonly [
  time: OhlcvNumber,
  open: OhlcvNumber,
  high: OhlcvNumber,
  low: OhlcvNumber,
  close: OhlcvNumber,
  volume: OhlcvNumber,
];

/** Candles as columns of one length: `times` are open times, epoch ms UTC. */
export interface OhlcvColumns {
  /** Open times, epoch ms. */
  readonly times: ArrayLike<number>;
  /** Prices at the open. */
  readonly open: ArrayLike<number>;
  /** Highest prices. */
  readonly high: ArrayLike<number>;
  /** Lowest prices. */
  readonly low: ArrayLike<number>;
  /** Prices at the close. */
  readonly close: ArrayLike<number>;
  /** Volumes. */
  readonly volume: ArrayLike<number>;
}

const width = candleColumns.length;

/** Puts a row's numbers into `values`, NaN for anything else; returns what is wrong with its form or its time, or null. */
export function readOhlcv(row: unknown, values: Float64Array): RowDefect | null {
  if (!Array.isArray(row) || row.length !== width)
    return {
      code: "CANDLE_COLUMNS",
      rule: "a candle must be a list of six numbers",
      found: Array.isArray(row) ? `a list of ${row.length}` : shownCell(row),
      expected: "[time, open, high, low, close, volume]",
      isDroppable: false,
    };
  for (let k = 0; k < width; k++) values[k] = typeof row[k] === "number" ? row[k] : Number.NaN;
  const defect = timeDefect(values[0]!);
  return defect && typeof row[0] !== "number" ? { ...defect, found: `time ${shownCell(row[0])}` } : defect;
}

/** Tells a column's name and what a row holds there. */
export function cellsOf(row: unknown): (column: number) => string {
  return (column) => `${candleColumns[column]} ${shownCell((row as readonly unknown[])[column])}`;
}

/** A value for a message: texts in quotes, objects by their kind. */
function shownCell(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}
