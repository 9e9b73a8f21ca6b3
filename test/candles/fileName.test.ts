import { describe, expect, it } from "vitest";
import { namedFile } from "../../src/candles/fileName.ts";

const said = (path: string): readonly unknown[] | null => {
  const named = namedFile(path);
  return named && [named.symbol, named.timeframe, named.kind, named.part];
};

describe("a candle file's name", () => {
  it.each([
    ["data/BTCUSDT-15m.csv", ["BTCUSDT", "15m", "candles", null]],
    ["BTC-USDT-1H.csv", ["BTC-USDT", "1h", "candles", null]],
    ["BTC-1h-5m.csv", ["BTC-1h", "5m", "candles", null]],
    ["BRK_B-1d.csv", ["BRK_B", "1d", "candles", null]],
    ["BTCUSD-1M.csv", ["BTCUSD", "1M", "candles", null]],
    ["user_data/data/binance/ADA_USDT-15m.feather", ["ADA/USDT", "15m", "candles", null]],
    ["ADA_USDT-5m.json.gz", ["ADA/USDT", "5m", "candles", null]],
    ["BTC_USDT-1Mo.feather", ["BTC/USDT", "1M", "candles", null]],
    ["1000PEPE_USDT-1d.parquet", ["1000PEPE/USDT", "1d", "candles", null]],
    ["kPEPE_USDC_USDC-1h-futures.feather", ["kPEPE/USDC:USDC", "1h", "candles", null]],
    ["futures/XRP_USDT_USDT-1h-futures.feather", ["XRP/USDT:USDT", "1h", "candles", null]],
    ["futures/BTC_USDT_USDT-250328-1h-futures.feather", ["BTC/USDT:USDT-250328", "1h", "candles", null]],
    ["futures/XRP_USDT_USDT-1h-mark.feather", ["XRP/USDT:USDT", "1h", "mark", null]],
    ["futures/XRP_USDT_USDT-8h-funding_rate.feather", ["XRP/USDT:USDT", "8h", "funding", null]],
    ["futures/XRP_USDT_USDT-1h-premiumIndex.feather", ["XRP/USDT:USDT", "1h", "index", null]],
    ["BTCUSDT-1h-2024-12.csv", ["BTCUSDT", "1h", "candles", "2024-12"]],
    ["BTCUSDT-1h-2024-12-05.zip", ["BTCUSDT", "1h", "candles", "2024-12-05"]],
    ["BTCUSD_PERP-1h-2024-12.zip", ["BTCUSD_PERP", "1h", "candles", "2024-12"]],
    ["EUR_USD-1m-2012.csv", ["EUR/USD", "1m", "candles", "2012"]],
    ["BTCUSDT_240329-1h-2024-01.csv", ["BTCUSDT_240329", "1h", "candles", "2024-01"]],
    ["BTCUSD_PERP-1h.csv", ["BTCUSD_PERP", "1h", "candles", null]],
    ["um/monthly/markPriceKlines/BTCUSDT/1h/BTCUSDT-1h-2024-12.zip", ["BTCUSDT", "1h", "mark", "2024-12"]],
  ])("%s", (path, expected) => {
    expect(said(path)).toEqual(expected);
  });

  it.each(["BTC_15m.csv", "notes.txt", "BTC-15m.backup.csv", "-15m.csv", "BTC-0m.csv", "trades-K.csv", "BTC-15m"])(
    "is not in %s",
    (path) => {
      expect(namedFile(path)).toBeNull();
    },
  );
});
