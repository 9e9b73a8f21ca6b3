import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openTimeMs } from "../../src/candles/candles.ts";
import { candleFile, marketFile } from "../../src/candles/folder.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { parseTimeframe } from "../../src/candles/timeframe.ts";
import { describeReference } from "../support/referenceData.ts";
import { refusal } from "./files.ts";

/** Candles, first and last day, or code and what was found. */
const files: Readonly<Record<string, readonly (string | number)[]>> = {
  "freqtrade/futures/BTC_USDT_USDT-5m-futures.json": [11_123, "2025-09-19T00:00", "2025-10-27T14:50"],
  "freqtrade/futures/XRP_USDT_USDT-1h-futures.feather": [100, "2021-11-17T01:00", "2021-11-21T04:00"],
  "freqtrade/futures/XRP_USDT_USDT-1h-futures.json.gz": [100, "2021-11-17T01:00", "2021-11-21T04:00"],
  "freqtrade/futures/XRP_USDT_USDT-5m-futures.feather": [1_999, "2021-11-15T00:00", "2021-11-21T22:30"],
  "freqtrade/spot/ADA_USDT-5m.json": [13_217, "2023-03-16T22:15", "2023-05-01T20:55"],
  "freqtrade/spot/BTC_USDT-15m.feather": [2_917, "2025-07-27T00:00", "2025-08-26T09:00"],
  "freqtrade/spot/ETH_BTC-5m.feather": [5_760, "2018-01-10T04:55", "2018-01-30T04:50"],
  "freqtrade/spot/NOPAIR_XXX-4m.json": ["CANDLE_EMPTY", "an empty list"],
  "freqtrade/spot/SOL_USDT-15m.feather": [2_879, "2025-05-24T10:45", "2025-06-23T10:15"],
  "freqtrade/spot/UNITTEST_BTC-8m.feather": ["CANDLE_EMPTY", "an empty file"],
  "freqtrade/spot/UNITTEST_BTC-8m.json.gz": [
    "CANDLE_SPACING",
    "20 candles in a row open 1m after the one before, not 8m",
  ],
  "freqtrade/spot/XRP_ETH-1m.feather": [2_469, "2019-10-11T00:00", "2019-10-13T11:19"],
  "freqtrade/spot/XRP_ETH-5m.feather": [706, "2019-10-11T00:00", "2019-10-13T11:15"],
  "dirty/outage_gap_and_zero_volume-1m.json": [400, "2023-03-24T09:19", "2023-03-24T17:18"],
  "dirty/empty_list.json": ["CANDLE_EMPTY", "an empty list"],
  "dirty/empty_0bytes.feather": ["CANDLE_EMPTY", "an empty file"],
};

describeReference("files that freqtrade wrote", (shared) => {
  const pathOf = (name: string): string => fileURLToPath(new URL(`data/${name}`, shared));
  const read = (name: string) => {
    const timeframeMs = parseTimeframe(candleFile(name)?.timeframe ?? "1m");
    return readCandleFile(pathOf(name), "X", { timeframeMs, lenient: false });
  };

  it.each(Object.entries(files))("%s", async (name, expected) => {
    if (typeof expected[0] === "string") {
      const { code, details } = await refusal(read(name));
      expect([code, details.found]).toEqual(expected);
      return;
    }
    const candles = await read(name);
    const time = (index: number): string => new Date(openTimeMs(candles, index)).toISOString().slice(0, 16);
    expect([candles.count, time(0), time(candles.count - 1)]).toEqual(expected);
  });

  it("are all in the table, or hold mark prices or funding rates by their names", () => {
    for (const folder of ["freqtrade/futures", "freqtrade/spot"])
      for (const name of readdirSync(pathOf(folder))) {
        const kind = marketFile(name)?.kind;
        expect(kind === "candles", name).toBe(`${folder}/${name}` in files);
        if (kind !== "candles") expect(kind).toMatch(/^(mark|funding)$/);
      }
  });

  it("hold the same candles in feather as in JSON, which has ten decimals of them", async () => {
    const name = "freqtrade/futures/XRP_USDT_USDT-1h-futures";
    const [feather, json] = [await read(`${name}.feather`), await read(`${name}.json.gz`)];
    expect([feather.readAs, json.readAs]).toEqual([null, null]);
    const rounded = (column: Float64Array): number[] => Array.from(column, (value) => Number(value.toFixed(10)));
    for (const column of ["open", "high", "low", "close", "volume"] as const)
      expect(rounded(feather[column])).toEqual([...json[column]]);
    expect([feather.firstOpenTimeMs, feather.slots]).toEqual([json.firstOpenTimeMs, json.slots]);
  });
});
