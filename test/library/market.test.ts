import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTimeMs } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { marketOfSeries } from "../../src/candles/series.ts";
import { InputError, SluiceError } from "../../src/errors.ts";
import { candlesFrom, createMarket, type MarketBuilder, type OhlcvRow } from "../../src/index.ts";
import { header, start, step, temporaryFolder } from "../candles/files.ts";

const folder = temporaryFolder();
const now = start + 10_000 * step;
const row = (bar: number, close = 11): OhlcvRow => [start + bar * step, 10, 12, 9, close, 5];
const rows = (...bars: number[]): OhlcvRow[] => bars.map((bar) => row(bar));
const market = (changes = {}): MarketBuilder => createMarket({ timeframe: "15m", now, ...changes });
const barsOf = (of: MarketBuilder, symbol = "AAA"): number[] => {
  const candles = of.snapshot().bySymbol.get(symbol)!;
  return Array.from({ length: candles.count }, (_, k) => (openTimeMs(candles, k) - start) / step);
};
function refusalOf(work: () => unknown): SluiceError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(SluiceError);
    return error as SluiceError;
  }
  throw new Error("nothing was refused");
}
const codeAndPlace = (work: () => unknown): unknown[] => {
  const { code, details } = refusalOf(work);
  return [code, details.where];
};

describe("candlesFrom", () => {
  it("reads rows and columns as a file with the same candles is read", async () => {
    const given = rows(0, 1, 2, 5, 6, 7, 7, 8);
    const path = folder.write("AAA-15m.csv", [header, ...given.map((each) => each.join(","))].join("\n"));
    const read = await readCandleFile(path, "AAA", { timeframeMs: step, lenient: false, nowMs: now });
    const column = (k: number): number[] => given.map((each) => each[k]!);
    const columns = { open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
    expect(candlesFrom("AAA", "15m", given, { now })).toEqual(read);
    expect(candlesFrom("AAA", step, new Set(given), { now: () => now })).toEqual(read);
    expect(candlesFrom("AAA", "15m", { times: column(0), ...columns }, { now })).toEqual(read);
  });

  it("turns rows round that come newest first, and refuses those in no order", () => {
    const turned = candlesFrom("AAA", "15m", rows(3, 2, 1), { now });
    expect([turned.count, turned.firstOpenTimeMs, turned.readAs]).toEqual([
      3,
      start + step,
      "rows newest first, turned round",
    ]);
    expect(codeAndPlace(() => candlesFrom("AAA", "15m", rows(1, 3, 2), { now }))).toEqual([
      "CANDLE_ORDER",
      "rows[2], AAA",
    ]);
  });

  it("leaves the running candle out, counts it, and refuses candles to come", () => {
    const running = { now: start + 2.5 * step };
    expect(candlesFrom("AAA", "15m", rows(0, 1, 2), running)).toMatchObject({ count: 2, defects: { unfinished: 1 } });
    expect(codeAndPlace(() => candlesFrom("AAA", "15m", rows(0, 1, 4), running))).toEqual([
      "CANDLE_FUTURE",
      "rows[2], AAA",
    ]);
  });

  it("keeps its columns in shared memory", () => {
    const { close, slots } = candlesFrom("AAA", "15m", rows(0, 1, 4), { now });
    expect([close.buffer, slots!.buffer].every((buffer) => buffer instanceof SharedArrayBuffer)).toBe(true);
  });

  it.each<[string, unknown, string, string]>([
    ["a price of NaN", [start, 10, 12, Number.NaN, 11, 5], "CANDLE_PRICE", "rows[1][3], AAA"],
    ["a price of 0", [start + step, 10, 12, 9, 0, 5], "CANDLE_PRICE", "rows[1][4], AAA"],
    ["a price as a text", [start + step, "10", 12, 9, 11, 5], "CANDLE_PRICE", "rows[1][1], AAA"],
    ["high below low", [start + step, 10, 8, 9, 10, 5], "CANDLE_RANGE", "rows[1][2], AAA"],
    ["a close outside", [start + step, 10, 12, 9, 13, 5], "CANDLE_RANGE", "rows[1][4], AAA"],
    ["no volume", [start + step, 10, 12, 9, 11, undefined], "CANDLE_VOLUME", "rows[1][5], AAA"],
    ["a time in seconds", [start / 1000, 10, 12, 9, 11, 5], "CANDLE_TIME", "rows[1][0], AAA"],
    ["a time as a date", [new Date(start), 10, 12, 9, 11, 5], "CANDLE_TIME", "rows[1][0], AAA"],
    ["a time off the minute", [start + 1, 10, 12, 9, 11, 5], "CANDLE_GRID", "rows[1][0], AAA"],
    ["a time off the grid", [start + 16 * 60_000, 10, 12, 9, 11, 5], "CANDLE_GRID", "rows[1], AAA"],
    ["another candle of the same time", [start, 10, 12, 9, 10, 5], "CANDLE_CONTRADICTION", "rows[1][4], AAA"],
    ["a short row", [start + step, 10, 12, 9, 11], "CANDLE_COLUMNS", "rows[1], AAA"],
    ["Binance's twelve columns", [...row(1), 1, 2, 3, 4, 5, 6], "CANDLE_COLUMNS", "rows[1], AAA"],
    ["no row", null, "CANDLE_COLUMNS", "rows[1], AAA"],
  ])("refuses %s", (_, bad, code, where) => {
    const error = refusalOf(() => candlesFrom("AAA", "15m", [row(0), bad as OhlcvRow], { now }));
    expect([error.code, error.details.where]).toEqual([code, where]);
    expect(error).toBeInstanceOf(InputError);
  });

  it("drops impossible rows and counts them if it is lenient", () => {
    const bad: OhlcvRow = [start + step, 10, 12, -9, 11, 5];
    expect(candlesFrom("AAA", "15m", [row(0), bad, row(2)], { now, lenient: true })).toMatchObject({
      count: 2,
      defects: { dropped: 1 },
    });
  });

  it("names the place in columns", () => {
    const bad = { times: [start], open: [10], high: [12], low: [Number.NaN], close: [11], volume: [5] };
    expect(codeAndPlace(() => candlesFrom("AAA", "15m", bad, { now }))).toEqual(["CANDLE_PRICE", "rows.low[0], AAA"]);
    expect(codeAndPlace(() => candlesFrom("AAA", "15m", { ...bad, low: [] }, { now }))).toEqual([
      "CANDLE_SERIES",
      "rows.low, AAA",
    ]);
  });
});

describe("a market that is pushed to", () => {
  it("takes rows in any order, as arguments or as a list, and counts what it did", () => {
    const of = market();
    const nothing = { added: 0, replaced: 0, duplicates: 0, unfinished: 0, dropped: 0, outside: 0 };
    expect(of.push("AAA", ...rows(5, 3, 4))).toEqual({ ...nothing, added: 3 });
    expect(of.push("AAA", rows(2, 1, 3))).toEqual({ ...nothing, added: 2, duplicates: 1 });
    expect(of.push("AAA", row(3, 10), row(6), row(6))).toEqual({ ...nothing, added: 1, replaced: 1, duplicates: 1 });
    expect(of.push("AAA")).toEqual(nothing);
    expect(of.push("AAA", [])).toEqual(nothing);
    expect(barsOf(of)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...of.snapshot().bySymbol.get("AAA")!.close]).toEqual([11, 11, 10, 11, 11, 11]);
  });

  it("leaves the running candle out until it has closed", () => {
    let present = start + 2.5 * step;
    const of = market({ now: () => present });
    expect(of.push("AAA", ...rows(0, 1, 2))).toMatchObject({ added: 2, unfinished: 1 });
    present += step;
    expect(of.push("AAA", row(2, 10))).toMatchObject({ added: 1, replaced: 0 });
    expect(codeAndPlace(() => of.push("AAA", row(4)))).toEqual(["CANDLE_FUTURE", "rows[0], AAA"]);
  });

  it("finds holes, which late candles fill, and changes of unit", () => {
    const of = market();
    of.push("AAA", ...rows(0, 1, 4), [start + 5 * step, 100, 120, 90, 110, 5]);
    expect(of.snapshot().bySymbol.get("AAA")).toMatchObject({
      holes: [{ index: 2, bars: 2 }],
      breaks: [{ index: 3, ratio: 100 / 11 }],
    });
    of.push("AAA", ...rows(3, 2));
    expect(of.snapshot().bySymbol.get("AAA")).toMatchObject({ slots: null, holes: [], breaks: [{ index: 5 }] });
    of.push("AAA", row(5));
    expect(of.snapshot().bySymbol.get("AAA")!.breaks).toEqual([]);
  });

  it("takes all rows of a push or none", () => {
    const of = market();
    of.push("AAA", row(0));
    for (const bad of [
      [start + 2 * step, 10, 8, 9, 10, 5],
      [start + 60_000, 10, 12, 9, 11, 5],
      [1, 10, 12, 9, 11, 5],
    ] as unknown as OhlcvRow[])
      refusalOf(() => of.push("AAA", row(1), bad));
    expect(barsOf(of)).toEqual([0]);
    expect(codeAndPlace(() => of.push("AAA", row(2), [start + 90_000_000 + 60_000, 10, 12, 9, 11, 5]))).toEqual([
      "CANDLE_GRID",
      "rows[1][0], AAA",
    ]);
  });

  it("refuses candles of another timeframe once it is clear that they are", () => {
    const hours = Array.from({ length: 30 }, (_, k) => row(4 * k));
    expect(refusalOf(() => market().push("AAA", hours)).code).toBe("CANDLE_SPACING");
    const of = market();
    const refused = hours.findIndex((each) => {
      try {
        of.push("AAA", each);
        return false;
      } catch (error) {
        expect((error as SluiceError).code).toBe("CANDLE_SPACING");
        return true;
      }
    });
    expect(refused).toBe(20);
  });

  it("lends snapshots that stay what they are, whatever is pushed", () => {
    const of = market({ keepDays: 1 });
    const texts: string[] = [];
    const lent: ReturnType<MarketBuilder["snapshot"]>[] = [];
    const text = (of: (typeof lent)[number]): string => JSON.stringify([...of.bySymbol]);
    for (let bar = 0; bar < 3_000; bar += 7) {
      of.push("AAA", ...Array.from({ length: 7 }, (_, k) => row(bar + k)).filter((_, k) => (bar + k) % 5 > 0));
      if (bar % 70 === 0) {
        lent.push(of.snapshot());
        texts.push(text(lent.at(-1)!));
        of.push("AAA", row(bar + 1, 10));
        of.push("AAA", row(bar, 10));
      }
    }
    expect(lent.map(text)).toEqual(texts);
    expect(lent.every(({ bySymbol }) => bySymbol.get("AAA")!.close.buffer instanceof SharedArrayBuffer)).toBe(true);
  });

  it("does not copy columns that have not changed", () => {
    const of = market();
    of.push("AAA", ...rows(0, 1, 2));
    const first = of.snapshot().bySymbol.get("AAA")!;
    of.push("AAA", row(3));
    expect(of.snapshot().bySymbol.get("AAA")!.close.buffer).toBe(first.close.buffer);
  });

  it("has, after any pushes, the candles that a list of all of them has", () => {
    const bar = fc.integer({ min: 0, max: 40 });
    const pushes = fc.array(fc.array(fc.tuple(bar, fc.constantFrom(10, 10.5, 11)), { maxLength: 8 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(pushes, (all) => {
        const of = market();
        const last = new Map<number, OhlcvRow>();
        const sums = { added: 0, given: 0, counted: 0 };
        for (const push of all) {
          const given = push.map(([at, close]) => row(at, close));
          // Of one push, of equal times, the last counts.
          for (const each of given) last.set(each[0]!, each);
          const { added, replaced, duplicates } = of.push("AAA", given);
          sums.added += added;
          sums.counted += added + replaced + duplicates;
          sums.given += given.length;
          if (last.size > 0) of.snapshot();
        }
        expect([sums.added, sums.counted]).toEqual([last.size, sums.given]);
        if (last.size === 0) return;
        const sorted = [...last.values()].sort((a, b) => a[0]! - b[0]!);
        const column = (k: number): number[] => sorted.map((each) => each[k]!);
        const series = {
          symbol: "AAA",
          open: column(1),
          high: column(2),
          low: column(3),
          close: column(4),
          volume: column(5),
        };
        const shown = of.snapshot().bySymbol.get("AAA")!;
        expect([...shown.close]).toEqual(series.close);
        expect(Array.from({ length: shown.count }, (_, k) => openTimeMs(shown, k))).toEqual(column(0));
        // Few candles with large holes may look like those of another timeframe: that is for a call to say.
        try {
          const options = { timeframeMs: step, lenient: false, nowMs: now };
          expect(shown).toEqual(marketOfSeries([{ ...series, times: column(0) }], options).bySymbol.get("AAA"));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.code).toBe("CANDLE_SPACING");
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("keeps candles above one hour that a clock change moves", () => {
    const day = 86_400_000;
    const of = createMarket({ timeframe: "1d", now });
    const at = (days: number, hours = 0): OhlcvRow => [start + days * day + hours * 3_600_000, 10, 12, 9, 11, 5];
    of.push("AAA", at(0), at(1), at(2, 1), at(4, 1));
    of.push("AAA", at(3, 1));
    const shown = of.snapshot();
    expect(marketOfSeries(shown, { timeframeMs: day, lenient: false, nowMs: now }).bySymbol.get("AAA")).toEqual(
      shown.bySymbol.get("AAA"),
    );
    expect(refusalOf(() => of.push("AAA", at(5, -1))).code).toBe("CANDLE_GRID");
  });

  it("is refused where it is none, and says what is missing", () => {
    expect(refusalOf(() => market().snapshot()).code).toBe("MARKET_EMPTY");
    expect(market().features("AAA")).toBeNull();
    expect(market().opportunities()).toEqual([]);
    for (const options of [
      undefined,
      null,
      {},
      { timeframe: "1w" },
      { timeframe: 5 },
      { timeframe: "15m", keepDays: 0 },
      { timeframe: "1h", keepDays: 1 / 24.1 },
      { timeframe: "15m", days: 1 },
    ])
      expect(["REQUEST_OPTION", "TIMEFRAME"]).toContain(refusalOf(() => createMarket(options as never)).code);
    for (const symbol of [undefined, "", "a\nb", 5, Symbol("x")])
      expect(refusalOf(() => market().push(symbol as never, row(0))).code).toBe("CANDLE_SERIES");
    expect(refusalOf(() => market({ now: () => "x" }).push("AAA", row(0))).code).toBe("REQUEST_OPTION");
    // A window of one candle is one.
    const shortest = createMarket({ timeframe: "1h", keepDays: 3_600_000 / 86_400_000, now });
    shortest.push("AAA", row(0), row(4));
    expect(barsOf(shortest)).toEqual([4]);
    const yearly = createMarket({ timeframe: "1d", now });
    yearly.push("AAA", row(0));
    expect(refusalOf(() => yearly.features("AAA")).code).toBe("SCAN_TIMEFRAME");
  });
});
