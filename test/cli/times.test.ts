import { describe, expect, it } from "vitest";
import { duration, time } from "../../src/cli/times.ts";

describe("times", () => {
  it("reads a date as midnight UTC, whatever the machine's zone", () => {
    expect(time("2026-01-31")).toBe(Date.UTC(2026, 0, 31));
  });

  it("reads a time without a zone as UTC, and one with a zone as that", () => {
    expect(time("2026-01-31T14:15")).toBe(Date.UTC(2026, 0, 31, 14, 15));
    expect(time("2026-01-31T14:15:30.5Z")).toBe(Date.UTC(2026, 0, 31, 14, 15, 30, 500));
    expect(time("2026-01-31T14:15+02:00")).toBe(Date.UTC(2026, 0, 31, 12, 15));
  });

  it("reads epoch milliseconds, and refuses what looks like seconds", () => {
    expect(time("1769868900000")).toBe(1_769_868_900_000);
    expect(() => time("1769868900")).toThrow("looks like seconds");
  });

  it.each([
    "",
    "yesterday",
    "2026-02-29",
    "2026-02-31",
    "2026-13-01",
    "31.01.2026",
    "2026-1-3",
    "2026-01-31T25:00",
    "12",
  ])("refuses %j", (text) => {
    expect(() => time(text)).toThrow("a date such as 2026-01-31");
  });

  it("reads a candle's length", () => {
    expect([duration("15m"), duration("4h"), duration("1d")]).toEqual([900_000, 14_400_000, 86_400_000]);
    for (const text of ["15", "0m", "1.5h", "m", "15M", "-5m"]) expect(() => duration(text)).toThrow("such as 15m");
  });
});
