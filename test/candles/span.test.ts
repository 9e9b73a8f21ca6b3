import { describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { readMarket, streamCandles } from "../../src/candles/read.ts";
import type { Span } from "../../src/candles/span.ts";
import { header, options, refusal, row, rows, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
/** 200 candles: two days and two hours. */
const read = async (span: Span, lines = rows(200)): Promise<Candles> => {
  folder.write("X-15m.csv", [header, ...lines].join("\n"));
  return (await readMarket(folder.path(), { ...options, ...span })).bySymbol.get("X")!;
};
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

  it("that begins in a hole begins with the candle after it, and one that holds a hole keeps it", async () => {
    const lines = [row(0), row(1), row(5), row(6)];
    const after = await read({ fromMs: start + 3 * step, toMs: start + 6 * step }, lines);
    expect([after.firstOpenTimeMs, after.count, after.slots, after.holes]).toEqual([start + 5 * step, 2, null, []]);
    const around = await read({ fromMs: start + step, toMs: start + 5 * step }, lines);
    expect([around.count, [...around.slots!]]).toEqual([2, [0, 4]]);
    expect(around.holes).toEqual([{ index: 1, bars: 3, missing: 3, fromMs: start + 2 * step }]);
  });

  it("of days is one for all symbols: it ends with the newest candle of any", async () => {
    folder.write("OLD-15m.csv", [header, ...rows(300)].join("\n"));
    folder.write("DEAD-15m.csv", [header, ...rows(100)].join("\n"));
    const { bySymbol, leftOut } = await readMarket(folder.path(), { ...options, days: 1 });
    expect([...bySymbol.values()].map(({ symbol, count }) => [symbol, count])).toEqual([["OLD", 96]]);
    expect(leftOut).toEqual(["DEAD"]);
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

  it("leaves out a symbol that was not traded yet, and names it", async () => {
    write();
    const early = { ...options, toMs: start + 50 * step };
    for (const more of [{}, { symbols: ["NEW", "OLD"] }]) {
      const { bySymbol, leftOut } = await readMarket(folder.path(), { ...early, ...more });
      expect([[...bySymbol.keys()], leftOut]).toEqual([["OLD"], ["NEW"]]);
    }
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
