import { basename, dirname } from "node:path";
import { vendorName } from "./vendorNames.ts";

/** What a file holds: candles of trades, mark prices, funding rates, or prices of an index. Only the first are ever read as candles. */
export type FileKind = "candles" | "mark" | "funding" | "index";

/** What a candle file's name says of it. */
export interface NamedFile {
  readonly path: string;
  /** As the exchange or freqtrade writes it: `BTCUSDT`, `ADA/USDT`, `XRP/USDT:USDT`. */
  readonly symbol: string;
  /** As written in the name, hours and days in lower case; a month is `1M`. */
  readonly timeframe: string;
  readonly kind: FileKind;
  /** The year, month or day, such as `2024-12`, if the file is a part of a series; null if it is the whole of it. */
  readonly part: string | null;
}

const timeframe = String.raw`[1-9]\d{0,3}(?:[mhdHDwWM]|[mM]o)`;
const nameForm = new RegExp(
  String.raw`^(.+)-(${timeframe})(?:-(spot|futures|mark|funding_rate|index|premiumIndex))?(?:-(\d{4}(?:-\d\d){0,2}))?\.\w+(?:\.gz)?$`,
  "s",
);

/** freqtrade's suffixes of what is not traded. */
const suffixKinds: Readonly<Record<string, FileKind>> = {
  mark: "mark",
  funding_rate: "funding",
  index: "index",
  premiumIndex: "index",
};

/** Binance's folders of what is not traded: the file names in them are those of candles. */
const folderKinds: Readonly<Record<string, FileKind>> = {
  markPriceKlines: "mark",
  indexPriceKlines: "index",
  premiumIndexKlines: "index",
};

/**
 * What a path says of its file, or null if the name is in none of these forms: Sluice's own `SYMBOL-TIMEFRAME.EXT`, freqtrade's
 * `ADA_USDT-15m.EXT` and `XRP_USDT_USDT-1h-futures.EXT` (also `-mark` and `-funding_rate`), Binance's `BTCUSDT-1h-2024-12.EXT` and
 * `BTCUSDT-1h-2024-12-05.EXT`, a year's `EURUSD-1m-2012.EXT`, and those of vendors (`vendorNames.ts`). The extension is not looked at: a file's content tells its format. `1M` and `1Mo` are a month, `1m` a minute.
 */
export function namedFile(path: string): NamedFile | null {
  const [, name, span, suffix = "", part = null] = nameForm.exec(basename(path)) ?? [];
  if (!name || !span) {
    const named = vendorName(basename(path).replace(/\.\w+(?:\.gz)?$/, ""));
    return named && { path, kind: "candles", ...named };
  }
  return {
    path,
    symbol: pairOf(name),
    timeframe: /[HD]$/.test(span) ? span.toLowerCase() : span.replace(/Mo$/, "M"),
    kind: suffixKinds[suffix] ?? kindOfFolder(path),
    part,
  };
}

/** The pair that freqtrade writes as `BASE_QUOTE`, or `BASE_QUOTE_SETTLE` for futures; any other name as it is, Binance's `BTCUSD_PERP` too. */
function pairOf(name: string): string {
  const [, base, quote, settle] =
    /^([A-Za-z\d-]{1,20})_((?!PERP\b)[A-Z][A-Z\d]{2,9})(?:_([A-Z][A-Z\d]{2,9}(?:-\d{6})?))?$/.exec(name) ?? [];
  if (!base) return name;
  return settle ? `${base}/${quote}:${settle}` : `${base}/${quote}`;
}

/** The name of a CSV file that reads back as a symbol and a timeframe: freqtrade's for `ADA/USDT` and `XRP/USDT:USDT`. */
export function candleFileName(symbol: string, timeframe: string): string {
  return `${symbol.replace(/[/:]/g, "_")}-${timeframe}${symbol.includes(":") ? "-futures" : ""}.csv`;
}

function kindOfFolder(path: string): FileKind {
  for (let folder = dirname(path), steps = 0; steps < 4; folder = dirname(folder), steps++) {
    const kind = folderKinds[basename(folder)];
    if (kind) return kind;
  }
  return "candles";
}
