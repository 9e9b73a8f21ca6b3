import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteCells, type Cells, TextCells } from "../../src/candles/cells.ts";
import { describeKind, TimeColumn, type TimeKind, type TimeOptions } from "../../src/candles/times.ts";
import { InputError } from "../../src/errors.ts";

/** One cell as a CSV holds it. */
function cell(text: string): Cells {
  const cells = new ByteCells();
  const bytes = Buffer.from(text);
  cells.begin(bytes, 0);
  cells.end(bytes.length);
  return cells;
}

/** The times of a column of these cells, and what kind they were. */
function read(texts: readonly string[], options?: TimeOptions): [times: number[], kind: TimeKind | null] {
  const column = new TimeColumn("s.csv", "time", options);
  const times = texts.map((text, k) => column.read(cell(text), 0, k + 2));
  return [times, column.kind];
}

function refusal(texts: readonly string[]): InputError {
  try {
    read(texts);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error(`${texts} was read`);
}

/** 2025-01-02T03:15:00Z */
const moment = 1_735_787_700_000;

describe("a time", () => {
  it.each<[string, TimeKind]>([
    ["1735787700000", "ms"],
    ["1735787700000.0", "ms"],
    ["1.7357877e12", "ms"],
    ["1735787700", "s"],
    ["1735787700.0", "s"],
    ["1.7357877E+09", "s"],
    ["1735787700000000", "us"],
    ["1735787700000000.0", "us"],
    ["1735787700000000000", "ns"],
    ["1735787700000000000.0", "ns"],
    ["1.7357877e+18", "ns"],
    ["2025-01-02T03:15:00Z", "offset"],
    ["2025-01-02 03:15:00 UTC", "offset"],
    ["2025-01-02T03:15Z", "offset"],
    ["2025-01-02 03:15:00+00:00", "offset"],
    ["2025-01-01 23:15:00-0400", "offset"],
    ["2025-01-01T23:15:00.000000000-04", "offset"],
    ["2025-01-02 08:45:00+05:30", "offset"],
    ["20250102T031500Z", "offset"],
    ["2025-01-02 03:15:00", "naive"],
    ["2025-01-02T03:15", "naive"],
    ["2025-01-02 03:15:00.000000000", "naive"],
    ["2025/1/2 3:15", "naive"],
    ["2025.01.02 03:15", "naive"],
    ["20250102 031500", "naive"],
    ["2025-01-02 03:15 AM", "naive"],
  ])("is read from %s", (text, kind) => {
    expect(read([text])).toEqual([[moment], kind]);
    expect(read([` ${text}\t`])).toEqual([[moment], kind]);
    expect(new TimeColumn("s.json", "time").read(new TextCells([text]), 0, 1)).toBe(moment);
  });

  it("of a day is midnight UTC, and of a clock of twelve hours noon at 12-PM", () => {
    const midnight = Date.UTC(2025, 0, 2);
    for (const text of ["2025-01-02", "2025/01/02", "20250102"]) expect(read([text])).toEqual([[midnight], "date"]);
    const hours = ["12-AM", "03-AM", "12-PM", "11-PM"].map((hour) => `2025-01-02 ${hour}`);
    expect(read(hours)[0]).toEqual([0, 3, 12, 23].map((hour) => midnight + hour * 3_600_000));
  });

  it("before 1970 has a date alone", () => {
    expect(read(["1950-01-03"])[0]).toEqual([Date.UTC(1950, 0, 3)]);
  });

  it("is whole where less than a microsecond is over, as a double or a clock leaves it", () => {
    expect(read(["1605891600.123"])[0]).toEqual([1_605_891_600_123]);
    expect(read(["2025-01-02T03:14:59.999999999Z"])[0]).toEqual([moment]);
    expect(read(["1735787700000000500"])[0]).toEqual([moment]);
    for (const text of ["1735787700000.5", "1735787700000002", "2025-01-02T03:15:00.00025Z", "1735787700.0004"])
      expect(refusal([text]).message).toBe("a time must be a whole number of milliseconds");
  });

  it("in an expected span counts milliseconds, however small", () => {
    expect(read(["450000000", "900000000"], { span: { fromMs: 0, toMs: 1e9 } })).toEqual([
      [450_000_000, 900_000_000],
      "ms",
    ]);
  });

  it("has its kind in words", () => {
    expect(describeKind(read(["1735787700"])[1]!)).toBe("seconds");
    expect(describeKind(read(["2025-01-02 03:15"])[1]!)).toBe("dates without an offset, in UTC");
  });
});

describe("a time is refused", () => {
  it.each([
    ["", "a row has no time"],
    ["soon", "a time must be a number since 1970 or a date with the year first"],
    ["NaN", "a time must be a number since 1970 or a date with the year first"],
    ["0x18fd", "a time must be a number since 1970 or a date with the year first"],
    ["Jan 2, 2025", "a time must be a number since 1970 or a date with the year first"],
    ["0", "not a time between 1973 and 5138 in any unit"],
    ["-1735787700000", "not a time between 1973 and 5138 in any unit"],
    ["1e300", "not a time between 1973 and 5138 in any unit"],
    ["01/02/2025", "ambiguous date: day and month cannot be told apart"],
    ["2.1.2025 03:15", "ambiguous date: day and month cannot be told apart"],
    ["31-12-2024 03:15", "ambiguous date: day and month cannot be told apart"],
    ["03:15", "a time of day without a date"],
    ["2025-13-02", "there is no such date"],
    ["2025-02-30T00:00:00Z", "there is no such date"],
    ["0000-01-01", "there is no such date"],
    ["2025-01-02T24:00:00Z", "there is no such time"],
    ["2025-01-02T03:60:00Z", "there is no such time"],
    ["2025-01-02T03:15:00+15:00", "there is no such time"],
    ["2025-01-02 13:15 PM", "there is no such time"],
    ["2025-01-02 00-AM", "there is no such time"],
  ])("as %j", (text, rule) => {
    const { message, code, details } = refusal([text]);
    expect([message, code, details.where]).toEqual([rule, "CANDLE_TIME", "s.csv:2, time"]);
    expect(details.expected).toBeTruthy();
    expect(details.remedy).toBeTruthy();
  });

  it("that is of another kind than those above it, with both", () => {
    const { code, details } = refusal(["1735787700000", "1735787700"]);
    expect([code, details.where]).toEqual(["CANDLE_TIME", "s.csv:3, time"]);
    expect(details.found).toBe('"1735787700", which looks like seconds');
    expect(details.expected).toBe('milliseconds, as "1735787700000" in line 2');
    for (const pair of [
      ["1735787700", "1735787700000"],
      ["1735787700000000", "1735787700000"],
      ["2025-01-02T03:15:00Z", "2025-01-02T03:30:00"],
      ["2025-01-02", "2025-01-02T03:30:00Z"],
      ["2025-01-02 03:15", "1735787700000"],
      ["1735787700000", "20250102"],
    ])
      expect(refusal(pair).message).toBe("the times of a column must all be of one kind");
  });
});

describe("a column of times", () => {
  it("may have days among naive times, as pandas writes midnights, in either order", () => {
    const [day, later] = [Date.UTC(2025, 0, 2), moment];
    expect(read(["2025-01-02", "2025-01-02 03:15:00"])).toEqual([[day, later], "naive"]);
    expect(read(["2025-01-02 03:15:00", "2025-01-02"])).toEqual([[later, day], "naive"]);
  });

  it("may change its offset from row to row, as clocks do", () => {
    expect(read(["2025-03-09 01:30:00-05:00", "2025-03-09 03:00:00-04:00"])[0]).toEqual([
      Date.UTC(2025, 2, 9, 6, 30),
      Date.UTC(2025, 2, 9, 7),
    ]);
  });

  it("gives the same moments in every kind and every spelling", () => {
    const dates = fc.date({ min: new Date("1974-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(dates, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -840, max: 840 }),
        (all, zone) => {
          const times = all.map((date) => date.getTime());
          const pad = (value: number): string => String(value).padStart(2, "0");
          const offset = `${zone < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(zone) / 60))}:${pad(Math.abs(zone) % 60)}`;
          const iso = (ms: number): string => new Date(ms).toISOString();
          const spellings: [TimeKind, (ms: number) => string][] = [
            ["ms", String],
            ["s", (ms) => String(ms / 1000)],
            ["us", (ms) => `${ms}000`],
            ["ns", (ms) => `${ms}000000`],
            ["offset", iso],
            [
              "offset",
              (ms) =>
                iso(ms + zone * 60_000)
                  .replace("T", " ")
                  .replace("Z", `000000${offset}`),
            ],
            ["naive", (ms) => iso(ms).slice(0, -1)],
          ];
          for (const [kind, spelt] of spellings) expect(read(times.map(spelt))).toEqual([times, kind]);
        },
      ),
    );
  });
});
