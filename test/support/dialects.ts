/** One candle to write: its open time, epoch ms UTC, and open, high, low, close and volume. */
export type Written = readonly [timeMs: number, open: number, high: number, low: number, close: number, volume: number];

/** A way in which some program writes candles as text. */
export interface Dialect {
  readonly name: string;
  readonly timeframeMs: number;
  /** What the reader must be told. */
  readonly timeZone?: string;
  /** What is said of it, at the least. */
  readonly said: RegExp;
  readonly write: (candles: readonly Written[]) => string | Buffer;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const two = (value: number): string => String(value).padStart(2, "0");
/** Year, month, day, hours, minutes and seconds of a time, `shiftMs` ahead of UTC. */
const partsOf = (ms: number, shiftMs = 0): [string, string, string, string, string, string] => {
  const at = new Date(ms + shiftMs);
  return [
    String(at.getUTCFullYear()),
    two(at.getUTCMonth() + 1),
    two(at.getUTCDate()),
    two(at.getUTCHours()),
    two(at.getUTCMinutes()),
    two(at.getUTCSeconds()),
  ];
};
const dayOf = (ms: number, mark = "-", shiftMs = 0): string => partsOf(ms, shiftMs).slice(0, 3).join(mark);
const clockOf = (ms: number, mark = ":", shiftMs = 0): string => partsOf(ms, shiftMs).slice(3).join(mark);
const text = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const values = (candle: Written): readonly number[] => candle.slice(1);
/** As Germans write a number. */
const withComma = (value: number): string => String(value).replace(".", ",");
const easternMs = -5 * hour;

/** What exchanges and vendors give without a header. */
const withoutHeader: readonly Dialect[] = [
  {
    name: "Binance, 12 columns, milliseconds",
    timeframeMs: hour,
    said: /^no header: read as Binance's 12 columns$/,
    write: (candles) => text(...candles.map((each) => [...each, each[0] + hour - 1, 9.5, 12, 1.5, 2.5, 0].join())),
  },
  {
    name: "Binance, 12 columns, microseconds",
    timeframeMs: hour,
    said: /Binance's 12 columns; times read as microseconds/,
    write: (candles) =>
      text(
        ...candles.map((each) =>
          [`${each[0]}000`, ...values(each), `${each[0] + hour - 1}999`, 9.5, 12, 1.5, 2.5, 0].join(),
        ),
      ),
  },
  {
    name: "Kraken",
    timeframeMs: 15 * minute,
    said: /no header: columns read as time, open, high, low, close, volume; times read as seconds/,
    write: (candles) => text(...candles.map((each) => [each[0] / 1000, ...values(each), 17].join())),
  },
  {
    name: "histdata, ASCII",
    timeframeMs: minute,
    timeZone: "-05:00",
    said: /columns separated by semicolons; no header: .*; times read as dates without an offset, at UTC-05:00/,
    write: (candles) =>
      text(
        ...candles.map((each) =>
          [`${dayOf(each[0], "", easternMs)} ${clockOf(each[0], "", easternMs)}`, ...values(each)].join(";"),
        ),
      ),
  },
  {
    name: "histdata, MetaTrader",
    timeframeMs: minute,
    timeZone: "-05:00",
    said: /no header: columns read as date, time, open, .*UTC-05:00/,
    write: (candles) =>
      text(
        ...candles.map((each) =>
          [dayOf(each[0], ".", easternMs), clockOf(each[0], ":", easternMs).slice(0, 5), ...values(each)].join(),
        ),
      ),
  },
];

/** What trading programs and sites give. */
const vendors: readonly Dialect[] = [
  {
    name: "MetaTrader 5",
    timeframeMs: 15 * minute,
    timeZone: "+02:00",
    said: /columns separated by tabs; read "<DATE>" and "<TIME>" as timestamp; .*UTC\+02:00/,
    write: (candles) =>
      text(
        ["<DATE>", "<TIME>", "<OPEN>", "<HIGH>", "<LOW>", "<CLOSE>", "<TICKVOL>", "<VOL>", "<SPREAD>"].join("\t"),
        ...candles.map((each) =>
          [dayOf(each[0], ".", 2 * hour), clockOf(each[0], ":", 2 * hour), ...values(each), 0, 3].join("\t"),
        ),
      ),
  },
  {
    name: "CryptoDataDownload",
    timeframeMs: hour,
    said: /^first line "https:\/\/www.CryptoDataDownload.com" skipped; read .*"Volume BTC" as volume.*newest first/,
    write: (candles) =>
      text(
        "https://www.CryptoDataDownload.com",
        "unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount",
        ...candles
          .map((each) =>
            [each[0], `${dayOf(each[0])} ${clockOf(each[0])}`, "BTC/USDT", ...values(each), 12.5, 7].join(),
          )
          .toReversed(),
      ),
  },
  {
    name: "TradingView",
    timeframeMs: 15 * minute,
    said: /times read as dates with an offset from UTC/,
    write: (candles) =>
      text(
        "time,open,high,low,close,Volume,Volume MA",
        ...candles.map((each) => [`${dayOf(each[0])}T${clockOf(each[0])}Z`, ...values(each), 3].join()),
      ),
  },
  {
    name: "Yahoo",
    timeframeMs: day,
    said: /times read as days.*1 row of null left out/,
    write: (candles) =>
      text(
        "Date,Open,High,Low,Close,Adj Close,Volume",
        `${dayOf(candles[0]![0] - day)},null,null,null,null,null,null`,
        ...candles.map((each) => [dayOf(each[0]), ...each.slice(1, 5), 1.25, each[5]].join()),
      ),
  },
  {
    name: "yfinance",
    timeframeMs: day,
    said: /three header lines read as one/,
    write: (candles) =>
      text(
        "Price,Close,High,Low,Open,Volume",
        "Ticker,AAPL,AAPL,AAPL,AAPL,AAPL",
        "Date,,,,,",
        ...candles.map(([ms, open, high, low, close, volume]) => [dayOf(ms), close, high, low, open, volume].join()),
      ),
  },
  {
    name: "Stooq, days",
    timeframeMs: day,
    said: /read "<DATE>" and "<TIME>" as timestamp/,
    write: (candles) =>
      text(
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
        ...candles.map((each) => ["AAPL.US", "D", dayOf(each[0], ""), "000000", ...values(each), 0].join()),
      ),
  },
  {
    name: "Stooq, hours",
    timeframeMs: hour,
    timeZone: "+01:00",
    said: /at UTC\+01:00/,
    write: (candles) =>
      text(
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
        ...candles.map((each) =>
          ["AAPL.US", 60, dayOf(each[0], "", hour), clockOf(each[0], "", hour), ...values(each), 0].join(),
        ),
      ),
  },
];

/** What libraries and spreadsheets write. */
const programs: readonly Dialect[] = [
  {
    name: "backtrader",
    timeframeMs: 15 * minute,
    said: /read "datetime" as timestamp; times read as dates without an offset, in UTC/,
    write: (candles) =>
      text(
        "datetime,open,high,low,close,volume,openinterest",
        ...candles.map((each) => [`${dayOf(each[0])} ${clockOf(each[0])}`, ...values(each), 0].join()),
      ),
  },
  {
    name: "pandas, with its index",
    timeframeMs: 15 * minute,
    said: /the unnamed first column as timestamp/,
    write: (candles) =>
      text(
        ",open,high,low,close,volume",
        ...candles.map((each) => [`${dayOf(each[0])} ${clockOf(each[0])}+00:00`, ...values(each)].join()),
      ),
  },
  {
    name: "a day and a time of day",
    timeframeMs: 15 * minute,
    said: /read "Date" and "Time" as timestamp; times read as dates without an offset, in UTC/,
    write: (candles) =>
      text(
        "Date,Time,Open,High,Low,Close,Volume",
        ...candles.map((each) => [dayOf(each[0], "/"), clockOf(each[0]).slice(0, 5), ...values(each)].join()),
      ),
  },
  {
    name: "a spreadsheet with decimal commas",
    timeframeMs: 15 * minute,
    said: /^columns separated by semicolons; decimal commas$/,
    write: (candles) =>
      text(
        "sep=;",
        "timestamp;open;high;low;close;volume",
        ...candles.map((each) => [each[0], ...values(each).map(withComma)].join(";")),
      ).replaceAll("\n", "\r\n"),
  },
  {
    name: "vertical bars and quotes",
    timeframeMs: 15 * minute,
    said: /^columns separated by vertical bars$/,
    write: (candles) =>
      text(
        "timestamp|open|high|low|close|volume",
        ...candles.map((each) => each.map((value) => `"${value}"`).join("|")),
      ),
  },
  {
    name: "UTF-16, little-endian",
    timeframeMs: 15 * minute,
    said: /^columns separated by tabs$/,
    write: (candles) => wide(candles),
  },
  {
    name: "UTF-16, big-endian",
    timeframeMs: 15 * minute,
    said: /^columns separated by tabs$/,
    write: (candles) => wide(candles).swap16(),
  },
];

function wide(candles: readonly Written[]): Buffer {
  const lines = ["timestamp\topen\thigh\tlow\tclose\tvolume", ...candles.map((each) => each.join("\t"))];
  return Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le");
}

/** Every dialect that the reader knows, besides Sluice's own. */
export const dialects: readonly Dialect[] = [...withoutHeader, ...vendors, ...programs];
