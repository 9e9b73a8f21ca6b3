import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { type CandleSeries, marketOfSeries } from "../../src/candles/series.ts";
import { InputError } from "../../src/errors.ts";
import { header, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const nowMs = start + 10_000 * step;
const options = { timeframeMs: step, lenient: false, nowMs };

/** Two hours of sound candles, changed. */
function series(changes: Record<string, unknown> = {}): CandleSeries {
  const column = (price: number): Float64Array => new Float64Array(8).fill(price);
  const columns = { open: column(10), high: column(12), low: column(9), close: column(11), volume: column(5) };
  return { symbol: "AAA", firstOpenTimeMs: start, ...columns, ...changes } as CandleSeries;
}
const read = (of: CandleSeries, more = {}): Candles =>
  marketOfSeries([of], { ...options, ...more }).bySymbol.get(of.symbol)!;
function refusalOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error("nothing was refused");
}
const changed = (bar: number, value: number): Float64Array =>
  new Float64Array(8).fill(10).map((each, at) => (at === bar ? value : each));

describe("candles in memory", () => {
  it("follow one another from their first time on, or stand at the times given", () => {
    expect(read(series())).toMatchObject({ count: 8, firstOpenTimeMs: start, slots: null });
    const times = [0, 1, 2, 3, 4, 9, 10, 11].map((bar) => start + bar * step);
    expect([...read(series({ times, firstOpenTimeMs: undefined })).slots!]).toEqual([0, 1, 2, 3, 4, 9, 10, 11]);
  });

  it("are the part of their columns that `count` says", () => {
    expect(read(series({ count: 5 })).count).toBe(5);
  });

  it("that were read once pass again as they are", () => {
    const times = [0, 1, 2, 3, 4, 9, 10, 11].map((bar) => start + bar * step);
    const once = read(series({ times, firstOpenTimeMs: undefined }));
    expect(read(once)).toEqual(once);
  });

  it("are taken in the span and of the symbols that were asked for", () => {
    const two = [series(), series({ symbol: "BBB" })];
    expect([...marketOfSeries(two, { ...options, symbols: ["BBB"] }).bySymbol.keys()]).toEqual(["BBB"]);
    expect(read(series(), { fromMs: start + 2 * step, toMs: start + 4 * step }).count).toBe(3);
    expect(read(series(), { days: 1 / 24 }).count).toBe(4);
    expect(refusalOf(() => marketOfSeries(two, { ...options, symbols: ["CCC"] })).code).toBe("CANDLE_SYMBOL");
  });

  it.each([
    ["NaN", changed(3, Number.NaN), "CANDLE_PRICE"],
    ["a negative price", changed(3, -5), "CANDLE_PRICE"],
    ["an infinite price", changed(3, Number.POSITIVE_INFINITY), "CANDLE_PRICE"],
    ["a price outside its candle", changed(3, 13), "CANDLE_RANGE"],
  ])("are refused with symbol and candle for %s", (_, close, code) => {
    const error = refusalOf(() => read(series({ close })));
    expect([error.code, error.details.where]).toEqual([code, "candles[0].close[3], AAA"]);
    expect(read(series({ close }), { lenient: true }).defects.dropped).toBe(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["high and low swapped", { high: changed(-1, 0), low: new Float64Array(8).fill(12) }, "CANDLE_RANGE"],
    ["a count beyond its columns", { count: 9 }, "CANDLE_SERIES"],
    ["a column too short", { low: new Float64Array(7).fill(9) }, "CANDLE_SERIES"],
    ["a column that is none", { close: "11" }, "CANDLE_SERIES"],
    ["no volume", { volume: undefined }, "CANDLE_SERIES"],
    ["no time", { firstOpenTimeMs: undefined }, "CANDLE_SERIES"],
    ["a column nobody knows", { closes: [1] }, "CANDLE_SERIES"],
    ["another timeframe", { timeframeMs: 4 * step }, "CANDLE_TIMEFRAME"],
    [
      "hours under the name of quarters",
      { times: Array.from({ length: 8 }, (_, k) => start + 4 * k * step) },
      "CANDLE_SPACING",
    ],
    ["times in seconds", { times: Array.from({ length: 8 }, (_, k) => (start + k * step) / 1000) }, "CANDLE_TIME"],
    ["times out of order", { times: Array.from({ length: 8 }, (_, k) => start + (8 - k) * step) }, "CANDLE_ORDER"],
    ["times to come", { firstOpenTimeMs: nowMs + step }, "CANDLE_FUTURE"],
  ])("are refused for %s", (_, changes, code) => {
    expect(refusalOf(() => read(series(changes))).code).toBe(code);
  });

  it("are refused where they are no list of series, none, or name a symbol twice", () => {
    for (const candles of [[], null, {}, "x", [null], [1], [[]], [{}], [{ symbol: "" }], [{ symbol: "a\nb" }]])
      expect(refusalOf(() => marketOfSeries(candles as never, options)).code).toBe("CANDLE_SERIES");
    expect(refusalOf(() => marketOfSeries([series(), series()], options)).code).toBe("CANDLE_TWICE");
  });

  it("keep the counts and words of their making, and are refused where these are none", () => {
    const defects = { duplicates: 1, dropped: 2, repaired: 3, unfinished: 1 };
    expect(read(series({ defects, readAs: "times read as seconds" }))).toMatchObject({
      defects,
      readAs: "times read as seconds",
    });
    for (const wrong of [{ defects: null }, { defects: { ...defects, dropped: -1 } }, { readAs: 1 }])
      expect(refusalOf(() => read(series(wrong))).code).toBe("CANDLE_SERIES");
  });

  it("may be a market, one series or a list, with the same candles", () => {
    const [one, other] = [series(), series({ symbol: "BBB" })];
    const list = marketOfSeries([one, other], options);
    expect(marketOfSeries(list, options)).toEqual(list);
    expect(marketOfSeries(one, options).bySymbol.get("AAA")).toEqual(list.bySymbol.get("AAA"));
  });

  it("are numbers and nothing that only looks like one", () => {
    for (const value of ["11", null, 11n, [11], true]) {
      const close = [11, 11, 11, value, 11, 11, 11, 11];
      const error = refusalOf(() => read(series({ close })));
      expect([error.code, error.details.where]).toEqual(["CANDLE_PRICE", "candles[0].close[3], AAA"]);
    }
  });

  it("without a volume do for what needs none", () => {
    expect(read(series({ volume: [] }), { withVolume: false }).count).toBe(8);
  });
});

describe("the two doors for candles", () => {
  it("say the same of any rows: from a file or from memory", async () => {
    const value = fc.constantFrom(8, 9, 10, 11, 12, 10.000000000001, 0, -1, Number.NaN);
    const rowArbitrary = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      value,
      value,
      value,
      value,
      fc.constantFrom(5, 5, 0, -1),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (drawn, lenient) => {
          let timeMs = start;
          const rows = drawn.map(([bars, ...values]) => {
            timeMs += bars * step;
            return [timeMs, ...values];
          });
          const path = folder.write("AAA-15m.csv", [header, ...rows.map((row) => row.join(","))].join("\n"));
          const column = (k: number): number[] => rows.map((row) => row[k]!);
          const columns = {
            times: column(0),
            open: column(1),
            high: column(2),
            low: column(3),
            close: column(4),
            volume: column(5),
          };
          const rules = { ...options, lenient };
          const outcome = async (work: () => Promise<Candles> | Candles): Promise<unknown> => {
            try {
              return await work();
            } catch (error) {
              expect(error).toBeInstanceOf(InputError);
              return (error as InputError).code;
            }
          };
          expect(
            await outcome(() => marketOfSeries([{ symbol: "AAA", ...columns }], rules).bySymbol.get("AAA")!),
          ).toEqual(await outcome(() => readCandleFile(path, "AAA", rules)));
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });
});
