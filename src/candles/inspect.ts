import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { InputError, SluiceError } from "../errors.ts";
import { type Candles, openTimeMs } from "./candles.ts";
import { escaped, quoted } from "./csvRows.ts";
import { candleFile, listCandleFiles, listFolder } from "./folder.ts";
import { readCandleFile } from "./readFile.ts";
import { parseTimeframe } from "./timeframe.ts";

/** What is in one candle file. Times are open times, epoch ms; a move is a fraction of the open. */
export interface InspectedFile {
  readonly file: string;
  readonly symbol: string;
  /** Empty where the name says none. */
  readonly timeframe: string;
  /** null where the file cannot be read even with its impossible rows dropped. */
  readonly contents: {
    readonly first: number;
    readonly last: number;
    /** Filled ones included. */
    readonly candles: number;
    readonly gaps: number;
    readonly filled: number;
    readonly longest_gap: { readonly time: number; readonly candles: number } | null;
    readonly duplicates: number;
    /** Impossible rows, which only `--lenient` would drop. */
    readonly dropped: number;
    /** Of the candles that the file has: filled ones do not count. */
    readonly zero_volume: number;
    /** From a candle's open to its high or low, whichever is farther. */
    readonly largest_move: { readonly time: number; readonly move: number };
  } | null;
  /** The first thing for which the file would be refused; null where it is sound. */
  readonly defect: {
    readonly code: string;
    readonly rule: string;
    readonly where: string;
    readonly found: string;
  } | null;
}

/**
 * What is in a candle folder, or in one file: every file is reported, sound or not, and so are CSV files whose name is not
 * SYMBOL-TIMEFRAME.csv. One file at a time is in memory. Throws InputError only where there is nothing to look at.
 */
export async function inspectCandles(path: string): Promise<InspectedFile[]> {
  const isFile = (await stat(path).catch(() => null))?.isFile() ?? false;
  // Refuses a path that is neither a file nor a folder with a candle file.
  if (!isFile) await listCandleFiles(path);
  const paths = isFile ? [path] : (await listFolder(path)).filter((name) => /\.csv$/i.test(name));
  const inspected: InspectedFile[] = [];
  for (const file of paths) inspected.push(await inspectFile(file));
  return inspected.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
}

async function inspectFile(path: string): Promise<InspectedFile> {
  const named = candleFile(path);
  if (!named) {
    const rule = "a candle file is named SYMBOL-TIMEFRAME.csv, such as BTCUSDT-15m.csv";
    const error = new InputError("CANDLE_NAME", rule, { where: escaped(path), found: quoted(basename(path)) });
    return { file: path, symbol: basename(path), timeframe: "", contents: null, defect: defectOf(error, path) };
  }
  const { symbol, timeframe } = named;
  const timeframeMs = parseTimeframe(timeframe);
  let defect: InspectedFile["defect"] = null;
  for (const lenient of [false, true])
    try {
      const candles = await readCandleFile(path, symbol, { timeframeMs, lenient });
      return { file: path, symbol, timeframe, contents: contentsOf(candles), defect };
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      defect ??= defectOf(error, path);
    }
  return { file: path, symbol, timeframe, contents: null, defect };
}

function defectOf({ code, message, details }: SluiceError, path: string): NonNullable<InspectedFile["defect"]> {
  return { code, rule: message, where: details.where ?? escaped(path), found: details.found ?? "" };
}

function contentsOf(candles: Candles): NonNullable<InspectedFile["contents"]> {
  const { count, gaps, defects } = candles;
  let zeroVolume = 0;
  let largest = { time: candles.firstOpenTimeMs, move: 0 };
  for (let bar = 0; bar < count; bar++) {
    if (candles.volume[bar] === 0) zeroVolume++;
    const open = candles.open[bar]!;
    const up = (candles.high[bar]! - open) / open;
    const down = (candles.low[bar]! - open) / open;
    const move = up > -down ? up : down;
    if (Math.abs(move) > Math.abs(largest.move)) largest = { time: openTimeMs(candles, bar), move };
  }
  const longest = gaps.length === 0 ? null : gaps.reduce((best, gap) => (gap.bars > best.bars ? gap : best));
  return {
    first: candles.firstOpenTimeMs,
    last: openTimeMs(candles, count - 1),
    candles: count,
    gaps: gaps.length,
    filled: defects.filled,
    longest_gap: longest && { time: openTimeMs(candles, longest.bar), candles: longest.bars },
    duplicates: defects.duplicates,
    dropped: defects.dropped,
    zero_volume: zeroVolume - defects.filled,
    largest_move: largest,
  };
}
