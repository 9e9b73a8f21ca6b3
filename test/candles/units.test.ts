import { describe, expect, it } from "vitest";
import { crossesBreak, fitsPath, stretchesOf } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { header, options, refusal, row, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
/** Candles that stand still at a price from a bar on: [bar, price], the last bar alone. */
const read = (rows: readonly (readonly [bar: number, price: number])[], more = {}) =>
  readCandleFile(
    folder.write(
      "X-15m.csv",
      [header, ...rows.map(([bar, price]) => row(bar, `${price},${price},${price},${price},5`))].join("\n"),
    ),
    "X",
    { ...options, ...more },
  );

describe("a change of unit", () => {
  it("stands where an open is 8 times the close before, or an eighth of it, and nowhere below", async () => {
    expect(
      (
        await read([
          [0, 100],
          [1, 100],
          [2, 800],
        ])
      ).breaks,
    ).toEqual([{ index: 2, ratio: 8 }]);
    expect(
      (
        await read([
          [0, 100],
          [1, 100],
          [2, 12.5],
        ])
      ).breaks,
    ).toEqual([{ index: 2, ratio: 0.125 }]);
    expect(
      (
        await read([
          [0, 100],
          [1, 100],
          [2, 799],
        ])
      ).breaks,
    ).toEqual([]);
  });

  it("stands at another ratio where one is given", async () => {
    expect(
      (
        await read(
          [
            [0, 100],
            [1, 100],
            [2, 300],
          ],
          { breakRatio: 3 },
        )
      ).breaks,
    ).toHaveLength(1);
    expect(
      (
        await read(
          [
            [0, 100],
            [1, 100],
            [2, 900],
          ],
          { breakRatio: 10 },
        )
      ).breaks,
    ).toEqual([]);
  });

  it("stands at 3 to 1 across a hole of a day, and not across one of less", async () => {
    expect(
      (
        await read([
          [0, 100],
          [1, 100],
          [98, 300],
        ])
      ).breaks,
    ).toEqual([{ index: 2, ratio: 3 }]);
    expect(
      (
        await read([
          [0, 100],
          [1, 100],
          [97, 300],
        ])
      ).breaks,
    ).toEqual([]);
    expect(
      (
        await read([
          [0, 100],
          [1, 100],
          [98, 299],
        ])
      ).breaks,
    ).toEqual([]);
  });

  it("is crossed by no path: one ends with the stretch before, and the next begins after", async () => {
    const candles = await read([
      [0, 100],
      [1, 100],
      [2, 100],
      [3, 1],
      [4, 1],
    ]);
    expect([0, 1, 2, 3, 4].map((index) => fitsPath(candles, index, 1))).toEqual([true, true, false, true, false]);
    expect([0, 1, 2, 3, 4].map((index) => crossesBreak(candles, index, 1))).toEqual([false, false, true, false, false]);
    expect(
      stretchesOf(candles).map(({ first, candles: { count, firstOpenTimeMs } }) => [first, count, firstOpenTimeMs]),
    ).toEqual([
      [0, 3, start],
      [3, 2, start + 3 * step],
    ]);
  });
});

describe("rounding", () => {
  const values = async (text: string) => {
    const { high, low, defects } = await readCandleFile(
      folder.write("X-15m.csv", [header, row(0), row(1, text)].join("\n")),
      "X",
      options,
    );
    return [high[1], low[1], defects.repaired];
  };

  it("of a high or low that misses its candle by a billionth is repaired and counted", async () => {
    expect(await values("10,10.999999999,9,11,5")).toEqual([11, 9, 1]);
    expect(await values("10,12,10.000000001,11,5")).toEqual([12, 10, 1]);
    expect(await values("10,12,9,11,5")).toEqual([12, 9, 0]);
  });

  it("is not what misses it by more", async () => {
    expect((await refusal(values("10,10.9999999,9,11,5"))).code).toBe("CANDLE_RANGE");
  });
});

describe("the present", () => {
  const nowMs = start + 2.5 * step;

  it("leaves out the candle that is forming, and counts it", async () => {
    const candles = await read(
      [
        [0, 10],
        [1, 10],
        [2, 10],
      ],
      { nowMs },
    );
    expect([candles.count, candles.defects.unfinished]).toEqual([2, 1]);
    expect(
      (
        await read(
          [
            [0, 10],
            [1, 10],
            [2, 10],
          ],
          { nowMs: start + 3 * step },
        )
      ).count,
    ).toBe(3);
  });

  it("is before no candle: a clock or a zone is wrong", async () => {
    expect(
      (
        await refusal(
          read(
            [
              [0, 10],
              [1, 10],
              [3, 10],
            ],
            { nowMs },
          ),
        )
      ).code,
    ).toBe("CANDLE_FUTURE");
  });

  it("leaves nothing of a file that holds the forming candle alone", async () => {
    const error = await refusal(read([[2, 10]], { nowMs }));
    expect([error.code, error.details.found]).toEqual([
      "CANDLE_EMPTY",
      "a header and a candle that has not closed yet",
    ]);
  });
});

describe("a file named for another timeframe", () => {
  const spaced = (minutes: number, count: number): Promise<unknown> => {
    const lines = Array.from({ length: count }, (_, k) => `${start + k * minutes * 60_000},10,12,9,11,5`);
    return readCandleFile(folder.write("X-15m.csv", [header, ...lines].join("\n")), "X", options);
  };

  it.each([
    [60, "1h"],
    [5, "5m"],
    [1, "1m"],
    [45, "45m"],
    [7 * 1440, "7d"],
  ])(
    "whose candles are %i minutes apart is refused, and the timeframe that fits is named",
    async (minutes, timeframe) => {
      const error = await refusal(spaced(minutes, 50));
      expect([error.code, error.details.remedy]).toEqual([
        "CANDLE_SPACING",
        expect.stringContaining(`rename them to ${timeframe} if`),
      ]);
    },
  );

  it("is refused too where some hours of it are missing or two candles happen to be 15 minutes apart", async () => {
    const hours = [0, 1, 2, 3, 5, 6, 7, 12, 13, 14, 15, 16].map((hour) => hour * 4);
    expect((await refusal(read(hours.map((bar) => [bar, 10])))).code).toBe("CANDLE_SPACING");
    expect((await refusal(read([...hours, 65].map((bar) => [bar, 10])))).code).toBe("CANDLE_SPACING");
  });

  it("is refused from the line on where it goes over to another timeframe for good", async () => {
    const bars = [...Array.from({ length: 100 }, (_, k) => k), ...Array.from({ length: 25 }, (_, k) => 103 + 4 * k)];
    const error = await refusal(read(bars.map((bar) => [bar, 10])));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CANDLE_SPACING", "102"]);
    expect((await read(bars.slice(0, 119).map((bar) => [bar, 10]))).count).toBe(119);
  });

  it("but not one of its own timeframe with many holes, or of two candles", async () => {
    expect((await read([0, 1, 4, 7, 8, 11, 14, 15].map((bar) => [bar, 10]))).count).toBe(8);
    expect(
      (
        await read([
          [0, 10],
          [4, 10],
        ])
      ).count,
    ).toBe(2);
  });
});

describe("the grid of a file", () => {
  const at = (...minutes: number[]) => minutes.map((minute) => `${start + minute * 60_000},10,12,9,11,5`);
  const readAs = (timeframeMs: number, lines: readonly string[]) =>
    readCandleFile(folder.write("X.csv", [header, ...lines].join("\n")), "X", { timeframeMs, lenient: false });

  it("may lie off the round hour", async () => {
    const candles = await readAs(3_600_000, at(30, 90, 150, 30 + 24 * 60));
    expect([candles.firstOpenTimeMs, [...candles.slots!]]).toEqual([start + 30 * 60_000, [0, 1, 2, 24]]);
  });

  it("is one: a candle off it is refused with its line", async () => {
    const error = await refusal(readAs(3_600_000, at(0, 60, 120, 190, 240)));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CANDLE_GRID", "5"]);
  });

  it("may move by an hour where clocks do, on timeframes above an hour", async () => {
    const days = (...hours: number[]) => at(...hours.map((hour, k) => k * 1440 + hour * 60));
    const candles = await readAs(86_400_000, days(5, 5, 5, 4, 4, 5));
    expect([candles.slots, [...candles.times!].map((time) => (time - start) / 3_600_000)]).toEqual([
      null,
      [5, 29, 53, 76, 100, 125],
    ]);
    expect((await refusal(readAs(86_400_000, days(5, 5, 5, 3, 3, 5)))).code).toBe("CANDLE_GRID");
  });
});
