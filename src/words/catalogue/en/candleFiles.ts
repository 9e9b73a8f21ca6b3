import { count, counted } from "../../figures.ts";

/** What `fetch` and `inspect` say of candle files. */
export const candleFiles = {
  fetchColumns: ["symbol", "first (UTC)", "last (UTC)", "candles", "new", "missing", ""] as readonly string[],
  fetched: (candles: number, timeframe: string, exchange: string, folder: string) =>
    `${counted(candles, "new candle")} of ${timeframe} from ${exchange} in ${folder}`,
  states: { added: "added", current: "up to date", none: "no candles", refused: "refused" },
  missing: "Missing",
  begins: "Begins",
  refused: "Refused",
  missingOf: (symbol: string, candles: number, spans: string) =>
    `${symbol}: the exchange has no candle for ${counted(candles, "time")}, though asked twice: ${spans}`,
  spanOf: (candles: number, from: string) => `${counted(candles, "candle")} from ${from}`,
  moreSpans: (spans: number) => ` and ${counted(spans, "more span", "more spans")}`,
  beginsAt: (symbol: string, time: string) => `${symbol}: at ${time}; the exchange has nothing earlier`,
  defect: (where: string, rule: string, found: string) => `${where}: ${rule}; found ${found}`,

  sameDefect: (files: number, names: string, rule: string) => `${counted(files, "file")} (${names}): ${rule}`,

  inspectColumns: [
    "symbol",
    "bar",
    "first (UTC)",
    "last (UTC)",
    "candles",
    "holes",
    "missing",
    "dupes",
    "zero vol",
    "largest",
    "age",
    "",
  ] as readonly string[],
  otherData: "Other data  ",
  files: (files: number) => counted(files, "file"),
  check: "check",
  sound: "sound",
  isRefused: "refused",
  kinds: { mark: "mark", funding: "funding", index: "index" },
  markFiles: (files: number) => `${counted(files, "file")} of mark prices`,
  fundingFiles: (files: number) => `${counted(files, "file")} of funding rates`,
  indexFiles: (files: number) => `${counted(files, "file")} of index prices`,
  notCandles: (files: string) => `${files}: recognised by name, and never read as candles`,
  unitAt: (time: string, ratio: string) =>
    `the price unit changes at ${time} UTC, ${ratio}; nothing is computed across it`,
  moreUnits: (changes: number) => `${count(changes)} more changes of price unit`,
  closed: (when: string, candles: number) => `closed ${when} (${counted(candles, "candle")} not counted as missing)`,
  longestHole: (candles: number, time: string) => `longest hole ${counted(candles, "candle")} from ${time} UTC`,
  unfinished: "the last candle has not closed yet and is left out",
  repaired: (candles: number) => `${count(candles)} highs or lows with rounding errors repaired`,
  filesNamed: (names: string) => `files ${names}`,
  minutes: (minutes: number) => `${minutes} min`,
  hours: (hours: number) => `${hours} h`,
  days: (days: number) => `${count(days)} d`,
};
