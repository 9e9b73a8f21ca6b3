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
    ["XBTUSD_60.csv", ["XBTUSD", "1h", "candles", null]],
    ["1INCHUSD_1440.csv", ["1INCHUSD", "1d", "candles", null]],
    ["Binance_BTCUSDT_1h.csv", ["BTCUSDT", "1h", "candles", null]],
    ["Bitstamp_BTCUSD_2020_minute.csv", ["BTCUSD", "1m", "candles", "2020"]],
    ["gemini_ETHUSD_2017_1min.csv", ["ETHUSD", "1m", "candles", "2017"]],
    ["Bitfinex_ETHUSD_d.csv", ["ETHUSD", "1d", "candles", null]],
    ["BINANCE_BTCUSDT.P, 240.csv", ["BTCUSDT.P", "4h", "candles", null]],
    ["BITSTAMP_BTCUSD, 1D_5f2ab.csv", ["BTCUSD", "1d", "candles", null]],
    ["NASDAQ_AAPL, W.csv", ["AAPL", "1w", "candles", null]],
    ["DAT_ASCII_EURUSD_M1_2012.csv", ["EURUSD", "1m", "candles", "2012"]],
    ["DAT_MT_EURUSD_M1_201703.csv", ["EURUSD", "1m", "candles", "2017-03"]],
    ["aapl_us_d.csv", ["AAPL.US", "1d", "candles", null]],
  ])("%s", (path, expected) => {
    expect(said(path)).toEqual(expected);
  });

  it.each([
    "BTC_15m.csv",
    "notes.txt",
    "BTC-15m.backup.csv",
    "-15m.csv",
    "BTC-0m.csv",
    "trades-K.csv",
    "BTC-15m",
    "my_notes_1h.csv",
    "XBTUSD_61.csv",
    "AAPL.csv",
    "DAT_ASCII_EURUSD_T_201703.csv",
  ])("is not in %s", (path) => {
    expect(namedFile(path)).toBeNull();
  });
});
