import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { type NamedFile, namedFile } from "./fileName.ts";
import { isCandleExtension } from "./formats.ts";
import { allSeries, type CandleFile, readableFiles, type SeriesFiles, seriesAmong } from "./seriesFiles.ts";
import { formatTimeframe, isWeekOrMonth, parseTimeframe } from "./timeframe.ts";

/** What a path says of its file if it may be candles, mark prices or funding rates; null if its name or its extension says otherwise. */
export function marketFile(path: string): NamedFile | null {
  return isCandleExtension(path) ? namedFile(path) : null;
}

/** The candle file that a path names, or null if its name is not that of one, such as SYMBOL-TIMEFRAME.csv. */
export function candleFile(path: string): CandleFile | null {
  const named = marketFile(path);
  return named?.kind === "candles" ? { ...named, kind: "candles" } : null;
}

/** Line breaks and other characters that do not belong in a name. */
const controlCodes = /\p{Cc}/u;

/** Every file of a folder, by name. Throws InputError if there is no such folder. */
export async function listFolder(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).sort().map((name) => join(dir, name));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new InputError(
      "CANDLE_FOLDER",
      code === "ENOENT" ? "the candle folder does not exist" : "the candle folder cannot be read",
      {
        where: escaped(dir),
        found: code === "ENOENT" ? "nothing" : code === "ENOTDIR" ? "a file" : escaped(message),
        expected: "a folder with one candle file per symbol, such as BTCUSDT-15m.csv or BTC_USDT-15m.feather",
        remedy: "check the path",
      },
      { cause },
    );
  }
}

/** How far beneath a folder candles are looked for: freqtrade's are in `user_data/data/binance/futures`. */
const deepest = 3;
const mostFolders = 1000;

/** Where else candles are: folders beneath one, up to three levels, that contain candle files, such as freqtrade's `futures`. */
export async function candleFoldersIn(dir: string): Promise<string[]> {
  const found: string[] = [];
  let level = [dir];
  let seen = 0;
  for (let depth = 1; depth <= deepest; depth++) {
    const beneath: string[] = [];
    for (const folder of level) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) if (entry.isDirectory()) beneath.push(join(folder, entry.name));
    }
    for (const folder of beneath) {
      if (++seen > mostFolders) return found.sort();
      const paths = await listFolder(folder).catch(() => []);
      if (paths.some(candleFile)) found.push(folder);
    }
    level = beneath;
  }
  return found.sort();
}

/** A remedy that names the folders beneath with candle files; `otherwise` if there are none. */
async function lookBeneath(dir: string, otherwise: string): Promise<string> {
  const folders = await candleFoldersIn(dir);
  if (folders.length === 0) return otherwise;
  return `folders beneath are not read; give the one you mean: --candles ${listed(folders.map(escaped), 5)}`;
}

/** Every candle file of a folder, by symbol. Throws InputError if there is no such folder or no such file in it. */
export async function listCandleFiles(dir: string): Promise<CandleFile[]> {
  const paths = await listFolder(dir);
  const files = paths.flatMap((path) => candleFile(path) ?? []);
  // In a table it would break the row.
  const broken = files.find(({ symbol }) => controlCodes.test(symbol));
  if (broken)
    throw new InputError("CANDLE_NAME", "a symbol must be one line of text", {
      where: escaped(broken.path),
      found: quoted(broken.symbol),
      expected: "a name without line breaks or other control characters",
      remedy: "rename the file",
    });
  if (files.length === 0)
    throw new InputError("CANDLE_FOLDER_EMPTY", "the folder contains no candle files", {
      where: escaped(dir),
      found:
        paths.length === 0
          ? "an empty folder"
          : listed(
              paths.map((path) => quoted(basename(path))),
              5,
            ),
      expected:
        "files named SYMBOL-TIMEFRAME.csv, such as BTCUSDT-15m.csv, or as freqtrade names them (BTC_USDT-15m.feather)",
      remedy: await lookBeneath(dir, "check the path, or rename the files"),
    });
  return files.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
}

/**
 * The files of one timeframe and of the requested symbols (default: all), by symbol. If the folder has none of the timeframe, those of the
 * largest smaller one that divides it, to be resampled.
 */
export async function selectCandleFiles(
  dir: string,
  timeframeMs: number,
  symbols?: readonly string[],
): Promise<SeriesFiles[]> {
  return selectAmong(await listCandleFiles(dir), dir, timeframeMs, symbols);
}

/** The same among some files, for errors those of `dir`; without a timeframe, every series in its own. */
export async function selectAmong(
  files: readonly CandleFile[],
  dir: string,
  timeframeMs?: number,
  symbols?: readonly string[],
): Promise<SeriesFiles[]> {
  const among = (some: readonly CandleFile[]): SeriesFiles[] =>
    timeframeMs === undefined ? allSeries(some) : seriesAmong(some, timeframeMs);
  const fitting = among(files).flatMap((series) => series.files);
  if (fitting.length === 0) throw await noTimeframe(dir, timeframeMs, files);
  const names = [...new Set(fitting.map(({ symbol }) => symbol))];
  const missing = symbols?.filter((symbol) => !names.includes(symbol)) ?? [];
  if (missing.length > 0 || symbols?.length === 0)
    throw new InputError(
      "CANDLE_SYMBOL",
      missing.length > 0 ? "no candles for a requested symbol" : "the list of symbols is empty",
      {
        where: escaped(dir),
        found: listed(missing.map(quoted), 20) || "an empty list",
        expected: `any of: ${listed(names.map(escaped), 100)}`,
        remedy: await remedyFor(dir, missing[0] ?? "", names),
      },
    );
  return among(fitting.filter(({ symbol }) => !symbols || symbols.includes(symbol)));
}

async function noTimeframe(
  dir: string,
  timeframeMs: number | undefined,
  files: readonly CandleFile[],
): Promise<InputError> {
  const readable = readableFiles(files);
  const timeframe = timeframeMs === undefined ? "15m" : formatTimeframe(timeframeMs);
  const there = [
    ...[...new Set(readable.map((file) => file.timeframe))].sort((a, b) => parseTimeframe(a) - parseTimeframe(b)),
    ...[...new Set(files.filter((file) => isWeekOrMonth(file.timeframe)).map((file) => file.timeframe))],
  ];
  const rule = `the folder contains no ${timeframe} candles${readable.length === 0 ? "; Sluice reads minutes (m), hours (h) and days (d), not weeks or months" : ", and none that they can be made of"}`;
  return new InputError("CANDLE_TIMEFRAME", rule, {
    where: escaped(dir),
    found: `timeframes ${listed(there, 20)}`,
    expected: `files named SYMBOL-${timeframe}.csv, or as freqtrade names them (BTC_USDT-${timeframe}.feather), or of a timeframe that divides ${timeframe}`,
    remedy: await lookBeneath(dir, "set --timeframe to one of those found"),
  });
}

/** A symbol that is near; for a future among spot files, freqtrade's other folder. */
async function remedyFor(dir: string, symbol: string, names: readonly string[]): Promise<string> {
  const isElsewhere = symbol.includes(":") && !names.some((name) => name.includes(":"));
  const beneath = isElsewhere ? await lookBeneath(dir, "") : "";
  return beneath || didYouMean(symbol, names, "spell symbols as in the file names");
}

function listed(items: readonly string[], most: number): string {
  const more = items.length > most ? ` and ${items.length - most} more` : "";
  return items.slice(0, most).join(", ") + more;
}
