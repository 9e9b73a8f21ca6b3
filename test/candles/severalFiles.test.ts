import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { inspectCandles } from "../../src/candles/inspect.ts";
import { readMarket } from "../../src/candles/read.ts";
import { inspectSummary } from "../../src/report/inspectSummary.ts";
import { paintFor } from "../../src/report/paint.ts";
import { describeReference } from "../support/referenceData.ts";
import { header, options, refusal, row, rows, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const csv = (...lines: readonly string[]): string => [header, ...lines].join("\n");
const read = async (more = {}): Promise<Candles> => {
  const { bySymbol } = await readMarket(folder.path(), { ...options, ...more });
  expect(bySymbol.size).toBe(1);
  return [...bySymbol.values()][0]!;
};
const timesOf = (candles: Candles): number[] => Array.from({ length: candles.count }, (_, k) => openTimeMs(candles, k));

describe("a series of several files", () => {
  it("is one series in order of time, whatever the files' names say", async () => {
    folder.write("BTCUSDT-15m-2025-02.csv", csv(...rows(3, 4)));
    folder.write("BTCUSDT-15m-2025-01.csv", csv(...rows(4)));
    folder.write("BTCUSDT-15m-2024-12.csv", csv(...rows(2, 8)));
    const candles = await read();
    expect([candles.symbol, candles.count, candles.holes]).toEqual([
      "BTCUSDT",
      9,
      [{ index: 7, bars: 1, missing: 1, fromMs: openTimeMs(candles, 7) - options.timeframeMs }],
    ]);
    expect(candles.readAs).toBe("3 files joined");
  });

  it("counts candles that two files share as duplicates, also in a hole of the other", async () => {
    folder.write("BTCUSDT-15m-2025-01.csv", csv(row(0), row(1), row(3), row(5)));
    folder.write("BTCUSDT-15m-2025-01-01.csv", csv(row(1), row(2), row(3), row(4)));
    const candles = await read();
    expect([candles.count, candles.slots, candles.defects.duplicates]).toEqual([6, null, 2]);
  });

  it("is refused with both files and lines where they contradict each other", async () => {
    const first = folder.write("BTCUSDT-15m-2025-01.csv", csv(row(0), "", row(1)));
    const second = folder.write("BTCUSDT-15m-2025-02.csv", csv(row(1, "10,12,9,10,5"), row(2)));
    const { code, details } = await refusal(read());
    expect([code, details.where]).toEqual(["CANDLE_CONTRADICTION", `${second}:2`]);
    expect(details.found).toBe(`close 10, and 11 in ${first}:4, at 2025-01-01T00:15:00.000Z`);
  });

  it("names file and line of a row that does not fit the grid", async () => {
    folder.write("BTCUSDT-15m-2025-01.csv", csv(...rows(3)));
    const second = folder.write(
      "BTCUSDT-15m-2025-02.csv",
      csv(row(3), `${1_735_689_600_000 + 4.5 * 900_000},1,1,1,1,1`),
    );
    expect((await refusal(read())).details.where).toBe(`${second}:3`);
  });

  it("counts days from the newest file", async () => {
    folder.write("BTCUSDT-15m-2025-01.csv", csv(...rows(96)));
    folder.write("BTCUSDT-15m-2025-02.csv", csv(...rows(96, 96).toReversed()));
    const candles = await read({ days: 1 });
    expect([candles.count, openTimeMs(candles, 0)]).toEqual([96, 1_735_689_600_000 + 96 * 900_000]);
  });

  it("is what its rows are, however they are dealt to files", async () => {
    const dealt = fc.array(fc.record({ in: fc.subarray([0, 1, 2]), close: fc.integer({ min: 9, max: 12 }) }), {
      minLength: 3,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(dealt, async (given) => {
        const each = given.map((one, k) => ({ ...one, in: k < 3 ? [...new Set([...one.in, k])] : one.in, k }));
        const line = ({ k, close }: { k: number; close: number }): string => row(k, `10,12,9,${close},5`);
        for (const file of [0, 1, 2]) {
          const own = each.filter((one) => one.in.includes(file)).map(line);
          folder.write(`X-15m-2025-0${file + 1}.csv`, csv(...(file === 1 ? own.toReversed() : own)));
        }
        const kept = each.filter((one) => one.in.length > 0);
        const candles = await read();
        expect(timesOf(candles)).toEqual(kept.map(({ k }) => 1_735_689_600_000 + k * 900_000));
        expect([...candles.close]).toEqual(kept.map(({ close }) => close));
        expect(candles.defects.duplicates).toBe(kept.reduce((sum, one) => sum + one.in.length - 1, 0));
      }),
      { numRuns: 50 },
    );
  });
});

describe("a symbol that is found twice", () => {
  it("is read once, and that is said, where both files hold the same candles", async () => {
    folder.write("BTCUSDT-15m.csv", csv(...rows(5)));
    folder.write("BTC_USDT-15m.csv", csv(...rows(5).toReversed()));
    const candles = await read();
    expect([candles.symbol, candles.count, candles.defects.duplicates]).toEqual(["BTCUSDT", 5, 0]);
    expect(candles.readAs).toBe("the same candles twice, read once: BTC_USDT-15m.csv (as BTCUSDT-15m.csv)");
  });

  it.each([
    [
      "another value",
      csv(...rows(4), row(4, "10,12,9,12,5")),
      /^close 12 at 2025-01-01T01:00:00.000Z, and 11 in the other;/,
    ],
    ["fewer candles", csv(...rows(4)), /4 candles, and 5 in the other/],
    ["another time", csv(...rows(4), row(6)), /a candle at 2025-01-01T01:30.*, and at 2025-01-01T01:00/],
  ])("is refused with both paths where they differ: %s", async (_, text, found) => {
    const first = folder.write("BTC-15m.csv", csv(...rows(5)));
    const second = folder.write("BTC-60m.csv", text);
    const third = folder.write("btc-15m.csv", text);
    expect(second).not.toBe(third);
    const { code, details } = await refusal(read());
    expect([code, details.where]).toEqual(["CANDLE_TWICE", third]);
    expect(details.found).toMatch(found);
    expect(details.found).toContain(first);
    expect((await read({ symbols: ["BTC"] })).count).toBe(5);
  });
});

describe("inspection of a series of several files", () => {
  it("names them", async () => {
    for (const [k, part] of ["2025-01", "2025-02"].entries()) folder.write(`X-15m-${part}.csv`, csv(...rows(3, 3 * k)));
    folder.write("X-1h.csv", csv(row(0)));
    const inspected = await inspectCandles(folder.path());
    expect(
      inspected.map(({ timeframe, files, contents }) => [
        timeframe,
        files.map((path) => basename(path)),
        contents!.candles,
      ]),
    ).toEqual([
      ["15m", ["X-15m-2025-01.csv", "X-15m-2025-02.csv"], 6],
      ["1h", ["X-1h.csv"], 1],
    ]);
    const text = inspectSummary(inspected, paintFor(false)).replace(/\s+/g, " ");
    expect(text).toContain("2 files joined; files X-15m-2025-01.csv, X-15m-2025-02.csv");
    expect(text).toMatch(/3 files $/);
  });
});

describeReference("Binance's months", (data) => {
  it("are one series, in milliseconds and in microseconds", async () => {
    const { bySymbol } = await readMarket(new URL("data/binance/", data).pathname, {
      ...options,
      timeframeMs: 3_600_000,
    });
    const candles = bySymbol.get("BTCUSDT")!;
    expect([candles.count, candles.holes, openTimeMs(candles, 0)]).toEqual([1488, [], Date.UTC(2024, 11, 1)]);
    expect(candles.readAs).toBe("2 files joined; no header: read as Binance's 12 columns; times read as microseconds");
  });
});
