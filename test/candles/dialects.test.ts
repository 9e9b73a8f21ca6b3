import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, missingCandles, openTimeMs } from "../../src/candles/candles.ts";
import { newestOpenTimeMs } from "../../src/candles/newest.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { parseTimeframe } from "../../src/candles/timeframe.ts";
import { dialects, type Written } from "../support/dialects.ts";
import { header, refusal, row, rows, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const firstMs = Date.UTC(2024, 11, 2);
const read = (text: string | Buffer, timeframe: string, more = {}): Promise<Candles> => {
  writeFileSync(folder.path("X.csv"), text);
  return readCandleFile(folder.path("X.csv"), "X", { timeframeMs: parseTimeframe(timeframe), lenient: false, ...more });
};
const rowsOf = (candles: Candles): number[][] =>
  Array.from({ length: candles.count }, (_, k) => [
    openTimeMs(candles, k),
    candles.open[k]!,
    candles.high[k]!,
    candles.low[k]!,
    candles.close[k]!,
    candles.volume[k]!,
  ]);

/** Candles with a hole now and then, and any numbers that a program may write. */
const written = (timeframeMs: number): fc.Arbitrary<Written[]> => {
  const price = fc.oneof(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 99_999 }));
  const volume = fc.oneof(fc.constant(0), price);
  const one = fc.tuple(fc.constantFrom(1, 2, 5), price, price, price, price, volume);
  return fc.array(one, { minLength: 3, maxLength: 30 }).map((given) => {
    let slot = 0;
    return given.map(([gap, ...numbers], k): Written => {
      slot += k % 5 === 4 ? gap : 1;
      const [low, open, close, high] = numbers.slice(0, 4).toSorted((a, b) => a - b) as [
        number,
        number,
        number,
        number,
      ];
      const prices = k % 2 === 0 ? [open, high, low, close] : [close, high, low, open];
      return [firstMs + slot * timeframeMs, ...prices, numbers[4]!] as unknown as Written;
    });
  });
};

describe("candles as others write them", () => {
  it.each(dialects.map((dialect) => [dialect.name, dialect] as const))(
    "are read back to the bit: %s",
    async (_, dialect) => {
      const { timeframeMs, timeZone, said, write } = dialect;
      const rules = { timeframeMs, lenient: false, ...(timeZone !== undefined && { timeZone }) };
      const path = folder.path("X.csv");
      await fc.assert(
        fc.asyncProperty(written(timeframeMs), async (candles) => {
          writeFileSync(path, write(candles));
          const back = await readCandleFile(path, "X", rules);
          expect(rowsOf(back)).toEqual(candles);
          expect(back.readAs).toMatch(said);
          // Without a quick way to the end, the whole file is read for it.
          expect([null, candles.at(-1)![0]]).toContain(await newestOpenTimeMs(path, rules));
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each(dialects.filter(({ timeZone }) => timeZone !== undefined).map((dialect) => [dialect.name, dialect] as const))(
    "are refused without the time zone that the file does not tell: %s",
    async (_, { timeframeMs, write }) => {
      const candle: Written = [firstMs + 7 * timeframeMs, 10, 12, 9, 11, 5];
      writeFileSync(folder.path("X.csv"), write([candle, [firstMs + 8 * timeframeMs, ...candle.slice(1)] as never]));
      const { code, details } = await refusal(
        readCandleFile(folder.path("X.csv"), "X", { timeframeMs, lenient: false }),
      );
      expect(code).toBe("CANDLE_ZONE");
      expect(details.remedy).toMatch(/set --time-zone/);
    },
  );
});

describe("vendors' own lines", () => {
  const sample = (timeframe: string, text: string, more = {}) => read(text, timeframe, more).then(rowsOf);

  it("of histdata.com, in both of its forms, are Eastern Standard Time", async () => {
    const at = Date.UTC(2012, 1, 1, 5);
    const eastern = { timeZone: "-05:00" };
    expect(
      await sample(
        "1m",
        "20120201 000000;1.306600;1.306600;1.306560;1.306560;0\n20120201 000100;1.306570;1.306570;1.306470;1.306560;0\n",
        eastern,
      ),
    ).toEqual([
      [at, 1.3066, 1.3066, 1.30656, 1.30656, 0],
      [at + 60_000, 1.30657, 1.30657, 1.30647, 1.30656, 0],
    ]);
    expect(
      await sample(
        "1m",
        "2012.02.01,00:00,1.306600,1.306600,1.306560,1.306560,0\n2012.02.01,00:01,1.306570,1.306570,1.306470,1.306560,0\n",
        eastern,
      ),
    ).toEqual([
      [at, 1.3066, 1.3066, 1.30656, 1.30656, 0],
      [at + 60_000, 1.30657, 1.30657, 1.30647, 1.30656, 0],
    ]);
  });

  it("of Binance are read past a close time that looks like a price's", async () => {
    const line =
      "1733011200000,96407.99000000,96672.49000000,96260.00000000,96340.60000000,532.95388000,1733014799999,51410648.79613400,154693,246.27919000,23756467.10209110,0";
    expect(await sample("1h", line)).toEqual([[1733011200000, 96407.99, 96672.49, 96260, 96340.6, 532.95388]]);
  });

  it("of Stooq, a day each", async () => {
    const lines =
      "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.885,185.64,82488674\n2024-01-03,184.22,185.88,183.43,184.25,58414460\n";
    expect((await sample("1d", lines))[1]).toEqual([Date.UTC(2024, 0, 3), 184.22, 185.88, 183.43, 184.25, 58414460]);
  });
});

describe("a file without a header", () => {
  const candle = (values: string, k = 0): string => `${firstMs + k * 900_000},${values}`;

  it("is refused where its columns are in another order", async () => {
    // Bitfinex: open, close, high, low.
    const other = [0, 1, 2, 3].map((k) => candle("10,11,12,9,5", k)).join("\n");
    const { code, message, details } = await refusal(read(other, "15m"));
    expect([code, details.where]).toEqual(["CANDLE_HEADER", `${folder.path("X.csv")}:1`]);
    expect(message).toMatch(/the first line is data, not a header/);
  });

  it("is refused where the sixth column is an average price, and without a volume", async () => {
    const vwap = [0, 1, 2].map((k) => candle("10,12,9,11,10.5,7,3", k)).join("\n");
    expect((await refusal(read(vwap, "15m"))).code).toBe("CANDLE_HEADER");
    expect((await refusal(read(candle("10,12,9,11"), "15m"))).code).toBe("CANDLE_HEADER");
  });

  it("names the line of a bad row", async () => {
    const lines = [candle("10,12,9,11,5"), candle("10,12,9,11,5", 1), candle("10,9,12,11,5", 2)];
    expect((await refusal(read(lines.join("\n"), "15m"))).details.where).toBe(`${folder.path("X.csv")}:3`);
  });
});

describe("rows newest first", () => {
  const backwards = (...lines: readonly string[]): string => [header, ...lines.toReversed()].join("\n");

  it("are turned round, holes, duplicates and the unfinished candle with them", async () => {
    const text = backwards(row(0), row(1), row(1), row(3), row(4), row(5));
    const candles = await read(text, "15m", { nowMs: 1_735_689_600_000 + 5 * 900_000 + 1 });
    expect([candles.count, missingCandles(candles), candles.defects]).toEqual([
      4,
      1,
      { duplicates: 1, dropped: 0, repaired: 0, unfinished: 1 },
    ]);
    expect(candles.readAs).toBe("rows newest first, turned round");
    expect(candles).toEqual({
      ...(await read([header, ...rows(2), ...rows(2, 3)].join("\n"), "15m")),
      readAs: candles.readAs,
      defects: candles.defects,
    });
  });

  it.each([
    ["a candle that goes up again", backwards(row(3), row(1), row(2), row(4)), "CANDLE_ORDER", 5],
    ["a contradiction", backwards(row(0), row(1, "10,12,9,10,5"), row(1), row(2)), "CANDLE_CONTRADICTION", 4],
    ["a value", backwards(row(0), row(1, "10,9,12,11,5"), row(2)), "CANDLE_RANGE", 3],
    ["two orders", [header, row(0), row(1), row(0)].join("\n"), "CANDLE_ORDER", 4],
    ["a row off the grid", backwards(row(0), row(1.2), row(2), row(3)), "CANDLE_GRID", 4],
  ])("are refused with their line: %s", async (_, text, code, line) => {
    const error = await refusal(read(text, "15m"));
    expect([error.code, error.details.where]).toEqual([code, `${folder.path("X.csv")}:${line}`]);
  });

  it("end where their first row does", async () => {
    const path = folder.write("Y-15m.csv", backwards(...rows(50)));
    expect(await newestOpenTimeMs(path)).toBe(1_735_689_600_000 + 49 * 900_000);
  });
});

describe("numbers with decimal commas", () => {
  const lines = (...values: readonly string[]): string =>
    ["timestamp;open;high;low;close;volume", ...values.map((each, k) => `${firstMs + k * 900_000};${each}`)].join("\n");

  it("are read with exponents too", async () => {
    const candles = await read(lines("1,5;2,5;1;2;1,5e-3", "1,5;2,5e0;1,25;2;0"), "15m");
    expect([[...candles.open], [...candles.high], candles.volume[0]]).toEqual([[1.5, 1.5], [2.5, 2.5], 0.0015]);
  });

  it.each([
    ["a point among them", lines("1,5;2,5;1;2;3", "1,5;2.500;1;2;3")],
    ["thousands in groups", lines("1,5;2,5;1;2;3", "1.001,5;2.002,5;1;2;3")],
    ["a comma among points", lines("1.5;2.5;1;2;3", "1,5;2.5;1;2;3")],
  ])("are of one kind: %s", async (_, text) => {
    const { code, details } = await refusal(read(text, "15m"));
    expect([code, details.where]).toEqual(["CANDLE_PRICE", `${folder.path("X.csv")}:3`]);
  });
});

describe("a line of 100 MB", () => {
  it.each([";", ","])("is refused in bounded memory: %j", async (mark) => {
    writeFileSync(folder.path("X.csv"), `1${mark}`.repeat(50_000_000));
    const before = process.memoryUsage().rss;
    const { code } = await refusal(readCandleFile(folder.path("X.csv"), "X", { timeframeMs: 60_000, lenient: false }));
    expect(code).toBe("CSV_LINE");
    expect(process.memoryUsage().rss - before).toBeLessThan(80e6);
  });
});
