import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { formatOf } from "./formats.ts";
import { formatTimeframe, isWeekOrMonth, parseTimeframe } from "./timeframe.ts";

/** One candle file, by its name SYMBOL-TIMEFRAME.csv. */
export interface CandleFile {
  readonly path: string;
  readonly symbol: string;
  /** As written in the name. */
  readonly timeframe: string;
}

/** The candle file that a path names, or null if its name is not SYMBOL-TIMEFRAME.csv. `1M` is a month, `1m` a minute. */
export function candleFile(path: string): CandleFile | null {
  const [, symbol, timeframe] = /^(.+)-([1-9]\d{0,3}(?:[mhdHDwWM]|mo))\.\w+$/s.exec(basename(path)) ?? [];
  if (!symbol || !timeframe || !formatOf(path)) return null;
  return { path, symbol, timeframe: /[HD]$/.test(timeframe) ? timeframe.toLowerCase() : timeframe };
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
        expected: "a folder with one SYMBOL-TIMEFRAME.csv per symbol, such as BTCUSDT-15m.csv",
        remedy: "check the path",
      },
      { cause },
    );
  }
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
      expected: "files named SYMBOL-TIMEFRAME.csv, such as BTCUSDT-15m.csv",
    });
  return files.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
}

/** The files of one timeframe and of the requested symbols (default: all). */
export async function selectCandleFiles(
  dir: string,
  timeframeMs: number,
  symbols?: readonly string[],
): Promise<CandleFile[]> {
  const refuse = (code: string, rule: string, found: string, expected: string, remedy: string): InputError =>
    new InputError(code, rule, { where: escaped(dir), found, expected, remedy });
  const files = await listCandleFiles(dir);
  const timeframe = formatTimeframe(timeframeMs);
  const readable = files.filter((file) => !isWeekOrMonth(file.timeframe));
  const fitting = readable.filter((file) => parseTimeframe(file.timeframe) === timeframeMs);
  if (fitting.length === 0) {
    const there = [
      ...[...new Set(readable.map((file) => file.timeframe))].sort((a, b) => parseTimeframe(a) - parseTimeframe(b)),
      ...[...new Set(files.filter((file) => isWeekOrMonth(file.timeframe)).map((file) => file.timeframe))],
    ];
    const rule = `the folder contains no ${timeframe} candles${readable.length === 0 ? "; Sluice reads minutes (m), hours (h) and days (d), not weeks or months" : ""}`;
    const expected = `files named SYMBOL-${timeframe}.csv`;
    throw refuse(
      "CANDLE_TIMEFRAME",
      rule,
      `timeframes ${listed(there, 20)}`,
      expected,
      "set --timeframe to one of those found",
    );
  }
  const names = fitting.map(({ symbol }) => symbol);
  const twice = fitting.filter(({ symbol }) => names.indexOf(symbol) !== names.lastIndexOf(symbol));
  if (twice.length > 0) {
    const found = listed(
      twice.map(({ path }) => quoted(basename(path))),
      5,
    );
    throw refuse("CANDLE_TWICE", "a symbol has two files for one timeframe", found, "one file", "remove one of them");
  }
  const missing = symbols?.filter((symbol) => !names.includes(symbol)) ?? [];
  if (missing.length > 0 || symbols?.length === 0)
    throw refuse(
      "CANDLE_SYMBOL",
      missing.length > 0 ? "no candles for a requested symbol" : "the list of symbols is empty",
      listed(missing.map(quoted), 20) || "an empty list",
      `any of: ${listed(names.map(escaped), 100)}`,
      didYouMean(missing[0] ?? "", names, "spell symbols as in the file names"),
    );
  return fitting.filter(({ symbol }) => !symbols || symbols.includes(symbol));
}

function listed(items: readonly string[], most: number): string {
  const more = items.length > most ? ` and ${items.length - most} more` : "";
  return items.slice(0, most).join(", ") + more;
}
