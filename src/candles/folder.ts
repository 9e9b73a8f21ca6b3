import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { quoted } from "./csvRows.ts";
import { formatTimeframe } from "./timeframe.ts";

/** One candle file of a folder, by its name SYMBOL-TIMEFRAME.csv. */
export interface CandleFile {
  readonly path: string;
  readonly symbol: string;
  /** As written in the name. */
  readonly timeframe: string;
}

/** Every candle file of a folder, by symbol. Throws InputError where there is no such folder or none in it. */
export async function listCandleFiles(dir: string): Promise<CandleFile[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InputError(
      "CANDLE_FOLDER",
      code === "ENOENT" ? "there is no such folder" : "candles are read from a folder",
      {
        where: quoted(dir),
        found: code === "ENOTDIR" ? "a file" : (code ?? "an error"),
        expected: "a folder with one SYMBOL-TIMEFRAME.csv a symbol, such as BTCUSDT-15m.csv",
      },
      { cause },
    );
  }
  const files = names.flatMap((name): CandleFile[] => {
    const [, symbol, timeframe] = /^(.+)-(\d+[mhd])\.csv$/.exec(name) ?? [];
    return symbol && timeframe ? [{ path: join(dir, name), symbol, timeframe }] : [];
  });
  if (files.length === 0)
    throw new InputError("CANDLE_FOLDER_EMPTY", "the folder holds no candle file", {
      where: quoted(dir),
      found: names.length === 0 ? "an empty folder" : names.slice(0, 5).map(quoted).join(", "),
      expected: "files named SYMBOL-TIMEFRAME.csv, such as BTCUSDT-15m.csv",
    });
  return files.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
}

/** The files of one timeframe, and of the symbols that were asked for. */
export async function selectCandleFiles(
  dir: string,
  timeframeMs: number,
  symbols?: readonly string[],
): Promise<CandleFile[]> {
  const files = await listCandleFiles(dir);
  const timeframe = formatTimeframe(timeframeMs);
  const fitting = files.filter((file) => file.timeframe === timeframe);
  if (fitting.length === 0)
    throw new InputError("CANDLE_TIMEFRAME", `the folder holds no ${timeframe} candles`, {
      where: quoted(dir),
      found: `timeframes ${[...new Set(files.map((file) => file.timeframe))].join(", ")}`,
      expected: `files named SYMBOL-${timeframe}.csv`,
      remedy: "give --timeframe",
    });
  const missing = symbols?.filter((symbol) => !fitting.some((file) => file.symbol === symbol)) ?? [];
  if (missing.length > 0)
    throw new InputError("CANDLE_SYMBOL", "a symbol that was asked for is not there", {
      where: quoted(dir),
      found: missing.map(quoted).join(", "),
      expected: `any of: ${fitting.map(({ symbol }) => symbol).join(", ")}`,
    });
  return fitting.filter(({ symbol }) => !symbols || symbols.includes(symbol));
}
