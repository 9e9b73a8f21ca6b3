import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTimeframe, parseTimeframe } from "../../src/candles/timeframe.ts";
import { timeDefect } from "../../src/candles/timestamps.ts";
import { start } from "./files.ts";

const expectedOf = (time: number): string | undefined => timeDefect(time)?.expected;

describe("a time in memory", () => {
  it("on a whole minute is one", () => {
    expect(timeDefect(start)).toBeNull();
  });

  it.each([
    ["seconds", 1_735_689_600, /seconds: multiply by 1000/],
    ["microseconds", 1_735_689_600_000_000, /microseconds: divide by 1000/],
    ["nanoseconds", 1_735_689_600_000_000_000, /nanoseconds: divide by 1000000/],
    ["no number", Number.NaN, /a whole number/],
    ["a fraction", 1_735_689_600_000.5, /a whole number/],
    ["off a whole minute", 1_735_689_600_001, /close time/],
  ])("is told from %s", (_, time, hint) => {
    expect(expectedOf(time)).toMatch(hint);
  });

  it("that cannot be placed is never dropped: it says that the series is another", () => {
    for (const time of [1_735_689_600, 1_735_689_600_001]) expect(timeDefect(time)?.isDroppable).toBe(false);
  });
});

describe("a timeframe", () => {
  it("means the same after it was written and read", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.constantFrom("m", "h", "d"), (count, unit) => {
        const ms = parseTimeframe(`${count}${unit}`);
        expect(parseTimeframe(formatTimeframe(ms))).toBe(ms);
      }),
    );
  });

  it("is written in the largest unit that divides it", () => {
    expect([parseTimeframe("60m"), parseTimeframe("24h")].map(formatTimeframe)).toEqual(["1h", "1d"]);
  });
});
