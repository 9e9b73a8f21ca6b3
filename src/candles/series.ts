import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { assemble } from "./assemble.ts";
import { type CandleDefects, type Candles, endTimeMs, type Market } from "./candles.ts";
import { candleColumns } from "./header.ts";
import type { MarketReadOptions } from "./read.ts";
import { RowCollector, type RowRules } from "./rowCollector.ts";
import { slotOf } from "./slots.ts";
import { checkSpan, outsideSpan, sliced, windowOf } from "./span.ts";
import { formatTimeframe } from "./timeframe.ts";
import { timeDefect } from "./timestamps.ts";

/**
 * One symbol's candles in memory: columns of numbers, all of one length. `times` are open times, epoch ms UTC; without them the candles
 * follow one another from `firstOpenTimeMs` on, at `slots` if given. What `readMarket` returns has this form.
 */
export interface CandleSeries {
  /** As signals name it. */
  readonly symbol: string;
  /** The market's by default. */
  readonly timeframeMs?: number;
  /** Open time of each candle, epoch ms, ascending. */
  readonly times?: ArrayLike<number> | null;
  /** Open time of the first candle, epoch ms; needed without `times`. */
  readonly firstOpenTimeMs?: number;
  /** Place of each candle on the grid of its timeframe, ascending, from 0; only without `times`. */
  readonly slots?: ArrayLike<number> | null;
  /** The columns' length by default. */
  readonly count?: number;
  /** First price of each candle. */
  readonly open: ArrayLike<number>;
  /** Highest price of each candle. */
  readonly high: ArrayLike<number>;
  /** Lowest price of each candle. */
  readonly low: ArrayLike<number>;
  /** Last price of each candle. */
  readonly close: ArrayLike<number>;
  /** Volume of each candle, 0 or more. */
  readonly volume: ArrayLike<number>;
  /** What was repaired, dropped or left out when the series was made; counted as its own. Default: nothing. */
  readonly defects?: CandleDefects;
  /** How its source was read, in words; null, the default, if there is nothing to say. */
  readonly readAs?: string | null;
}

/** Candles that a call is given instead of a folder: a market, as `readMarket` and a builder's `snapshot` return it, one series, or a list of them. */
export type CandlesInMemory = Market | CandleSeries | readonly CandleSeries[];

/** The series of candles in memory, in the order given. */
export function seriesIn(candles: CandlesInMemory): readonly CandleSeries[] {
  if (Array.isArray(candles)) return candles;
  const { bySymbol } = candles as Partial<Market>;
  return bySymbol instanceof Map ? [...bySymbol.values()] : [candles as CandleSeries];
}

const priceColumns = ["open", "high", "low", "close"] as const;
const known = [
  ...["symbol", "timeframeMs", "times", "firstOpenTimeMs", "slots", "count", "volume"],
  ...priceColumns,
  ...["holes", "breaks", "closed", "readAs", "defects"],
];

/**
 * A market of candles in memory, checked by the same rules as a file's rows, in the requested span. Throws InputError that names the place in
 * the value, such as `candles[2].low[17]`, and the symbol.
 */
export function marketOfSeries(given: CandlesInMemory, options: MarketReadOptions): Market {
  checkSpan(options);
  if (typeof given !== "object" || given === null) throw shapeError("candles", shown(given), "a list of candle series");
  const series = seriesIn(given);
  if (series.length === 0) throw shapeError("candles", "an empty list", "a list of candle series");
  const names = series.map((each, k) => checkShape(each, k, options));
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined)
    throw new InputError("CANDLE_TWICE", "a symbol has two series of candles", {
      where: escaped(twice),
      found: `series ${names.indexOf(twice) + 1} and ${names.lastIndexOf(twice) + 1}`,
      expected: "one series per symbol",
      remedy: "merge them, or remove one of them",
    });
  const placed = series.map((each, at) => ({ each, at }));
  const wanted = options.symbols ? placed.filter(({ each }) => options.symbols!.includes(each.symbol)) : placed;
  const missing = options.symbols?.filter((symbol) => !names.includes(symbol)) ?? [];
  if (missing.length > 0 || wanted.length === 0)
    throw new InputError(
      "CANDLE_SYMBOL",
      missing.length > 0 ? "no candles for a requested symbol" : "the list of symbols is empty",
      {
        where: "candles",
        found: missing.map(quoted).join(", ") || "an empty list",
        expected: `any of: ${names.slice(0, 100).map(escaped).join(", ")}`,
        remedy: didYouMean(missing[0] ?? "", names, "spell symbols as in the series"),
      },
    );
  const all = wanted.map(({ each, at }) => candlesOfSeries(each, `candles[${at}]`, options));
  const window = windowOf(options, options.timeframeMs, Math.max(...all.map(endTimeMs)));
  const bySymbol = new Map<string, Candles>();
  const { leftOut: before } = given as Partial<Market>;
  const leftOut: string[] = Array.isArray(before) ? before.filter((name) => typeof name === "string") : [];
  for (const candles of all) {
    const kept = sliced(candles, window);
    if (kept) bySymbol.set(candles.symbol, kept);
    else leftOut.push(candles.symbol);
  }
  if (bySymbol.size === 0) throw outsideSpan(all[0]!, "candles");
  return { timeframeMs: options.timeframeMs, bySymbol, leftOut };
}

/** One series of sound shape, checked; `where` is its place. Rows that all come newest first are turned round if `mayTurn`. */
export function candlesOfSeries(series: CandleSeries, where: string, rules: RowRules, mayTurn = false): Candles {
  const { times, firstOpenTimeMs, slots, volume } = series;
  const place = (row: number, column = 0): string => {
    const name = column > 0 ? candleColumns[column]! : times ? "times" : slots ? "slots" : "open";
    return `${where}.${name}[${row - 1}], ${escaped(series.symbol)}`;
  };
  const collector = new RowCollector(rules, place, mayTurn);
  const count = series.count ?? series.open.length;
  // Runs that need no volume do not require one.
  const hasVolume = volume.length > 0;
  let row = 0;
  const timeOf = (k: number): number =>
    times
      ? numberOf(times[k])
      : firstOpenTimeMs! + slotOf({ slots: (slots ?? null) as Int32Array | null }, k) * rules.timeframeMs;
  const cell = (column: number): string => {
    const value = (series[candleColumns[column] as keyof CandleSeries] as ArrayLike<unknown>)[row];
    return `${candleColumns[column]} ${typeof value === "string" ? quoted(value) : shown(value)}`;
  };
  for (; row < count; row++) {
    const values = collector.row;
    values[0] = timeOf(row);
    values[1] = numberOf(series.open[row]);
    values[2] = numberOf(series.high[row]);
    values[3] = numberOf(series.low[row]);
    values[4] = numberOf(series.close[row]);
    values[5] = hasVolume ? numberOf(volume[row]) : 0;
    collector.add(row + 1, row / count, cell, timeDefect(values[0]));
  }
  const rows = collector.take();
  if (rows.count === 0)
    throw new InputError("CANDLE_EMPTY", "the series contains no candles", {
      where: `${where}, ${escaped(series.symbol)}`,
      found: count === 0 ? "empty columns" : "no finished, valid candle",
      expected: "one element per candle in each column",
      remedy: "download the candles again, or leave the symbol out",
    });
  const { defects, readAs = null } = series;
  const said = [...(readAs === null ? [] : [readAs]), ...(rows.newestFirst ? ["rows newest first, turned round"] : [])];
  const candles = assemble({ symbol: series.symbol, readAs: said }, rows, rules, place);
  return defects ? { ...candles, defects: sumOf(candles.defects, defects) } : candles;
}

/** NaN for anything but a number, so that neither a text nor null is a price. */
const numberOf = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);

const defectNames = ["duplicates", "dropped", "repaired", "unfinished"] as const;

const sumOf = (a: CandleDefects, b: CandleDefects): CandleDefects =>
  Object.fromEntries(defectNames.map((name) => [name, a[name] + b[name]])) as unknown as CandleDefects;

/** Checks that a series has what reading needs; returns its symbol. */
const checkShape = (series: CandleSeries, at: number, rules: RowRules): string =>
  checkSeries(series, `candles[${at}]`, rules);

/** The same; `where` is the series' place. */
export function checkSeries(
  series: CandleSeries,
  where: string,
  { timeframeMs, withVolume = true }: Pick<RowRules, "timeframeMs" | "withVolume">,
): string {
  if (typeof series !== "object" || series === null || Array.isArray(series))
    throw shapeError(where, shown(series), "an object with symbol, times and columns");
  const { symbol, count } = series;
  checkSymbol(symbol, `${where}.symbol`);
  const unknown = Object.keys(series).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw shapeError(`${where}.${escaped(unknown)}`, "an unknown column", known.slice(0, 11).join(", "));
  if (series.timeframeMs !== undefined && series.timeframeMs !== timeframeMs)
    throw new InputError("CANDLE_TIMEFRAME", "a series has a different timeframe from the run", {
      where: `${where}.timeframeMs, ${symbol}`,
      found: `${shown(series.timeframeMs)} ms`,
      expected: `${timeframeMs} ms (${formatTimeframe(timeframeMs)})`,
      remedy: "set timeframeMs in the call, or pass candles of the run's timeframe",
    });
  const length = columnLength(series, priceColumns[0], `${where}.open`);
  if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0 && count <= length))
    throw shapeError(`${where}.count, ${symbol}`, shown(count), `a whole number up to the columns' length, ${length}`);
  const needed = count ?? length;
  const columns: readonly (keyof CandleSeries)[] = [
    ...priceColumns,
    ...(withVolume || columnLength(series, "volume", `${where}.volume`) > 0 ? (["volume"] as const) : []),
    ...(series.times ? (["times"] as const) : []),
    ...(series.slots ? (["slots"] as const) : []),
  ];
  for (const name of columns) {
    const there = columnLength(series, name, `${where}.${name}`);
    if (there < needed || (count === undefined && there !== needed))
      throw shapeError(`${where}.${name}, ${symbol}`, `${there} elements`, `${needed}, as many as open has`);
  }
  if (!series.times && typeof series.firstOpenTimeMs !== "number")
    throw shapeError(`${where}, ${symbol}`, "no times and no firstOpenTimeMs", "open times, epoch ms UTC");
  checkHistory(series, where);
  return symbol;
}

/** Refuses what cannot name a symbol; `where` is its place. */
export function checkSymbol(symbol: unknown, where: string): asserts symbol is string {
  if (typeof symbol !== "string" || symbol === "" || escaped(symbol) !== symbol)
    throw shapeError(where, shown(symbol), "a printable name");
}

/** Checks what a series says of its own making. */
function checkHistory({ defects, readAs }: CandleSeries, where: string): void {
  const isCount = (count: unknown): boolean => Number.isSafeInteger(count) && (count as number) >= 0;
  if (
    defects !== undefined &&
    !defectNames.every((name) => isCount((defects as Partial<CandleDefects> | null)?.[name]))
  )
    throw shapeError(`${where}.defects`, shown(defects), `counts of ${defectNames.join(", ")}`);
  if (readAs !== undefined && readAs !== null && typeof readAs !== "string")
    throw shapeError(`${where}.readAs`, shown(readAs), "a text, or null");
}

function columnLength(series: CandleSeries, name: keyof CandleSeries, where: string): number {
  const column = series[name] as unknown;
  const isColumn = Array.isArray(column) || (ArrayBuffer.isView(column) && !(column instanceof DataView));
  if (!isColumn) throw shapeError(where, shown(column), "an array of numbers");
  return (column as ArrayLike<number>).length;
}

export function shapeError(where: string, found: string, expected: string): InputError {
  return new InputError(
    "CANDLE_SERIES",
    "invalid candles in memory: they must be columns of numbers, one element per candle",
    {
      where,
      found,
      expected,
      remedy: "fix the call; nothing was read or written",
    },
  );
}

function shown(value: unknown): string {
  if (value === null || typeof value !== "object") return escaped(String(value)).slice(0, 60);
  return Array.isArray(value) ? "a list" : "an object";
}
