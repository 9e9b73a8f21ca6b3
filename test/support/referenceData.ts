import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe } from "vitest";
import { type Candles, type Market, unbroken } from "../../src/candles/candles.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";

/** What the repository itself holds for its tests. */
export const held = new URL("../data/", import.meta.url);

/**
 * The large reference data (`data/`, `golden/`, `config/`), which is not part of the repository: the folder that SLUICE_DATA names, else a folder
 * `shared` beside the checkout. Null where there is neither. A folder that was named and is not there is an error, not a reason to skip.
 */
export const reference = referenceFolder();

function referenceFolder(): URL | null {
  const named = process.env["SLUICE_DATA"];
  if (named) {
    if (!existsSync(resolve(named, "data"))) throw new Error(`SLUICE_DATA names a folder without data/: ${named}`);
    return pathToFileURL(`${resolve(named)}/`);
  }
  const beside = new URL("../../../shared/", import.meta.url);
  return existsSync(new URL("data/", beside)) ? beside : null;
}

const reason = "no reference data: neither SLUICE_DATA nor ../shared";
let isSaid = false;

/** A `describe` that needs the reference data. Without it its tests are skipped, and the file says so once; the body then gets a folder that is not there. */
export function describeReference(name: string, body: (folder: URL) => void): void {
  if (reference !== null) {
    describe(name, () => body(reference!));
    return;
  }
  if (!isSaid) console.warn(`skipped: ${callingTest()} in part: ${reason}`);
  isSaid = true;
  describe.skip(`${name} (${reason})`, () => body(new URL("absent/", held)));
}

/** The test file on the stack: while tests are collected, vitest names it nowhere else. */
const callingTest = (): string => /test\/[\w/-]+\.test\.ts/.exec(new Error().stack ?? "")?.[0] ?? "a test file";

export const jsonOf = <T>(file: URL): T => JSON.parse(readFileSync(file, "utf8")) as T;

/** A JSON file of test/data. */
export const heldJson = <T>(path: string): T => jsonOf(new URL(path, held));

/** Rows of a clean CSV as objects of strings: the obvious reader, for references only. */
export function csvRowsOf(file: URL): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = header!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, k) => [name, cells[k]!]));
  });
}

/** Candle files and vectors over them (opportunities, trades, a search). */
export interface ReferenceMarket {
  readonly name: string;
  /** Folder of the candle files, SYMBOL-15m.csv. */
  readonly candles: URL;
  readonly symbols: readonly string[];
  /** Folder of opportunities.csv, params-K.json, trades-K.csv, space.json and search-swing.json. */
  readonly path: URL;
}

const coins = ["BNB", "BTC", "DOGE", "ETH", "LTC", "SOL", "XRP"];

/** Made-up candles of three symbols over 120 days, in the repository. */
export const heldMarket: ReferenceMarket = {
  name: "a made-up market",
  candles: new URL("candles/", held),
  symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
  path: new URL("path/", held),
};

/** Real candles of seven symbols over half a year, in a folder of reference data. */
export const realMarket = (folder: URL): ReferenceMarket => ({
  name: "real candles",
  candles: new URL("data/dev/", folder),
  symbols: coins.map((coin) => `${coin}USDT`),
  path: new URL("golden/path/", folder),
});

/** The body once over the market that the repository holds, and once over the real one where that is there. */
export function describeMarkets(name: string, body: (market: ReferenceMarket) => void): void {
  describe(`${name} (${heldMarket.name})`, () => body(heldMarket));
  describeReference(`${name} (real candles)`, (folder) => body(realMarket(folder)));
}

/** A market's files, read by the obvious reader. */
export function marketOf({ candles, symbols }: ReferenceMarket): Market {
  return {
    timeframeMs: 900_000,
    bySymbol: new Map(symbols.map((symbol) => [symbol, candlesOf(new URL(`${symbol}-15m.csv`, candles), symbol)])),
  };
}

function candlesOf(file: URL, symbol: string): Candles {
  const rows = csvRowsOf(file);
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  return unbroken({
    symbol,
    timeframeMs: 900_000,
    firstOpenTimeMs: Number(rows[0]!["timestamp"]),
    count: rows.length,
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  });
}

/** A market's opportunities.csv as a table. */
export function opportunitiesOf({ path }: ReferenceMarket, market: Market): OpportunityTable {
  const rows = csvRowsOf(new URL("opportunities.csv", path));
  const symbols = [...market.bySymbol.keys()];
  const types = [...new Set(rows.map((row) => row["type"]!))];
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  const featureNames = ["signal_score", "indicator_consensus", "risk_reward", "kline_ratio", "sr_tests", "mkt_struct"];
  const timestampMs = column("timestamp");
  const symbol = Uint16Array.from(rows, (row) => symbols.indexOf(row["symbol"]!));
  const bar = Int32Array.from(rows, (_, k) => {
    const candles = market.bySymbol.get(symbols[symbol[k]!]!)!;
    return (timestampMs[k]! - candles.firstOpenTimeMs) / candles.timeframeMs;
  });
  const closeOf = (k: number): number => market.bySymbol.get(symbols[symbol[k]!]!)!.close[bar[k]!]!;
  return {
    count: rows.length,
    symbols,
    symbol,
    timestampMs,
    bar,
    direction: Int8Array.from(rows, (row) => (row["direction"] === "long" ? 1 : -1)),
    types,
    type: Uint8Array.from(rows, (row) => types.indexOf(row["type"]!)),
    entry: Float64Array.from(rows, (row, k) => (row["entry"] === "" ? closeOf(k) : Number(row["entry"]))),
    atr: column("atr"),
    featureNames,
    features: featureNames.map(column),
  };
}
