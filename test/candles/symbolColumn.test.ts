import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const readAs = async (name: string, column: string, symbol: string): Promise<string | null> => {
  const rows = [0, 1, 2].map((k) => `${Date.UTC(2025, 0, 1, k)},${symbol},10,12,9,11,5`);
  writeFileSync(folder.path(name), [`timestamp,${column},open,high,low,close,volume`, ...rows].join("\n"));
  const rules = { timeframeMs: 3_600_000, lenient: false };
  return (await readCandleFile(folder.path(name), "any", rules)).readAs;
};

describe("a column that names the symbol", () => {
  it.each([
    ["ETHUSDT-1h.csv", "Symbol", "BTCUSDT"],
    ["ETH_USDT-1h.csv", "<TICKER>", "BTC/USDT"],
    ["ETHUSDT-1h-2025-01.csv", "pair", "XETHZUSD"],
  ])("of another market than the name of %s is said", async (name, column, symbol) => {
    expect(await readAs(name, column, symbol)).toBe(`its rows say "${symbol}": is the file named rightly?`);
  });

  it.each([
    ["BTCUSDT-1h.csv", "Symbol", "BTC/USDT"],
    ["BTC_USDT_USDT-1h-futures.csv", "symbol", "btcusdt"],
    ["AAPL-1h.csv", "<TICKER>", "AAPL.US"],
    ["BTCUSDT-1h.csv", "symbol", ""],
    ["BTCUSDT-1h.csv", "exchange", "BINANCE"],
    ["unnamed.csv", "symbol", "BTCUSDT"],
  ])("that agrees with the name of %s, or says nothing, is passed over", async (name, column, symbol) => {
    expect(await readAs(name, column, symbol)).toBeNull();
  });
});
