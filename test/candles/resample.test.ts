import { copyFileSync, rmSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, missingCandles, openTimeMs } from "../../src/candles/candles.ts";
import { candleCountsOf } from "../../src/candles/counts.ts";
import { readMarket } from "../../src/candles/read.ts";
import { describeReference } from "../support/referenceData.ts";
import { header, options, refusal, row, rows, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const hour = 3_600_000;
const csv = (...lines: readonly string[]): string => [header, ...lines].join("\n");
const marketOf = (timeframeMs: number, more = {}) => readMarket(folder.path(), { ...options, timeframeMs, ...more });
const read = async (timeframeMs: number, more = {}): Promise<Candles> =>
  (await marketOf(timeframeMs, more)).bySymbol.get("X")!;
const barsOf = (candles: Candles): number[][] =>
  Array.from({ length: candles.count }, (_, k) => [
    openTimeMs(candles, k),
    candles.open[k]!,
    candles.high[k]!,
    candles.low[k]!,
    candles.close[k]!,
    candles.volume[k]!,
  ]);

/** The rule word by word: whatever candle lies in a bar's hours, one bar after the other. */
function slowly(candles: Candles, timeframeMs: number): number[][] {
  const offset = candles.firstOpenTimeMs % candles.timeframeMs;
  const all = barsOf(candles);
  const breakTimes = candles.breaks.map(({ index }) => all[index]![0]!);
  const bars: number[][] = [];
  const end = all.at(-1)![0]! + candles.timeframeMs;
  for (
    let from = Math.floor((all[0]![0]! - offset) / timeframeMs) * timeframeMs + offset;
    from < end;
    from += timeframeMs
  ) {
    const within = all.filter(([time]) => time! >= from && time! < from + timeframeMs);
    const isBeforeData = from < all[0]![0]!;
    const isUnfinished = end < from + timeframeMs;
    const isBroken = breakTimes.some((time) => time > within[0]?.[0]! && time < from + timeframeMs);
    if (within.length === 0 || isBeforeData || isUnfinished || isBroken) continue;
    let volume = within[0]![5]!;
    for (const candle of within.slice(1)) volume += candle[5]!;
    const high = Math.max(...within.map((candle) => candle[2]!));
    const low = Math.min(...within.map((candle) => candle[3]!));
    bars.push([from, within[0]![1]!, high, low, within.at(-1)![4]!, volume]);
  }
  return bars;
}

describe("candles of a larger timeframe", () => {
  it("are made of the largest smaller one that divides it, and that is said", async () => {
    folder.write(
      "X-15m.csv",
      csv(row(0, "10,12,9,11,1"), row(1, "11,15,10,14,2"), row(2, "14,14,8,9,3"), row(3, "9,10,9,10,4")),
    );
    for (const timeframe of ["5m", "45m", "2h"]) folder.write(`X-${timeframe}.csv`, csv("not read"));
    const market = await marketOf(hour);
    expect(barsOf(market.bySymbol.get("X")!)).toEqual([[start, 10, 15, 8, 10, 10]]);
    expect(candleCountsOf(market).read_as).toEqual(["1h candles made of 15m candles"]);
  });

  it("are those of the files where there is one of the timeframe", async () => {
    folder.write("X-1h.csv", csv(row(0)));
    folder.write("Y-15m.csv", csv(...rows(8)));
    expect([...(await marketOf(hour)).bySymbol.keys()]).toEqual(["X"]);
  });

  it("are made of each symbol's own timeframe", async () => {
    folder.write("X-15m.csv", csv(...rows(8)));
    folder.write("Y-30m.csv", csv(row(0), row(2), row(4), row(6)));
    const { bySymbol } = await marketOf(hour);
    expect([...bySymbol.values()].map(({ symbol, count, readAs }) => [symbol, count, readAs])).toEqual([
      ["X", 2, "1h candles made of 15m candles"],
      ["Y", 2, "1h candles made of 30m candles"],
    ]);
  });

  it("have a hole only where no candle was observed, and say of others what was", async () => {
    folder.write("X-15m.csv", csv(row(0), row(1, "11,13,11,12,1"), row(9, "8,9,7,8,2"), row(14), row(15)));
    const candles = await read(hour);
    expect(barsOf(candles)).toEqual([
      [start, 10, 13, 9, 12, 6],
      [start + 2 * hour, 8, 9, 7, 8, 2],
      [start + 3 * hour, 10, 12, 9, 11, 10],
    ]);
    expect([missingCandles(candles), candles.holes[0]!.fromMs]).toEqual([1, start + hour]);
  });

  it("leave out a first bar without its first candle and a last one without its last", async () => {
    folder.write("X-15m.csv", csv(...rows(12, 3)));
    const candles = await read(hour);
    expect([candles.count, openTimeMs(candles, 0), candles.defects.unfinished]).toEqual([2, start + hour, 1]);
    expect(candles.readAs).toBe("1h candles made of 15m candles; the first, which the data begin within, left out");
    folder.write("X-15m.csv", csv(...rows(2, 1)));
    expect((await refusal(read(hour))).code).toBe("CANDLE_EMPTY");
  });

  it("leave out a bar that a change of unit falls into, and break there", async () => {
    const cheap = (k: number): string => row(k, "1,1.2,0.9,1.1,5");
    folder.write("X-15m.csv", csv(...rows(6), ...[6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map(cheap)));
    const candles = await read(hour);
    expect(barsOf(candles).map(([time]) => (time! - start) / hour)).toEqual([0, 2, 3]);
    expect(candles.breaks).toEqual([{ index: 1, ratio: 1 / 11 }]);
    expect(candles.readAs).toContain("1 across a change of unit left out");
  });

  it("stand on the hours of UTC though the session begins at half past, and off them where the candles do", async () => {
    const session = [0, 1, 2, 3].flatMap((day) => rows(26, 96 * day + 54));
    folder.write("X-15m.csv", csv(...session));
    const bars = barsOf(await read(hour)).map(([time]) => ((time! - start) / hour) % 24);
    expect(bars).toEqual([
      14,
      15,
      16,
      17,
      18,
      19,
      ...[13, 14, 15, 16, 17, 18, 19],
      ...[13, 14, 15, 16, 17, 18, 19],
      ...[13, 14, 15, 16, 17, 18, 19],
    ]);
    folder.write(
      "X-15m.csv",
      csv(...rows(8).map((line) => line.replace(/^\d+/, (time) => String(Number(time) + 300_000)))),
    );
    expect(barsOf(await read(hour)).map(([time]) => time! - start)).toEqual([300_000, hour + 300_000]);
  });

  it("are counted in days from the last whole one", async () => {
    folder.write("X-15m.csv", csv(...rows(4 * 48 + 2)));
    expect((await read(hour, { days: 1 })).count).toBe(24);
    const nowMs = start + 192 * step + 60_000;
    folder.write("X-15m.csv", csv(...rows(193)));
    expect((await read(hour, { days: 1, nowMs })).count).toBe(24);
  });

  it("are refused where a clock change moves the candles", async () => {
    const fours = Array.from({ length: 40 }, (_, k) => `${start + 4 * hour * k + (k > 20 ? hour : 0)},10,12,9,11,5`);
    folder.write("X-4h.csv", csv(...fours));
    expect((await refusal(read(24 * hour))).code).toBe("CANDLE_RESAMPLE");
  });

  it("are those of a plain walk over the candles, to the bit", async () => {
    const price = fc.double({ min: 0.9, max: 12, noNaN: true });
    const made = fc.record({
      shift: fc.constantFrom(0, 60_000, 300_000),
      first: fc.nat({ max: 9 }),
      bars: fc.array(fc.record({ gap: fc.constantFrom(0, 0, 0, 0, 1, 3, 9), price, wide: price, volume: price }), {
        minLength: 8,
        maxLength: 60,
      }),
      hours: fc.constantFrom(0.5, 1, 2, 4),
    });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(made, async ({ shift, first, bars, hours }) => {
        // Fewer candles that follow one another are those of a larger timeframe, and refused.
        fc.pre(bars.slice(1).filter(({ gap }) => gap === 0).length > bars.length / 10);
        let slot = first;
        const lines = bars.map(({ gap, price: open, wide, volume }) => {
          slot += 1 + gap;
          const values = [open, open + wide, open / (1 + wide), open + wide / 2, volume];
          return [start + shift + slot * step, ...values].join();
        });
        folder.write("X-15m.csv", csv(...lines));
        const lenient = { breakRatio: 3 };
        const expected = slowly(await read(step, lenient), hours * hour);
        if (expected.length === 0) {
          expect((await refusal(read(hours * hour, lenient))).code).toBe("CANDLE_EMPTY");
          return;
        }
        const candles = await read(hours * hour, lenient);
        expect(barsOf(candles)).toEqual(expected);
        compared += candles.count;
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});

describeReference("candles that the exchange publishes in two timeframes", (data) => {
  /** By how much two sums of the same volumes may differ, as a share. */
  const tolerance = 1e-9;
  /** Its 5-minute file lacks trades in these five quarters of an hour: volume and range are less there. */
  const differing = ["14T13:30", "14T15:00", "29T01:15", "29T01:30", "29T02:30"];

  it("are those that its 5-minute candles make of a quarter of an hour, number for number", async () => {
    copyFileSync(new URL("data/binance/BTCUSDT-5m-2025-01.csv", data), folder.path("X-5m-2025-01.csv"));
    const made = barsOf(await read(step));
    rmSync(folder.path("X-5m-2025-01.csv"));
    copyFileSync(new URL("data/dev/BTCUSDT-15m.csv", data), folder.path("X-15m.csv"));
    const published = barsOf(await read(step, { fromMs: made[0]![0]!, toMs: made.at(-1)![0]! }));
    expect([made.length, published.length]).toEqual([2976, 2976]);
    const isOther = ([time, ...values]: number[], k: number): boolean => {
      const other = published[k]!;
      expect(time).toBe(other[0]);
      const volumesDiffer = Math.abs(values[4]! - other[5]!) > tolerance * other[5]!;
      return volumesDiffer || values.slice(0, 4).join() !== other.slice(1, 5).join();
    };
    const others = made.filter(isOther).map(([time]) => new Date(time!).toISOString());
    expect(others).toEqual(differing.map((moment) => `2025-01-${moment}:00.000Z`));
  });
});
