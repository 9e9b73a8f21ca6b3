import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candlePlaces } from "../../src/candles/names.ts";
import { nearest } from "../../src/didYouMean.ts";

const placesOf = (header: string): readonly number[] | string => {
  const found = candlePlaces(header.split(","));
  return "places" in found ? found.places : `${found.rule}; ${found.remedy}`;
};
const saidOf = (header: string): string | null => {
  const found = candlePlaces(header.split(","));
  return "places" in found ? found.said : found.rule;
};

describe("the header of a candle file", () => {
  it.each([
    ["our own", "timestamp,open,high,low,close,volume", [0, 1, 2, 3, 4, 5]],
    ["capitals, a mark and another order", "\uFEFFVolume, Close,LOW,High,Open,Timestamp", [5, 4, 3, 2, 1, 0]],
    ["yfinance", "Datetime,Open,High,Low,Close,Adj Close,Volume", [0, 1, 2, 3, 4, 6]],
    ["an adjusted close alone", "Date,Open,High,Low,Adj Close,Volume", [0, 1, 2, 3, 4, 5]],
    [
      "Binance",
      "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,ignore",
      [0, 1, 2, 3, 4, 5],
    ],
    ["python-binance", "Open time,Open,High,Low,Close,Volume,Close time,Quote asset volume", [0, 1, 2, 3, 4, 5]],
    [
      "CryptoDataDownload",
      "unix,date,symbol,open,high,low,close,Volume USDT,Volume BTC,tradecount",
      [0, 3, 4, 5, 6, 8],
    ],
    ["two coins", "unix,date,symbol,open,high,low,close,Volume ETH,Volume BTC", [0, 3, 4, 5, 6, 7]],
    ["turnover where there is no volume", "date,open,high,low,close,Volume USDT", [0, 1, 2, 3, 4, 5]],
    [
      "Kaggle's Bitstamp",
      "Timestamp,Open,High,Low,Close,Volume_(BTC),Volume_(Currency),Weighted_Price",
      [0, 1, 2, 3, 4, 5],
    ],
    ["CryptoCompare", "time,high,low,open,volumefrom,volumeto,close", [0, 3, 1, 2, 6, 4]],
    ["Polygon", "v,vw,o,c,h,l,t,n", [6, 2, 4, 5, 3, 0]],
    ["Alpha Vantage", "timestamp,1. open,2. high,3. low,4. close,5. volume", [0, 1, 2, 3, 4, 5]],
    ["MetaTrader", "<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>,<SPREAD>", [0, 1, 2, 3, 4, 5]],
    ["pandas, an index beside a time", ",timestamp,open,high,low,close,volume", [1, 2, 3, 4, 5, 6]],
    ["pandas, an index that is the time", ",open,high,low,close,volume", [0, 1, 2, 3, 4, 5]],
    ["pandas, read and written again", "Unnamed: 0,open,high,low,close,volume,date", [6, 1, 2, 3, 4, 5]],
    ["turnover beside", "timestamp,open,high,low,close,volume,turnover", [0, 1, 2, 3, 4, 5]],
    ["a moving average beside", "time,open,high,low,close,volume_ma,vol", [0, 1, 2, 3, 4, 6]],
  ])("of %s is read", (_, header, places) => {
    expect(placesOf(header)).toEqual(places);
  });

  it("says what was read as what, and which times were passed over; nothing where the names are ours", () => {
    expect(saidOf("Timestamp,OPEN,high,low,close,volume,close_time")).toBeNull();
    expect(saidOf("unix,date,open,high,low,close,Volume BTC")).toBe(
      'read "unix" as timestamp, "Volume BTC" as volume (not "date")',
    );
    expect(saidOf(",o,high,low,close,volume")).toBe('read the unnamed first column as timestamp, "o" as open');
  });

  it("takes our own time before an open time, that before a number, and a number before a text", () => {
    const rest = "open,high,low,close,volume";
    expect(placesOf(`date,timestamp,open_time,${rest}`)).toEqual([1, 3, 4, 5, 6, 7]);
    expect(placesOf(`date,unix,open_time,${rest}`)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(placesOf(`date,unix,time,${rest}`)).toEqual([1, 3, 4, 5, 6, 7]);
    expect(placesOf(`date,time,${rest}`)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ["open,high,low,close,volume", "add the missing columns: timestamp"],
    ["timestamp,open,high,low,close", "add the missing columns: volume"],
    ["timestmp,open,high,low,close,volume", 'add the missing columns: timestamp (is it "timestmp"?)'],
    ["close_time,open,high,low,close,volume", "is its OPEN time"],
    [",close_time,open,high,low,close,volume", "is its OPEN time"],
    ["timestamp,open,Open,high,low,close,volume", "duplicate column: open"],
    [
      "version https://git-lfs.github.com/spec/v1",
      "add the missing columns: timestamp, open, high, low, close, volume",
    ],
  ])("%s is refused: %s", (header, words) => {
    expect(placesOf(header)).toContain(words);
  });

  it("is found in any order and among any other columns", () => {
    const own = ["timestamp", "open", "high", "low", "close", "volume"];
    const others = fc.subarray(["turnover", "trades", "vwap", "symbol", "close_time", "rsi", "spread"]);
    fc.assert(
      fc.property(
        others.chain((more) => fc.shuffledSubarray([...own, ...more], { minLength: own.length + more.length })),
        (header) => {
          expect(candlePlaces(header)).toEqual({ places: own.map((name) => header.indexOf(name)), said: null });
        },
      ),
    );
  });
});

describe("a name that was misspelt", () => {
  it.each([
    ["direction", ["direcion", "type"], "direcion"],
    ["direction", ["dircetion"], "dircetion"],
    ["symbol", ["Symbl", "simbols"], "Symbl"],
    ["close", ["clsoe"], "clsoe"],
    ["close", ["open", "volume"], null],
    ["atr", ["tar", "rsi"], "tar"],
    ["direction", [], null],
  ])("is found: %s among %j", (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });
});
