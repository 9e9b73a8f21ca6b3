import * as v from "valibot";
import { defaultBreakRatio } from "../candles/breaks.ts";
import type { Candles, Market } from "../candles/candles.ts";
import { candlesOfRows } from "../candles/fromRows.ts";
import type { OhlcvColumns, OhlcvRow } from "../candles/ohlcv.ts";
import { candlesOfSeries, checkSeries, checkSymbol, shapeError } from "../candles/series.ts";
import { inSharedMemory } from "../candles/sharedColumns.ts";
import { parseTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";
import type { OpportunityRow } from "../opportunities/rowObjects.ts";
import { MarketBuffer, type PushResult, type ScannedCandle } from "../opportunities/stream/marketBuffer.ts";
import { marketOptions } from "../run/options.ts";
import { isPlainObject } from "../run/plainObject.ts";
import { checkOptions } from "../run/requestCheck.ts";
import { barLength, moment, onOff, positive, value } from "../run/values.ts";
import { wrong } from "../run/wrong.ts";
import { sluiceErrorsNow } from "./faults.ts";

/** Length of a candle: `1m`, `15m`, `1h`, `1d` ..., or milliseconds. Weeks and months are refused. */
export type Timeframe = string | number;

/** The present: epoch ms, or a clock that tells it. */
export type Now = number | (() => number);

/** How rows of `candlesFrom` are read. */
export interface CandlesFromOptions {
  /** Drops and counts rows with impossible values instead of refusing them. */
  readonly lenient?: boolean | undefined;
  /** The present, epoch ms or a clock: a candle that closes after it is left out and counted, one that opens after it refused. Default: the clock. */
  readonly now?: Now | undefined;
}

/** How a market in memory is kept. */
export interface CreateMarketOptions {
  /** Length of a candle, such as `15m`. */
  readonly timeframe: Timeframe;
  /** Length of the window in days before the newest candle of any symbol; default 365. */
  readonly keepDays?: number | undefined;
  /** As for `candlesFrom`. */
  readonly lenient?: boolean | undefined;
  /** The present: candles that close after it are unfinished. Default: the clock. */
  readonly now?: Now | undefined;
  /** Ratio of an open to the previous close (either way up) that counts as a change of unit, not a move; default 8. */
  readonly breakRatio?: number | undefined;
}

/** A market in memory, candle by candle. */
export interface MarketBuilder {
  /**
   * Takes candles of a symbol, in any order: `push("BTC/USDT", ...rows)`, or a list of many in place of the rows. Rows are those of ccxt,
   * `[time, open, high, low, close, volume]`. A candle with a known time and other values replaces the one that was there. Either all
   * rows are taken, or none: InputError with the codes of a candle file (CANDLE_PRICE, CANDLE_RANGE, CANDLE_TIME, CANDLE_FUTURE,
   * CANDLE_GRID, CANDLE_SPACING ...), the row and the value.
   */
  push(symbol: string, ...rows: readonly OhlcvRow[] | readonly [readonly OhlcvRow[]]): PushResult;
  /** The candles in the window, for any call that takes `candles`. Columns are shared, not copied, and never change. Throws InputError (MARKET_EMPTY). */
  snapshot(): Market;
  /**
   * What the scanner says of a symbol's newest candle: its opportunity with every feature, or why there is none; null if the symbol has no
   * candle. To the bit what a scan of all candles that were pushed says, and only the candles since the last call are looked at.
   */
  features(symbol: string): ScannedCandle | null;
  /** The scanner's opportunities in the window, of all symbols or one, by time, then symbol, as `scan` finds them; only new candles are looked at. */
  opportunities(symbol?: string): OpportunityRow[];
  /** Bytes that are held: 52 for each candle there is room for, and about 640 for each opportunity once the scanner has been asked. */
  readonly bytes: number;
}

const defaultKeepDays = 365;
const dayMs = 86_400_000;

const nowOption = value(
  v.union([moment, v.custom<() => number>((given) => typeof given === "function")]),
  "epoch milliseconds, or a function that returns them",
);
const fromOptions = v.strictObject({ lenient: v.optional(onOff), now: v.optional(nowOption) });
const timeframeOption = value(v.union([v.string(), barLength("900000 for 15m")]), "a timeframe such as 15m");
const marketBuilderOptions = v.strictObject({
  timeframe: timeframeOption,
  keepDays: v.optional(positive("days", 36_600)),
  lenient: v.optional(onOff),
  now: v.optional(nowOption),
  breakRatio: marketOptions.breakRatio,
});

/**
 * One symbol's candles of rows as ccxt returns them (`[time, open, high, low, close, volume]`, oldest or newest first), or of columns of one
 * length, by the rules of a candle file: missing candles are holes, equal rows count once, the unfinished candle is left out. Columns of
 * the result are in shared memory. Throws InputError with the codes of a candle file and the place in the value, such as `rows[17][3]`.
 */
export function candlesFrom(
  symbol: string,
  timeframe: Timeframe,
  rows: Iterable<OhlcvRow> | OhlcvColumns,
  options: CandlesFromOptions = {},
): Candles {
  return sluiceErrorsNow(() => {
    checkSymbol(symbol, "symbol");
    const { lenient = false, now } = checkOptions("candlesFrom", fromOptions, options);
    const rules = { timeframeMs: timeframeOf(timeframe, "candlesFrom"), lenient, nowMs: presentOf(now) };
    if (isIterable(rows)) return inSharedMemory(candlesOfRows(symbol, readable(rows), rules));
    const series = { ...columnsOf(rows), symbol };
    checkSeries(series, "rows", rules);
    return inSharedMemory(candlesOfSeries(series, "rows", rules, true));
  });
}

/**
 * A market in memory that a bot fills candle by candle, in a rolling window: `snapshot` is what any call takes as `candles`, and `features` is
 * what the scanner says of the newest candle, without looking at the history again. Per symbol it holds at most the candles of
 * `keepDays` and of the 7 days that the scanner looks back, and an eighth more, at 52 bytes each.
 */
export function createMarket(options: CreateMarketOptions): MarketBuilder {
  return sluiceErrorsNow(() => {
    const { timeframe, keepDays, lenient, now, breakRatio } = checkOptions(
      "createMarket",
      marketBuilderOptions,
      options,
    );
    const timeframeMs = timeframeOf(timeframe, "createMarket");
    const keepMs = (keepDays ?? defaultKeepDays) * dayMs;
    if (keepMs < timeframeMs) throw shorterThanCandle(keepDays, timeframeMs);
    const buffer = new MarketBuffer({
      timeframeMs,
      keepMs,
      lenient: lenient ?? false,
      breakRatio: breakRatio ?? defaultBreakRatio,
      now: () => presentOf(now),
    });
    return {
      push: (symbol, ...rows) =>
        sluiceErrorsNow(() => {
          checkSymbol(symbol, "symbol");
          return buffer.push(symbol, listOf(rows));
        }),
      snapshot: () => sluiceErrorsNow(() => buffer.snapshot()),
      features: (symbol) => sluiceErrorsNow(() => buffer.features(symbol)),
      opportunities: (symbol) => sluiceErrorsNow(() => buffer.opportunities(symbol)),
      get bytes() {
        return buffer.bytes;
      },
    };
  });
}

/** The rows of a push: as arguments, or as one list of them. */
function listOf(rows: readonly OhlcvRow[] | readonly [readonly OhlcvRow[]]): readonly OhlcvRow[] {
  const [first] = rows as readonly unknown[];
  const isList = rows.length === 1 && Array.isArray(first) && (first.length === 0 || Array.isArray(first[0]));
  return isList ? (first as OhlcvRow[]) : (rows as readonly OhlcvRow[]);
}

function timeframeOf(timeframe: Timeframe, call: string): number {
  if (typeof timeframe === "string") return parseTimeframe(timeframe);
  if (v.is(timeframeOption, timeframe)) return timeframe;
  throw wrong({
    call,
    rule: "invalid value for timeframe",
    where: "timeframe",
    found: timeframe,
    expected: "a timeframe such as 15m, or whole minutes in milliseconds",
  });
}

/** A window that no candle fits into. */
function shorterThanCandle(keepDays: unknown, timeframeMs: number): InputError {
  return wrong({
    call: "createMarket",
    rule: "keepDays is shorter than one candle",
    where: "keepDays",
    found: keepDays,
    expected: `at least ${timeframeMs / dayMs} days, in which one candle fits`,
  });
}

function presentOf(now: Now | undefined): number {
  if (typeof now !== "function") return now ?? Date.now();
  const present = now();
  if (v.is(moment, present)) return present;
  throw wrong({
    call: "now",
    rule: "invalid result of now",
    where: "now",
    found: present,
    expected: "epoch milliseconds",
  });
}

function isIterable(rows: unknown): rows is Iterable<unknown> {
  return (
    typeof rows === "object" && rows !== null && typeof (rows as Iterable<unknown>)[Symbol.iterator] === "function"
  );
}

/** The rows of the caller's own iterable, which may throw. */
function* readable(rows: Iterable<unknown>): Generator<unknown> {
  try {
    yield* rows;
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      "CANDLE_SERIES",
      "the rows cannot be read",
      { where: "rows", found, expected: "rows that can be iterated over", remedy: "fix what yields the rows" },
      { cause },
    );
  }
}

/** The columns of the caller's own object, which may throw. */
function columnsOf(rows: unknown): OhlcvColumns {
  const expected = "a list of [time, open, high, low, close, volume], or an object of columns";
  if (!isPlainObject(rows)) throw shapeError("rows", kindOf(rows), expected);
  try {
    return { ...rows } as unknown as OhlcvColumns;
  } catch (cause) {
    throw shapeError("rows", cause instanceof Error ? cause.message : String(cause), expected);
  }
}

function kindOf(rows: unknown): string {
  return rows === null || typeof rows !== "object" ? String(rows) : "an object of a class";
}
