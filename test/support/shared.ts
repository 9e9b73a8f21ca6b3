import { readFileSync } from "node:fs";
import { type Candles, type Market, unbroken } from "../../src/candles/candles.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";

/** The folder of reference data that stands beside the checkout. */
export const shared = new URL("../../../shared/", import.meta.url);

export function sharedJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, shared), "utf8")) as T;
}

/** Rows of a clean CSV as objects of strings: the obvious reader, for references only. */
export function sharedCsv(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(new URL(path, shared), "utf8").trim().split("\n");
  const names = header!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, k) => [name, cells[k]!]));
  });
}

const devSymbols = ["BNB", "BTC", "DOGE", "ETH", "LTC", "SOL", "XRP"].map((coin) => `${coin}USDT`);

/** ../shared/data/dev, read by the obvious reader. */
export function devMarket(): Market {
  return { timeframeMs: 900_000, bySymbol: new Map(devSymbols.map((symbol) => [symbol, devCandles(symbol)])) };
}

function devCandles(symbol: string): Candles {
  const rows = sharedCsv(`data/dev/${symbol}-15m.csv`);
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

/** The reference opportunities as a table. */
export function goldenTable(market: Market): OpportunityTable {
  const rows = sharedCsv("golden/path/opportunities.csv");
  const symbols = [...market.bySymbol.keys()];
  const types = ["scalping", "swing"];
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  const featureNames = ["signal_score", "indicator_consensus", "risk_reward", "kline_ratio", "sr_tests", "mkt_struct"];
  const timestampMs = column("timestamp");
  const symbol = Uint16Array.from(rows, (row) => symbols.indexOf(row["symbol"]!));
  const bar = Int32Array.from(rows, (_, k) => {
    const candles = market.bySymbol.get(symbols[symbol[k]!]!)!;
    return (timestampMs[k]! - candles.firstOpenTimeMs) / candles.timeframeMs;
  });
  return {
    count: rows.length,
    symbols,
    symbol,
    timestampMs,
    bar,
    direction: Int8Array.from(rows, (row) => (row["direction"] === "long" ? 1 : -1)),
    types,
    type: Uint8Array.from(rows, (row) => types.indexOf(row["type"]!)),
    entry: Float64Array.from(rows, (_, k) => market.bySymbol.get(symbols[symbol[k]!]!)!.close[bar[k]!]!),
    atr: column("atr"),
    featureNames,
    features: featureNames.map(column),
  };
}
