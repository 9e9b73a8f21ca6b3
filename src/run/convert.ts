import { rmdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Candles, openTimeMs } from "../candles/candles.ts";
import { candleLines } from "../candles/candleText.ts";
import { CandleSums } from "../candles/counts.ts";
import { candleFileName } from "../candles/fileName.ts";
import { candleFile, listCandleFiles, marketFile, selectAmong } from "../candles/folder.ts";
import { candlesOf } from "../candles/read.ts";
import type { CandleFile, SeriesFiles } from "../candles/seriesFiles.ts";
import { checkSpan, outsideSpan, type Span, sliced, windowOf } from "../candles/span.ts";
import { formatTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { NotReplaceable } from "../targetFile.ts";
import { escaped, quoted } from "../text.ts";
import { draftFor, dropDraft, type GrowingFile, putInPlace } from "../wholeFile.ts";
import type { ConvertedFile, ConvertResult } from "./answers.ts";
import { defaults } from "./defaults.ts";
import { checkCandleOutputs } from "./outputs.ts";
import type { ConvertRequest, RunOptions } from "./request.ts";
import { Session } from "./session.ts";

/** One series and the file that it becomes. */
interface Conversion {
  readonly series: SeriesFiles;
  /** Of the candles that are written, milliseconds. */
  readonly timeframeMs: number;
  readonly path: string;
}

/** Of a series; only their ratio counts: to write one, it is read again. */
const readMs = 50;
const writeMs = 120;

/**
 * Candle files in any form as Sluice's own CSV, one file a series, observed candles only: numbers in the shortest form that reads back as the
 * same. Every series is read once before the first file is written, and all files are put in place together, so that neither bad input nor a
 * stopped run changes anything. One series at a time is in memory.
 */
export async function convert(request: ConvertRequest, options: RunOptions = {}): Promise<ConvertResult> {
  const session = new Session(options);
  checkSpan(request as Span);
  const sources = [request.candles].flat() as string[];
  const files = await filesOf(sources);
  const series = await selectAmong(files, sources[0]!, request.timeframeMs, request.symbols);
  const conversions = series.map((each) => conversionOf(each, request));
  await checkCandleOutputs(
    { folder: request.out, paths: conversions.map(({ path }) => path), force: request.force === true },
    { folders: sources, paths: files.map(({ path }) => path) },
  );
  const sums = new CandleSums();
  const kept: Conversion[] = [];
  let only: Candles | null = null;
  let outside: InputError | null = null;
  session.meter.expect("read", "read", readMs * conversions.length);
  session.meter.expect("write", "write", writeMs * conversions.length);
  session.meter.begin("read");
  for (const [k, each] of conversions.entries()) {
    session.say("read", `reading ${basename(each.series.files[0]!.path)}`, k / conversions.length);
    session.meter.reach("read", k / conversions.length);
    await session.breathe();
    const { whole, candles } = await readOne(each, request, session);
    if (candles) {
      sums.add(candles);
      kept.push(each);
      only = conversions.length === 1 ? candles : null;
    } else {
      sums.leaveOut(each.series.symbol);
      outside ??= outsideSpan(whole, escaped(each.series.files[0]!.path));
    }
  }
  if (kept.length === 0) throw outside!;
  session.meter.end();
  const readAgain = async (each: Conversion): Promise<Candles> =>
    only ?? (await readOne(each, request, session)).candles!;
  const written = await session.withFiles(
    () => session.piece("write", () => writeAll(kept, readAgain, session)),
    () => true,
  );
  session.finish();
  return { files: written, candles: sums.result(), warnings: session.warnings };
}

async function filesOf(sources: readonly string[]): Promise<CandleFile[]> {
  const files = new Map<string, CandleFile>();
  for (const source of sources) {
    const isFile = (await stat(source).catch(() => null))?.isFile() ?? false;
    for (const file of isFile ? [namedOf(source)] : await listCandleFiles(source)) files.set(resolve(file.path), file);
  }
  return [...files.values()];
}

function namedOf(path: string): CandleFile {
  const file = candleFile(path);
  if (file) return file;
  const isOther = marketFile(path) !== null;
  const rule = isOther
    ? "the file holds other data than candles by its name"
    : "the file name must give symbol and timeframe, such as BTCUSDT-15m.csv";
  throw new InputError("CANDLE_NAME", rule, {
    where: escaped(path),
    found: quoted(basename(path)),
    expected: "SYMBOL-TIMEFRAME.csv, or a name that freqtrade or Binance gives to candles",
    remedy: isOther ? "leave it out" : "rename the file",
  });
}

function conversionOf(series: SeriesFiles, { timeframeMs = series.timeframeMs, out }: ConvertRequest): Conversion {
  const path = join(out, candleFileName(series.symbol, formatTimeframe(timeframeMs)));
  if (candleFile(path)?.symbol === series.symbol) return { series, timeframeMs, path };
  throw new InputError("CANDLE_NAME", "no file name would be read back as this symbol", {
    where: escaped(series.files[0]!.path),
    found: quoted(series.symbol),
    expected: "a symbol such as BTCUSDT, BTC/USDT or BTC/USDT:USDT",
    remedy: "rename the file",
  });
}

async function readOne(
  { series, timeframeMs }: Conversion,
  request: ConvertRequest,
  session: Session,
): Promise<{ readonly whole: Candles; readonly candles: Candles | null }> {
  const { breakRatio, timeZone, nowMs, lenient = defaults.lenient } = request;
  const whole = await candlesOf(series, {
    timeframeMs,
    lenient,
    onBlock: session.beat,
    ...(breakRatio !== undefined && { breakRatio }),
    ...(timeZone !== undefined && { timeZone }),
    ...(nowMs !== undefined && { nowMs }),
  });
  return { whole, candles: sliced(whole, windowOf(request as Span, timeframeMs, Number.POSITIVE_INFINITY)) };
}

/** All files, put in place only when the last of them is complete. */
async function writeAll(
  conversions: readonly Conversion[],
  read: (conversion: Conversion) => Promise<Candles>,
  session: Session,
): Promise<ConvertedFile[]> {
  const folder = dirname(conversions[0]!.path);
  const isNew = await makeOut(folder);
  const drafts: Awaited<ReturnType<typeof draftFor>>[] = [];
  const written: ConvertedFile[] = [];
  try {
    for (const [k, each] of conversions.entries()) {
      session.say("write", `writing ${basename(each.path)}`, k / conversions.length);
      session.meter.reach("write", k / conversions.length);
      await session.breathe();
      const candles = await read(each);
      const drafted = await draftOf(each.path, candles, session);
      drafts.push(drafted);
      written.push(about(each, candles, drafted.draft.sizeBytes));
    }
    for (const { draft, target } of drafts) await putInPlace(draft, target);
    return written;
  } catch (error) {
    for (const { draft } of drafts) await dropDraft(draft);
    if (isNew) await rmdir(folder).catch(() => {});
    throw error;
  }
}

async function draftOf(path: string, candles: Candles, session: Session): ReturnType<typeof draftFor> {
  const fill = async (file: GrowingFile): Promise<void> => {
    for (const lines of candleLines(candles)) {
      session.beat();
      await file.append(lines);
    }
  };
  return draftFor(path, fill).catch((cause: unknown) => {
    throw asUnwritable(path, cause);
  });
}

function about({ series, path }: Conversion, candles: Candles, bytes: number): ConvertedFile {
  return {
    file: path,
    symbol: candles.symbol,
    timeframe: formatTimeframe(candles.timeframeMs),
    candles: candles.count,
    first: openTimeMs(candles, 0),
    last: openTimeMs(candles, candles.count - 1),
    bytes,
    from: series.files.map((file) => file.path),
  };
}

/** Makes the folder to write to; whether there was none. */
async function makeOut(out: string): Promise<boolean> {
  const made = await makeFolder(out).catch((cause: unknown) => {
    throw asUnwritable(out, cause);
  });
  return made !== undefined;
}

function asUnwritable(path: string, cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).syscall === undefined && !(cause instanceof NotReplaceable)) return cause;
  return new InputError(
    "CANDLE_UNWRITABLE",
    "the candles cannot be written",
    {
      where: escaped(path),
      found: escaped((cause as Error).message),
      expected: "a file in a writable folder",
      remedy: "choose another folder with --out, free disk space or fix the permissions",
    },
    { cause },
  );
}
