import { describe, expect, it } from "vitest";
import { columnPlaces } from "../../src/candles/header.ts";
import { InputError } from "../../src/errors.ts";

function refused(header: string): InputError {
  try {
    columnPlaces(header.split(","), "x.csv");
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("the header was accepted");
}

describe("a header", () => {
  it("may have its columns anywhere, in any case, among others", () => {
    expect(columnPlaces([" Volume", "x", "CLOSE", "low", "high", "open", "Timestamp"], "x.csv").places).toEqual([
      6, 5, 4, 3, 2, 0,
    ]);
  });

  it.each([
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1", /pointer/, /git lfs pull/],
    ["JSON", "[[1,2,3", /JSON/, /CSV/],
    ["a binary file", "ARROW1\u0000\u0000", /binary/, /CSV/],
    ["data without a header", "1735689600000,10,12,9,11,5", /data, not a header/, /add a header line/],
    [
      "no volume",
      "timestamp,open,high,low,close",
      /columns are missing from the header/,
      /add the missing columns: volume/,
    ],
    ["one column twice", "timestamp,open,high,low,close,volume,Open", /duplicate column: open/, /rename the other/],
  ])("is refused with what it is and what to do: %s", (_, header, rule, remedy) => {
    const error = refused(header);
    expect([error.code, error.details.where]).toEqual(["CANDLE_HEADER", "x.csv:1"]);
    expect(error.message).toMatch(rule);
    expect(error.details.remedy).toMatch(remedy);
  });
});
