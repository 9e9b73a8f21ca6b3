import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTimeframe, parseTimeframe } from "../../src/candles/timeframe.ts";
import { timeDefect } from "../../src/candles/timestamps.ts";
import { start } from "./files.ts";

const expectedOf = (text: string): string | undefined => timeDefect(Number(text), () => text)?.expected;

describe("a timestamp", () => {
  it("on a whole minute is one", () => {
    expect(timeDefect(start, () => String(start))).toBeNull();
  });

  it.each([
    ["seconds", "1735689600", /seconds: multiply by 1000/],
    ["microseconds", "1735689600000000", /microseconds: divide by 1000/],
    ["nanoseconds", "1735689600000000000", /nanoseconds: divide by 1000000/],
    ["a date", "2025-01-01 00:00:00", /a date: convert it/],
    ["an ISO time", "2025-01-01T00:00:00Z", /a date: convert it/],
    ["nothing", "", /an integer/],
    ["a fraction", "1735689600000.5", /an integer/],
    ["off a whole minute", "1735689600001", /close time/],
  ])("is told from %s", (_, text, hint) => {
    expect(expectedOf(text)).toMatch(hint);
  });

  it("that cannot be placed is never dropped: it says that the file is another", () => {
    for (const text of ["1735689600", "1735689600001", "2025-01-01"])
      expect(timeDefect(Number(text), () => text)?.isDroppable).toBe(false);
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
