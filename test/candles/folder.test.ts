import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectCandles } from "../../src/candles/inspect.ts";
import { readMarket } from "../../src/candles/read.ts";
import { header, options, refusal, row, rows, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const refused = (dir: string, more = {}) => refusal(readMarket(dir, { ...options, ...more }));
const sound = (): string => [header, row(0)].join("\n");

describe("a folder of candles", () => {
  it("is read by symbol, whatever else lies in it", async () => {
    for (const name of ["ETH-15m.csv", "BTC-15m.csv", "BTC-1h.csv", "BTC-15m.xlsx", "notes.txt"])
      folder.write(name, sound());
    expect([...(await readMarket(folder.path(), options)).bySymbol.keys()]).toEqual(["BTC", "ETH"]);
  });

  it("takes 60m for 1h", async () => {
    folder.write("BTC-60m.csv", sound());
    expect((await readMarket(folder.path(), { ...options, timeframeMs: 3_600_000 })).bySymbol.size).toBe(1);
  });

  it("without the timeframe, or one that divides it, says which there are, shortest first", async () => {
    for (const timeframe of ["4h", "1d", "2m"]) folder.write(`BTC-${timeframe}.csv`, sound());
    const error = await refused(folder.path());
    expect([error.code, error.details.found]).toEqual(["CANDLE_TIMEFRAME", "timeframes 2m, 4h, 1d"]);
  });

  it("without a symbol that was asked for says which there are", async () => {
    for (const symbol of ["ETH", "BTC"]) folder.write(`${symbol}-15m.csv`, sound());
    const error = await refused(folder.path(), { symbols: ["BTC", "XRP"] });
    expect([error.code, error.details.found, error.details.expected]).toEqual([
      "CANDLE_SYMBOL",
      '"XRP"',
      "any of: BTC, ETH",
    ]);
    expect((await refused(folder.path(), { symbols: [] })).code).toBe("CANDLE_SYMBOL");
  });

  it("that is none says what was found instead", async () => {
    const file = folder.write("BTC_15m.csv", sound());
    expect((await refused(folder.path("none"))).message).toBe("the candle folder does not exist");
    expect((await refused(file)).details.found).toBe("a file");
    expect((await refused(folder.path())).details.found).toBe('"BTC_15m.csv"');
    mkdirSync(folder.path("empty"));
    expect((await refused(folder.path("empty"))).details.found).toBe("an empty folder");
  });

  it("cannot bring control characters into a message by its file names", async () => {
    folder.write("\u001b[2JBTC-15m.csv", [header, row(0, "-1,12,9,11,5")].join("\n"));
    for (const error of [await refused(folder.path()), await refused(folder.path(), { symbols: ["X"] })])
      expect([error.code, Object.values(error.details).join("").includes("\u001b")]).toEqual(["CANDLE_NAME", false]);
  });
});

describe("a folder as freqtrade keeps it", () => {
  const pairs = async (dir: string, more = {}) => [...(await readMarket(dir, { ...options, ...more })).bySymbol.keys()];

  it("is read under the pairs' own names, mark prices and funding rates left alone", async () => {
    for (const name of ["XRP_USDT_USDT-15m-futures", "XRP_USDT_USDT-15m-mark", "XRP_USDT_USDT-15m-funding_rate"])
      folder.write(`${name}.csv`, sound());
    expect(await pairs(folder.path())).toEqual(["XRP/USDT:USDT"]);
    expect(await pairs(folder.path(), { symbols: ["XRP/USDT:USDT"] })).toEqual(["XRP/USDT:USDT"]);
    const inspected = await inspectCandles(folder.path());
    expect(inspected.map(({ kind, contents, defect }) => [kind, contents?.candles ?? 0, defect])).toEqual([
      ["funding", 0, null],
      ["candles", 1, null],
      ["mark", 0, null],
    ]);
  });

  it("says that futures stand in the folder beneath", async () => {
    mkdirSync(folder.path("futures"));
    folder.write("futures/XRP_USDT_USDT-15m-futures.csv", sound());
    const beneath = `folders beneath are not read; give the one you mean: --candles ${folder.path("futures")}`;
    expect((await refused(folder.path())).details.remedy).toBe(beneath);
    folder.write("ADA_USDT-15m.csv", sound());
    expect(await pairs(folder.path())).toEqual(["ADA/USDT"]);
    expect((await refused(folder.path(), { symbols: ["XRP/USDT:USDT"] })).details.remedy).toBe(beneath);
    expect((await refused(folder.path(), { timeframeMs: 60_000 })).details.remedy).toBe(beneath);
    expect(await pairs(folder.path("futures"))).toEqual(["XRP/USDT:USDT"]);
  });

  it("finds candles three folders beneath, as they are in freqtrade's user_data", async () => {
    mkdirSync(folder.path("data/binance/futures"), { recursive: true });
    folder.write("data/binance/futures/XRP_USDT_USDT-15m-futures.csv", sound());
    expect((await refused(folder.path())).details.remedy).toContain(folder.path("data/binance/futures"));
  });

  it("names the pair that a symbol without its slash means", async () => {
    folder.write("ADA_USDT-15m.csv", sound());
    const { details } = await refused(folder.path(), { symbols: ["ADAUSDT"] });
    expect(details.remedy).toBe("did you mean ADA/USDT?");
  });
});

describe("inspection", () => {
  it("goes on behind a file that cannot be read, and names CSV files that no run would find", async () => {
    folder.write("A-15m.csv", "");
    folder.write("B-15m.csv", sound());
    folder.write("C.csv", sound());
    mkdirSync(folder.path("D-15m.csv"));
    const files = await inspectCandles(folder.path());
    expect(files.map(({ symbol, defect, contents }) => [symbol, defect?.code ?? null, contents?.candles ?? 0])).toEqual(
      [
        ["A", "CANDLE_EMPTY", 0],
        ["B", null, 1],
        ["C.csv", "CANDLE_NAME", 0],
        ["D", "FILE_UNREADABLE", 0],
      ],
    );
  });

  it("of one file counts the rows that lenient would drop, and names the first", async () => {
    const bad = "10,9,12,11,5";
    const path = folder.write("A-15m.csv", [header, ...rows(2), row(2, bad), row(3), row(4, bad), row(5)].join("\n"));
    const [file] = await inspectCandles(path);
    expect([file!.defect!.where, file!.contents!.dropped, file!.contents!.filled]).toEqual([`${path}:4`, 2, 2]);
  });

  it("is plain data", async () => {
    const files = await inspectCandles(folder.write("A-15m.csv", sound()));
    expect(JSON.parse(JSON.stringify(files))).toEqual(files);
  });

  it("of a path that is not there is refused", async () => {
    expect((await refusal(inspectCandles(folder.path("none")))).code).toBe("CANDLE_FOLDER");
  });
});
