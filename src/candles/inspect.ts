import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { InputError, SluiceError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { defaultBreakRatio } from "./breaks.ts";
import { type Candles, endTimeMs, missingCandles, openTimeMs } from "./candles.ts";
import type { FileKind } from "./fileName.ts";
import { candleFile, listCandleFiles, listFolder, marketFile } from "./folder.ts";
import { isCandleExtension } from "./formats.ts";
import { readSeries } from "./readSeries.ts";
import type { RowRules } from "./rowCollector.ts";
import { allSeries, type SeriesFiles } from "./seriesFiles.ts";
import { parseTimeframe } from "./timeframe.ts";

/** What is in one candle file, or in several that are one series. Times are open times, epoch ms; a move is a fraction of the open. */
export interface InspectedFile {
  /** The file, the first of several. */
  readonly file: string;
  /** Every file of the series, by part and name. */
  readonly files: readonly string[];
  /** By the name. */
  readonly symbol: string;
  /** Empty if the name has none. */
  readonly timeframe: string;
  /** By the name; mark prices, index prices and funding rates are recognised and never read as candles. */
  readonly kind: FileKind;
  /** null if the file holds no candles by its name, or cannot be read even with its impossible rows dropped. */
  readonly contents: {
    /** Open time of the first candle, epoch ms. */
    readonly first: number;
    /** Open time of the last candle, epoch ms. */
    readonly last: number;
    /** Candles in the file: missing ones are not counted. */
    readonly candles: number;
    /** Holes during open hours, and the candles missing in them. */
    readonly gaps: number;
    /** See `gaps`. */
    readonly filled: number;
    /** The longest hole: where it begins, epoch ms, and how many candles it lacks; null without a hole. */
    readonly longest_gap: { readonly time: number; readonly candles: number } | null;
    /** When the market is closed, in words; null if it never is. */
    readonly closed: string | null;
    /** Candles missing because the market is closed. */
    readonly closed_candles: number;
    /** Changes of unit: the first candle after each, and its open over the close before. */
    readonly breaks: readonly { readonly time: number; readonly ratio: number }[];
    /** Rows equal to the one before them. */
    readonly duplicates: number;
    /** Impossible rows, which only `--lenient` would drop. */
    readonly dropped: number;
    /** Highs and lows that missed open or close by rounding error only. */
    readonly repaired: number;
    /** 1 if the last candle had not closed yet: it is left out. */
    readonly unfinished: number;
    /** From the close of the newest candle until now, milliseconds. */
    readonly age: number;
    /** How header and times were read if they differ from Sluice's own format; otherwise null. */
    readonly read_as: string | null;
    /** Candles with a volume of 0. */
    readonly zero_volume: number;
    /** From a candle's open to its high or low, whichever is farther. */
    readonly largest_move: { readonly time: number; readonly move: number };
  } | null;
  /** The first reason to refuse the file; null if it is sound. */
  readonly defect: {
    /** Of the error that reading it would throw. */
    readonly code: string;
    /** What is wrong. */
    readonly rule: string;
    /** File and line. */
    readonly where: string;
    /** What stands there. */
    readonly found: string;
    /** What to do. */
    readonly remedy: string;
  } | null;
}

export interface InspectOptions {
  /** The present, epoch ms; the clock's by default. */
  readonly nowMs?: number | undefined;
  /** Ratio of an open to the previous close at which a series breaks; default 8. */
  readonly breakRatio?: number | undefined;
  /** Offset from UTC of dates that give none, such as `-05:00`. */
  readonly timeZone?: string | undefined;
}

/**
 * What is in a candle folder, or in one file: every file is reported, sound or not, and so are files of a candle format under
 * any other name. Files of one series are reported together. One series at a time is in memory. Throws InputError only if there is nothing
 * to look at.
 */
export async function inspectCandles(path: string, options: InspectOptions = {}): Promise<InspectedFile[]> {
  const isFile = (await stat(path).catch(() => null))?.isFile() ?? false;
  // Refuses a path that is neither a file nor a folder with a candle file.
  if (!isFile) await listCandleFiles(path);
  const paths = isFile ? [path] : (await listFolder(path)).filter(isCandleExtension);
  const series = allSeries(paths.flatMap((each) => candleFile(each) ?? []));
  const inSeries = new Set(series.flatMap(({ files }) => files.map((file) => file.path)));
  const inspected = paths.filter((each) => !inSeries.has(each)).map(uninspected);
  for (const each of series) inspected.push(await inspectSeries(each, options));
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return inspected.sort((a, b) => order(a.symbol, b.symbol) || order(a.file, b.file));
}

/** A file that no run reads as candles: other data, weeks and months, or a name that tells nothing. */
function uninspected(path: string): InspectedFile {
  const file = { file: path, files: [path], contents: null };
  const named = marketFile(path);
  if (!named) {
    const rule = "the file name must give symbol and timeframe, such as BTCUSDT-15m.csv or BTC_USDT-15m.feather";
    const details = { where: escaped(path), found: quoted(basename(path)), remedy: "rename the file" };
    const error = new InputError("CANDLE_NAME", rule, details);
    return { ...file, symbol: basename(path), timeframe: "", kind: "candles", defect: defectOf(error, path) };
  }
  const { symbol, timeframe, kind } = named;
  return { ...file, symbol, timeframe, kind, defect: kind === "candles" ? timeframeDefect(timeframe, path) : null };
}

/** Why candles of a timeframe are not read; null if they are. */
function timeframeDefect(timeframe: string, path: string): InspectedFile["defect"] {
  try {
    parseTimeframe(timeframe);
    return null;
  } catch (error) {
    if (error instanceof SluiceError) return defectOf(error, path);
    throw error;
  }
}

async function inspectSeries(series: SeriesFiles, options: InspectOptions): Promise<InspectedFile> {
  const { symbol, timeframeMs } = series;
  const [first] = series.files;
  const about = {
    file: first!.path,
    files: series.files.map(({ path }) => path),
    symbol,
    timeframe: first!.timeframe,
    kind: first!.kind,
  };
  const nowMs = options.nowMs ?? Date.now();
  let defect: InspectedFile["defect"] = null;
  for (const lenient of [false, true])
    try {
      const rules: RowRules = {
        breakRatio: options.breakRatio ?? defaultBreakRatio,
        ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
        timeframeMs,
        lenient,
        nowMs,
      };
      const candles = await readSeries(series, rules);
      return { ...about, contents: contentsOf(candles, nowMs), defect };
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      defect ??= defectOf(error, first!.path);
    }
  return { ...about, contents: null, defect };
}

function defectOf({ code, message, details }: SluiceError, path: string): NonNullable<InspectedFile["defect"]> {
  const { where = escaped(path), found = "", remedy = "" } = details;
  return { code, rule: message, where, found, remedy };
}

function contentsOf(candles: Candles, nowMs: number): NonNullable<InspectedFile["contents"]> {
  const { count, holes, breaks, defects } = candles;
  const gaps = holes.filter(({ missing }) => missing > 0);
  const longest = gaps.length === 0 ? null : gaps.reduce((best, gap) => (gap.missing > best.missing ? gap : best));
  const missing = missingCandles(candles);
  return {
    first: openTimeMs(candles, 0),
    last: openTimeMs(candles, count - 1),
    candles: count,
    gaps: gaps.length,
    filled: missing,
    longest_gap: longest && { time: longest.fromMs, candles: longest.missing },
    closed: candles.closed,
    closed_candles: holes.reduce((sum, { bars }) => sum + bars, 0) - missing,
    breaks: breaks.map(({ index, ratio }) => ({ time: openTimeMs(candles, index), ratio })),
    ...defects,
    age: nowMs - endTimeMs(candles),
    read_as: candles.readAs,
    zero_volume: candles.volume.reduce((sum, volume) => sum + Number(volume === 0), 0),
    largest_move: largestMove(candles),
  };
}

function largestMove(candles: Candles): { readonly time: number; readonly move: number } {
  let largest = { index: 0, move: 0 };
  for (let index = 0; index < candles.count; index++) {
    const open = candles.open[index]!;
    const up = (candles.high[index]! - open) / open;
    const down = (candles.low[index]! - open) / open;
    const move = up > -down ? up : down;
    if (Math.abs(move) > Math.abs(largest.move)) largest = { index, move };
  }
  return { time: openTimeMs(candles, largest.index), move: largest.move };
}
