import type { NamedFile } from "./fileName.ts";
import { formatTimeframe, isWeekOrMonth, parseTimeframe } from "./timeframe.ts";

/** One file of candles, by its name. */
export interface CandleFile extends NamedFile {
  readonly kind: "candles";
}

/** The files that hold one symbol's candles of one timeframe: one, or the parts of it, or several with the same candles. */
export interface SeriesFiles {
  readonly symbol: string;
  /** Length of the candles in the files, milliseconds; a divisor of the one that is wanted. */
  readonly timeframeMs: number;
  /** By part, then by name. */
  readonly files: readonly CandleFile[];
}

/** A symbol without case, slashes and other marks: `BTC/USDT` and `BTCUSDT` are two names of one. */
function symbolKey(symbol: string): string {
  return symbol.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Files in weeks or months, which no run reads, left out. */
export function readableFiles(files: readonly CandleFile[]): CandleFile[] {
  return files.filter(({ timeframe }) => !isWeekOrMonth(timeframe));
}

/**
 * The series of a timeframe among a folder's files, by symbol. If no file has the timeframe, each symbol's largest smaller one that divides it
 * stands in, to be resampled. Empty if there is none either.
 */
export function seriesAmong(files: readonly CandleFile[], timeframeMs: number): SeriesFiles[] {
  const timed = readableFiles(files).map((file) => ({ file, fileMs: parseTimeframe(file.timeframe) }));
  const exact = timed.filter(({ fileMs }) => fileMs === timeframeMs);
  if (exact.length > 0) return grouped(exact);
  const finer = timed.filter(({ fileMs }) => fileMs < timeframeMs && timeframeMs % fileMs === 0);
  const largest = new Map<string, number>();
  for (const { file, fileMs } of finer) {
    const key = symbolKey(file.symbol);
    largest.set(key, Math.max(fileMs, largest.get(key) ?? 0));
  }
  return grouped(finer.filter(({ file, fileMs }) => largest.get(symbolKey(file.symbol)) === fileMs));
}

/** Every series among some files, each in its own timeframe. */
export function allSeries(files: readonly CandleFile[]): SeriesFiles[] {
  const timed = readableFiles(files).map((file) => ({ file, fileMs: parseTimeframe(file.timeframe) }));
  return grouped(timed);
}

function grouped(timed: readonly { readonly file: CandleFile; readonly fileMs: number }[]): SeriesFiles[] {
  const groups = new Map<string, { timeframeMs: number; files: CandleFile[] }>();
  for (const { file, fileMs } of timed) {
    const key = `${symbolKey(file.symbol)} ${formatTimeframe(fileMs)}`;
    const group = groups.get(key) ?? { timeframeMs: fileMs, files: [] };
    groups.set(key, group);
    group.files.push(file);
  }
  return [...groups.values()].map(({ timeframeMs, files }) => {
    files.sort((a, b) => order(a.part ?? "", b.part ?? "") || order(a.path, b.path));
    return { symbol: files[0]!.symbol, timeframeMs, files };
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
