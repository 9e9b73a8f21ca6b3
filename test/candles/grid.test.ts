import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { describeReference } from "../support/referenceData.ts";
import { header, options, refusal, row, rows, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const read = (lines: readonly string[], lenient = false) =>
  readCandleFile(folder.write("X-15m.csv", lines.join("\n")), "X", { ...options, lenient });

describe("holes", () => {
  it("of any pattern are filled with the close before them, so that each candle keeps its time", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 }),
        async (bars) => {
          const present = bars.sort((a, b) => a - b);
          const candles = await read([header, ...present.map((bar) => row(bar, `10,999,9,${10 + bar},5`))]);
          const first = present[0]!;
          expect(candles.firstOpenTimeMs).toBe(start + first * step);
          expect(candles.count).toBe(present.at(-1)! - first + 1);
          for (let bar = 0; bar < candles.count; bar++) {
            const known = present.findLast((at) => at <= first + bar)!;
            const isFilled = known < first + bar;
            expect(candles.close[bar]).toBe(10 + known);
            expect([candles.open[bar], candles.high[bar], candles.low[bar], candles.volume[bar]]).toEqual(
              isFilled ? [10 + known, 10 + known, 10 + known, 0] : [10, 999, 9, 5],
            );
            expect(candles.gaps.some((gap) => bar >= gap.bar && bar < gap.bar + gap.bars)).toBe(isFilled);
          }
          expect(candles.defects.filled).toBe(candles.count - present.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("left by rows that lenient drops are filled too, and both are counted", async () => {
    const candles = await read([header, row(0), row(1, "0,12,9,11,5"), row(2)], true);
    expect([candles.count, candles.defects]).toEqual([3, { filled: 1, duplicates: 0, dropped: 1 }]);
  });

  it("of 10,000 candles between two are filled, one more is a wrong timestamp on the line behind it", async () => {
    expect((await read([header, row(0), row(10_001)])).defects.filled).toBe(10_000);
    const error = await refusal(read([header, row(0), row(10_002), row(10_003)]));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CANDLE_HOLES", "3"]);
    expect(error.details.found).toMatch(/^10001 missing and 3 present candles/);
  });

  it("are judged together: many smaller ones are refused too", async () => {
    expect((await refusal(read([header, row(0), row(6_000), row(12_000)]))).code).toBe("CANDLE_HOLES");
  });

  it("are filled, however large, where the file still holds most of its candles", async () => {
    const candles = await read([header, row(0), ...rows(10_002, 10_002)]);
    expect([candles.count, candles.defects.filled]).toEqual([20_004, 10_001]);
  });

  it("do not fill the memory where a timestamp lies in the far future", async () => {
    const future = Math.floor(9.9e13 / step) * step;
    const error = await refusal(read([header, ...rows(50), `${future},10,12,9,11,5`]));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CANDLE_HOLES", "52"]);
  });
});

describeReference("holes of a real file", (folder) => {
  it("are filled as freqtrade filled them", async () => {
    const lines = readFileSync(new URL("data/dirty/filled_candles.csv", folder), "utf8").trim().split("\n");
    const without = lines.filter((line) => !line.endsWith(",0.0"));
    expect(lines.length - without.length).toBe(4);
    const [filled, whole] = [await read(without), await read(lines)];
    expect(filled.gaps).toEqual([{ bar: 20, bars: 4 }]);
    for (const column of ["open", "high", "low", "close", "volume"] as const)
      expect(filled[column]).toEqual(whole[column]);
  });
});
