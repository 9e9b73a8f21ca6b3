import { formatTimeframe } from "./timeframe.ts";

/** What a data vendor's own file name says: the symbol, the timeframe as ours are written, and the year or month if the file is a part. */
export interface VendorName {
  readonly symbol: string;
  readonly timeframe: string;
  readonly part: string | null;
}

/** CryptoDataDownload's exchanges, without which `my_notes_1h.csv` would be candles. */
const exchanges = [
  "Abucoins",
  "Binance",
  "BinanceUS",
  "Bitfinex",
  "Bitmex",
  "Bitstamp",
  "Bittrex",
  "Bybit",
  "CEX",
  "Cexio",
  "Coinbase",
  "Deribit",
  "Exmo",
  "FTX",
  "Gemini",
  "HitBTC",
  "Huobi",
  "Itbit",
  "Kraken",
  "Kucoin",
  "OKX",
  "Okcoin",
  "Poloniex",
  "Upbit",
];

const words: Readonly<Record<string, string>> = { minute: "1m", hour: "1h", hourly: "1h", day: "1d", d: "1d", w: "1w" };

const fromMinutes = (text: string): string => formatTimeframe(Number(text) * 60_000);

/** `60` is in minutes, `1D`, `W` and `1M` in days, weeks and months. */
function ofTradingView(text: string): string {
  if (/^\d+$/.test(text)) return fromMinutes(text);
  const [, count = "", unit = ""] = /^(\d*)([DWMH])$/.exec(text)!;
  return `${count || "1"}${unit === "M" ? unit : unit.toLowerCase()}`;
}

interface Form {
  readonly pattern: RegExp;
  readonly read: (found: readonly (string | undefined)[]) => VendorName;
}

const forms: readonly Form[] = [
  // Kraken's OHLCVT: XBTUSD_60.csv
  {
    pattern: /^([A-Z\d]{2,12}[A-Z])_(1|5|15|30|60|240|720|1440)$/,
    read: ([, symbol, minutes]) => ({ symbol: symbol!, timeframe: fromMinutes(minutes!), part: null }),
  },
  // CryptoDataDownload: Binance_BTCUSDT_1h.csv, Bitstamp_BTCUSD_2020_minute.csv
  {
    pattern: new RegExp(
      String.raw`^(?:${exchanges.join("|")})_([A-Z\d]+)_(?:(\d{4})_)?(?:([1-9]\d?)(m|min|h|hr|d|w)|(minute|hour|hourly|day|d|w))$`,
      "i",
    ),
    read: ([, symbol, year, count, unit, word]) => ({
      symbol: symbol!.toUpperCase(),
      timeframe: word ? words[word.toLowerCase()]! : `${count}${unit![0]!.toLowerCase()}`,
      part: year ?? null,
    }),
  },
  // TradingView's export: "BINANCE_BTCUSDT, 60.csv", "BITSTAMP_BTCUSD, 1D_5f2ab.csv"
  {
    pattern: /^[A-Z\d]+_([^\s,]+), ([1-9]\d{0,3}|[1-9]?[DWMH])(?:_[\da-f]{5})?(?: ?\(\d+\))?$/,
    read: ([, symbol, span]) => ({ symbol: symbol!, timeframe: ofTradingView(span!), part: null }),
  },
  // histdata.com: DAT_ASCII_EURUSD_M1_2012.csv, DAT_MT_EURUSD_M1_201703.csv
  {
    pattern: /^DAT_(?:ASCII|MT|NT)_([A-Z\d]+)_M1_(\d{4})(\d\d)?$/,
    read: ([, symbol, year, month]) => ({
      symbol: symbol!,
      timeframe: "1m",
      part: month ? `${year}-${month}` : year!,
    }),
  },
  // Stooq: aapl_us_d.csv
  {
    pattern: /^([a-z\d^-]+)_([a-z]{2})_([dw])$/,
    read: ([, name, market, unit]) => ({
      symbol: `${name}.${market}`.toUpperCase(),
      timeframe: `1${unit}`,
      part: null,
    }),
  },
];

/** What a name without its extension says, if it is one that a vendor gives its files; null otherwise. */
export function vendorName(name: string): VendorName | null {
  for (const { pattern, read } of forms) {
    const found = pattern.exec(name);
    if (found) return read(found);
  }
  return null;
}
