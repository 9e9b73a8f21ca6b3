import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspectCandles } from "../../src/candles/inspect.ts";
import { readMarket } from "../../src/candles/read.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { formatTimeframe, parseTimeframe } from "../../src/candles/timeframe.ts";
import { InputError } from "../../src/errors.ts";
import { describeMarkets, heldMarket, marketOf } from "../support/referenceData.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-candles-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = 1_735_689_600_000;
const step = 900_000;
const header = "timestamp,open,high,low,close,volume";
const row = (bar: number, values = "10,12,9,11,5"): string => `${start + bar * step},${values}`;
const options = { timeframeMs: step, lenient: false };

function write(...rows: string[]): string {
  const path = join(folder, "X-15m.csv");
  writeFileSync(path, rows.join("\n"));
  return path;
}
const read = (path: string, more = {}) => readCandleFile(path, "X", { ...options, ...more });
async function errorOf(path: string, more = {}): Promise<InputError> {
  const error = await read(path, more).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("a candle file", () => {
  it("becomes columns on a regular grid", async () => {
    const candles = await read(write(header, row(0), row(1, "11,13,10,12,6"), ""));
    expect([candles.count, candles.firstOpenTimeMs, [...candles.close], [...candles.volume]]).toEqual([
      2,
      start,
      [11, 12],
      [5, 6],
    ]);
  });

  it("may have its columns in another order, more of them, capitals, a BOM and Windows line ends", async () => {
    const path = join(folder, "X-15m.csv");
    writeFileSync(
      path,
      `\uFEFFVolume,Close,Low,High,Open,Timestamp,turnover\r\n5,11,9,12,10,${start},1\r\n6,12,10,13,11,${start + step},1\r\n`,
    );
    const candles = await read(path);
    expect([[...candles.open], [...candles.volume]]).toEqual([
      [10, 11],
      [5, 6],
    ]);
  });

  it("without its volume has the same prices, and is refused for an impossible volume all the same", async () => {
    const path = write(header, row(0), row(3), row(4, "10,13,8,11,7"));
    const bare = await readCandleFile(path, "X", { ...options, withVolume: false });
    expect(bare).toEqual({ ...(await read(path)), volume: new Float64Array(0) });
    const wrong = write(header, row(0, "10,12,9,11,-1"));
    expect((await errorOf(wrong, { withVolume: false })).code).toBe("CANDLE_VOLUME");
  });

  it("knows what is missing, and fills nothing in", async () => {
    const candles = await read(write(header, row(0), row(3)));
    expect([[...candles.close], [...candles.slots!]]).toEqual([
      [11, 11],
      [0, 3],
    ]);
    expect(candles.holes).toEqual([{ index: 1, bars: 2, missing: 2, fromMs: start + step }]);
  });

  it("drops a row that stands twice, and counts it", async () => {
    expect((await read(write(header, row(0), row(0), row(1)))).defects.duplicates).toBe(1);
  });
});

describe("a row that cannot be", () => {
  it.each([
    ["a NaN price", "NaN,12,9,11,5", "CANDLE_PRICE"],
    ["an empty price", ",12,9,11,5", "CANDLE_PRICE"],
    ["a price of 0", "10,12,0,11,5", "CANDLE_PRICE"],
    ["a negative price", "10,12,-9,11,5", "CANDLE_PRICE"],
    ["an infinite price", "10,1e999,9,11,5", "CANDLE_PRICE"],
    ["a hexadecimal price", "0x10,99,9,11,5", "CANDLE_PRICE"],
    ["a negative volume", "10,12,9,11,-1", "CANDLE_VOLUME"],
    ["high below low", "10,9,12,11,5", "CANDLE_RANGE"],
    ["open above high", "13,12,9,11,5", "CANDLE_RANGE"],
    ["close below low", "10,12,9,8,5", "CANDLE_RANGE"],
  ])("is refused with its line for %s, and dropped when lenient", async (_, values, code) => {
    const path = write(header, row(0), row(1, values), row(2));
    const error = await errorOf(path);
    expect([error.code, error.details.where]).toEqual([code, `${path}:3`]);
    const { holes, defects } = await read(path, { lenient: true });
    expect([holes.map(({ missing }) => missing), defects.dropped]).toEqual([[1], 1]);
  });

  it("is refused for its time: out of order, contradicting, off the grid, seconds, microseconds, a date, far away", async () => {
    const codes = async (...rows: string[]): Promise<string> =>
      (await errorOf(write(header, row(0), row(1), ...rows))).code;
    expect(await codes(row(0))).toBe("CANDLE_ORDER");
    expect(await codes(row(1, "10,12,9,11,6"))).toBe("CANDLE_CONTRADICTION");
    expect(await codes(`${start + 1},10,12,9,11,5`)).toBe("CANDLE_GRID");
    expect(await codes(`${start / 1000},10,12,9,11,5`)).toBe("CANDLE_TIME");
    expect(await codes(`${start * 1000},10,12,9,11,5`)).toBe("CANDLE_TIME");
    expect(await codes("2025-01-01 00:30:00,10,12,9,11,5")).toBe("CANDLE_TIME");
    expect(await codes(row(20_000))).toBe("CANDLE_HOLES");
  });

  it("never stands in a message unescaped", async () => {
    const error = await errorOf(write(header, row(0, "\u001b[31m,12,9,11,5")));
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain("\u001b");
  });
});

describe("a file or folder without candles", () => {
  it("is refused, and the reason tells what is there", async () => {
    expect((await errorOf(write(""))).code).toBe("CANDLE_EMPTY");
    expect((await errorOf(write(header))).code).toBe("CANDLE_EMPTY");
    expect((await errorOf(write("a,b,c", "1,2,3"))).code).toBe("CANDLE_HEADER");
    expect((await errorOf(join(folder, "none.csv"))).code).toBe("FILE_UNREADABLE");
    write(header, row(0));
    const codeOf = (dir: string, more = {}) =>
      readMarket(dir, { ...options, ...more }).then(
        () => "",
        (error: InputError) => error.code,
      );
    expect(await codeOf(join(folder, "none"))).toBe("CANDLE_FOLDER");
    expect(await codeOf(folder, { timeframeMs: 600_000 })).toBe("CANDLE_TIMEFRAME");
    // No whole hour in one candle of 15 minutes.
    expect(await codeOf(folder, { timeframeMs: 3_600_000 })).toBe("CANDLE_EMPTY");
    expect(await codeOf(folder, { symbols: ["Y"] })).toBe("CANDLE_SYMBOL");
    rmSync(join(folder, "X-15m.csv"));
    expect(await codeOf(folder)).toBe("CANDLE_FOLDER_EMPTY");
  });
});

describeMarkets("files of months", (source) => {
  it("are read whole, as the obvious reader reads them", async () => {
    const market = await readMarket(fileURLToPath(source.candles), options);
    const expected = marketOf(source);
    expect([...market.bySymbol.keys()]).toEqual([...expected.bySymbol.keys()]);
    for (const [symbol, candles] of market.bySymbol) {
      // 120 days, or half a year.
      expect(candles.count).toBe(source === heldMarket ? 11_520 : 17_376);
      expect([candles.holes, candles.slots]).toEqual([[], null]);
      expect(candles.close).toEqual(expected.bySymbol.get(symbol)!.close);
      expect(candles.volume).toEqual(expected.bySymbol.get(symbol)!.volume);
    }
  });
});

describe("inspection", () => {
  it("reports every file of a folder, sound or refused", async () => {
    write(header, row(0), row(3), row(4, "10,12,9,11,0"));
    writeFileSync(join(folder, "Y-15m.csv"), [header, row(0), row(1, "10,9,12,11,5")].join("\n"));
    const files = await inspectCandles(folder);
    expect(files.map(({ file, defect }) => [basename(file), defect?.code ?? null])).toEqual([
      ["X-15m.csv", null],
      ["Y-15m.csv", "CANDLE_RANGE"],
    ]);
    expect(files[0]!.contents).toMatchObject({
      candles: 3,
      gaps: 1,
      filled: 2,
      zero_volume: 1,
      longest_gap: { time: start + step, candles: 2 },
      largest_move: { move: 0.2 },
    });
    expect(files[1]!.contents).toMatchObject({ candles: 1, dropped: 1 });
  });
});

describe("a timeframe", () => {
  it("is read and written", () => {
    expect(["1m", "15m", "4h", "1d"].map(parseTimeframe)).toEqual([60_000, 900_000, 14_400_000, 86_400_000]);
    expect([60_000, 900_000, 14_400_000, 86_400_000].map(formatTimeframe)).toEqual(["1m", "15m", "4h", "1d"]);
    for (const text of ["", "15", "0m", "1w", "m15", "-1h"]) expect(() => parseTimeframe(text)).toThrow(InputError);
  });
});
