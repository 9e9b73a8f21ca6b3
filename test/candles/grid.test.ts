import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barAt, missingCandles, openTimeMs } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { header, options, refusal, row, rows, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const read = (lines: readonly string[], lenient = false) =>
  readCandleFile(folder.write("X-15m.csv", lines.join("\n")), "X", { ...options, lenient });

describe("holes", () => {
  it("of any pattern leave each candle its time, and no candle that was not observed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 3, max: 300 }), { minLength: 1, maxLength: 60 }),
        async (bars) => {
          const present = [0, 1, 2, ...bars.sort((a, b) => a - b)];
          const candles = await read([header, ...present.map((bar) => row(bar, `10,999,9,${10 + bar},5`))]);
          expect(candles.count).toBe(present.length);
          for (const [index, bar] of present.entries()) {
            expect([openTimeMs(candles, index), candles.close[index]]).toEqual([start + bar * step, 10 + bar]);
            expect(barAt(candles, start + bar * step)).toBe(index);
          }
          for (let bar = 0; bar <= 301; bar++)
            if (!present.includes(bar)) expect(barAt(candles, start + bar * step)).toBe(-1);
          expect(missingCandles(candles)).toBe(present.at(-1)! + 1 - present.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("left by rows that lenient drops are holes too, and both are counted", async () => {
    const candles = await read([header, row(0), row(1, "0,12,9,11,5"), row(2)], true);
    expect([candles.count, missingCandles(candles), candles.defects.dropped]).toEqual([2, 1, 1]);
  });

  it("of 10,000 candles between two are holes, one more is a wrong timestamp on the line behind it", async () => {
    expect(missingCandles(await read([header, row(0), row(10_001)]))).toBe(10_000);
    const error = await refusal(read([header, row(0), row(10_002), row(10_003)]));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CANDLE_HOLES", "3"]);
    expect(error.details.found).toMatch(/^10001 missing and 3 present candles/);
  });

  it("are judged together: many smaller ones are refused too", async () => {
    const lines = [row(0), row(1), row(2), row(6_000), row(12_000)];
    expect((await refusal(read([header, ...lines]))).code).toBe("CANDLE_HOLES");
  });

  it("are read, however large, where the file still holds most of its candles", async () => {
    const candles = await read([header, row(0), ...rows(10_002, 10_002)]);
    expect([candles.count, missingCandles(candles)]).toEqual([10_003, 10_001]);
  });

  it("do not fill the memory where a timestamp lies far away", async () => {
    const past = Math.ceil(1e11 / step) * step;
    const error = await refusal(read([header, `${past},10,12,9,11,5`, ...rows(50)]));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CANDLE_HOLES", "3"]);
  });
});
