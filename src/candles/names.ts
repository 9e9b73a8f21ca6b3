import { nearest } from "../didYouMean.ts";
import { quoted } from "../text.ts";

/** Where a file keeps each column. */
export interface CandlePlaces {
  /** Places of timestamp, open, high, low, close and volume. */
  readonly places: readonly number[];
  /** Which columns were read as what, in words; null if all have Sluice's own names. */
  readonly said: string | null;
}

/** Why a header is not one of candles. */
export interface NamesProblem {
  readonly rule: string;
  readonly remedy: string;
}

/**
 * Names of the time column, preferred first: Sluice's own, then those that can only be an OPEN time, then numbers since 1970, which need
 * no zone, then those that are just as often text. A close time never counts.
 */
export const timeNames: readonly string[] = [
  ...[
    "timestamp",
    "opentime",
    "opentimestamp",
    "opentimems",
    "timeopen",
    "starttime",
    "periodstart",
    "timeperiodstart",
  ],
  ...["unix", "unixtime", "unixtimestamp", "epoch", "ts", "timestampms", "timems", "start"],
  ...[
    "time",
    "t",
    "datetime",
    "timestamputc",
    "timeutc",
    "datetimeutc",
    "gmttime",
    "opendate",
    "date",
    "dateutc",
    "day",
  ],
];

const closeNames = ["closetime", "closetimestamp", "timeclose", "endtime", "timeperiodend"];

/**
 * An adjusted close comes last: next to unadjusted opens, highs and lows it lies outside its candle. Where MetaTrader gives two volumes, that
 * of ticks comes first: the other is 0 in markets without a central exchange.
 */
const names: Readonly<Record<string, readonly string[]>> = {
  timestamp: timeNames,
  open: ["open", "o", "openprice", "priceopen"],
  high: ["high", "h", "highprice", "pricehigh"],
  low: ["low", "l", "lowprice", "pricelow"],
  close: ["close", "c", "closeprice", "priceclose", "last", "closelast", "adjclose", "adjustedclose"],
  volume: ["volume", "tickvol", "vol", "v", "basevolume", "volumebase", "baseassetvolume", "volumefrom", "tickvolume"],
};

/** `Volume BTC`, `Volume_(BTC)`: a volume in the currency that it names. */
const volumeIn = /^vol(?:ume)?[ _]*\(?([A-Z0-9]{2,10})\)?$/i;
/** Currencies that prices are quoted in: a volume in one of them is turnover, read only if there is no other. */
const quoteCurrencies = [
  "USDT",
  "USD",
  "USDC",
  "BUSD",
  "TUSD",
  "FDUSD",
  "DAI",
  "EUR",
  "GBP",
  "JPY",
  "KRW",
  "TRY",
  "BRL",
];

/** A name without case, blanks, characters added by spreadsheets and terminals, and the numbers that some vendors put before it (`1. open`). */
export function plainName(name: string): string {
  return name
    .replace(/^\uFEFF/, "")
    .trim()
    .toLowerCase()
    .replace(/^\d+[a-z]?\.\s+/, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Whether a first column is the index of a data frame that was written without a name. */
export function isIndexName(name: string): boolean {
  return /^\uFEFF?\s*(unnamed: 0)?\s*$/i.test(name);
}

/**
 * The place of each candle column under any of its usual names, whatever the case, order and other columns. If several columns could be
 * the time, the first of `timeNames` is taken; if none could, an unnamed first column, as pandas writes an index.
 */
export function candlePlaces(header: readonly string[]): CandlePlaces | NamesProblem {
  const plain = header.map(plainName);
  const places: number[] = [];
  const missing: string[] = [];
  for (const [column, known] of Object.entries(names)) {
    const name = known.find((each) => plain.includes(each));
    let place = name === undefined ? -1 : plain.indexOf(name);
    if (name !== undefined && plain.lastIndexOf(name) !== place) return twice(header, plain, name);
    if (place < 0 && column === "timestamp" && isIndexName(header[0] ?? "-") && !plain.some(isCloseName)) place = 0;
    if (place < 0 && column === "volume") place = namedVolume(header);
    if (place < 0) missing.push(column);
    places.push(place);
  }
  if (missing.length > 0) return lacking(header, plain, missing);
  return { places, said: saidOf(header, plain, places) };
}

function isCloseName(name: string): boolean {
  return closeNames.includes(name);
}

/** The volume that names its currency: the traded currency before the quoted one; of two such the first, as vendors order them. */
function namedVolume(header: readonly string[]): number {
  const found = header.flatMap((name, place) => {
    const currency = volumeIn.exec(name.trim())?.[1];
    return currency !== undefined && currency === currency.toUpperCase() ? [{ place, currency }] : [];
  });
  const base = found.find(({ currency }) => !quoteCurrencies.includes(currency));
  return (base ?? found[0])?.place ?? -1;
}

/** As freqtrade writes every feather and parquet file: its one form, of which there is nothing to say. */
const freqtradeHeader = "date,open,high,low,close,volume";

function saidOf(header: readonly string[], plain: readonly string[], places: readonly number[]): string | null {
  if (header.join() === freqtradeHeader) return null;
  const renamed = Object.keys(names).flatMap((column, k) => {
    const place = places[k]!;
    if (plain[place] === column) return [];
    return [
      `${place === 0 && isIndexName(header[0]!) ? "the unnamed first column" : quoted(header[place]!.trim())} as ${column}`,
    ];
  });
  if (renamed.length === 0) return null;
  const others = header.filter((_, place) => place !== places[0] && timeNames.includes(plain[place]!));
  const passed = others.length > 0 && plain[places[0]!] !== "timestamp";
  return `read ${renamed.join(", ")}${passed ? ` (not ${others.map((name) => quoted(name.trim())).join(", ")})` : ""}`;
}

function twice(header: readonly string[], plain: readonly string[], name: string): NamesProblem {
  const both = header.filter((_, place) => plain[place] === name).map((each) => quoted(each.trim()));
  return {
    rule: `duplicate column: ${name}`,
    remedy: `keep the right one and rename the other: ${both.join(", ")}`,
  };
}

function lacking(header: readonly string[], plain: readonly string[], missing: readonly string[]): NamesProblem {
  const parts = missing.map((column) => {
    const similar = nearest(
      column,
      header.map((name) => name.trim()),
    );
    return similar === null ? column : `${column} (is it ${quoted(similar)}?)`;
  });
  const isClosed = missing.includes("timestamp") && plain.some(isCloseName);
  return {
    rule: "candle columns are missing from the header",
    remedy: `add the missing columns: ${parts.join(", ")}${isClosed ? "; a candle's time is its OPEN time, and the file has only the close time" : ""}`,
  };
}
