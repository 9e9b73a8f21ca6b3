import { describe, expect, it } from "vitest";
import { readMarket, streamCandles } from "../../src/candles/read.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import type { Span } from "../../src/candles/span.ts";
import { header, options, refusal, row, rows, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
/** 200 candles: two days and two hours. */
const read = (span: Span, lines = rows(200)) =>
  readCandleFile(folder.write("X-15m.csv", [header, ...lines].join("\n")), "X", { ...options, ...span });
const spanOf = async (span: Span): Promise<number[]> => {
  const { firstOpenTimeMs, count } = await read(span);
  return [(firstOpenTimeMs - start) / step, count];
};

describe("a span", () => {
  it("includes both its ends, and rounds inwards between candles", async () => {
    expect(await spanOf({ fromMs: start + 10 * step, toMs: start + 19 * step })).toEqual([10, 10]);
    expect(await spanOf({ fromMs: start + 10 * step + 1, toMs: start + 19 * step - 1 })).toEqual([11, 8]);
  });

  it("wider than the data is all of the data", async () => {
    expect(await spanOf({ fromMs: 0, toMs: start + 1e9 * step, days: 1000 })).toEqual([0, 200]);
  });

  it("of days ends with the last candle, or with the last one up to its end", async () => {
    expect(await spanOf({ days: 1 })).toEqual([104, 96]);
    expect(await spanOf({ days: 1, toMs: start + 149 * step })).toEqual([54, 96]);
    expect(await spanOf({ days: 1, fromMs: start + 150 * step })).toEqual([150, 50]);
  });

  it("that cuts a hole keeps the part of it that it holds", async () => {
    const candles = await read({ fromMs: start + 3 * step, toMs: start + 6 * step }, [row(0), row(1), row(5), row(6)]);
    expect([candles.gaps, candles.defects.filled, [...candles.volume]]).toEqual([
      [{ bar: 0, bars: 2 }],
      2,
      [0, 0, 5, 5],
    ]);
  });

  it.each<[string, Span]>([
    ["no days", { days: 0 }],
    ["days that are not a number", { days: Number.NaN }],
    ["an end before its beginning", { fromMs: 2, toMs: 1 }],
    ["a time that is not a number", { fromMs: Number.NaN }],
    ["none of the candles", { toMs: start - 1 }],
  ])("is refused with %s", async (_, span) => {
    expect((await refusal(read(span))).code).toBe("CANDLE_SPAN");
  });
});

describe("a span of a folder", () => {
  const write = (): void => {
    folder.write("OLD-15m.csv", [header, ...rows(10)].join("\n"));
    folder.write("NEW-15m.csv", [header, ...rows(10, 100)].join("\n"));
  };

  it("leaves out a symbol that was not traded yet, unless it was asked for by name", async () => {
    write();
    const early = { ...options, toMs: start + 50 * step };
    expect([...(await readMarket(folder.path(), early)).bySymbol.keys()]).toEqual(["OLD"]);
    const error = await refusal(readMarket(folder.path(), { ...early, symbols: ["NEW", "OLD"] }));
    expect([error.code, error.details.where]).toEqual(["CANDLE_SPAN", folder.path("NEW-15m.csv")]);
  });

  it("is refused where it meets no symbol", async () => {
    write();
    expect((await refusal(readMarket(folder.path(), { ...options, toMs: start - 1 }))).code).toBe("CANDLE_SPAN");
  });

  it("reads no further than the caller takes", async () => {
    write();
    folder.write("ZZZ-15m.csv", "not read");
    for await (const { symbol } of streamCandles(folder.path(), options)) {
      expect(symbol).toBe("NEW");
      break;
    }
  });
});
