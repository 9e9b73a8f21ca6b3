import { describe, expect, it } from "vitest";
import { GrowingColumns } from "../../src/candles/columns.ts";

/** Columns of so many rows k, -k of which a reader said what part of them it had read. */
function grown(rows: number, shareOf: (row: number) => number) {
  const columns = new GrowingColumns([Float64Array, Int32Array]);
  for (let row = 0; row < rows; row++) columns.push([row + 0.5, -row], shareOf(row));
  return columns.take();
}

describe("columns that grow", () => {
  it.each([
    ["unknown", 10_000, () => 0],
    ["known", 10_000, (row: number) => row / 10_000],
    ["thought too large", 10_000, (row: number) => Math.min(1, (2 * row) / 10_000)],
    ["thought too small", 10_000, (row: number) => row / 1_000_000],
    ["of no matter", 3, () => 0],
    ["of nothing", 0, () => 0],
  ])("keep every row where their length is %s", (_, rows, shareOf) => {
    const [numbers, integers] = grown(rows, shareOf);
    expect(numbers).toEqual(Float64Array.from({ length: rows }, (_, row) => row + 0.5));
    expect(integers).toEqual(Int32Array.from({ length: rows }, (_, row) => -row));
  });

  it("are as long as their rows within a quarter, and hardly longer where the length was known", () => {
    const roomOf = (shareOf: (row: number) => number): number => grown(10_000, shareOf)[0].buffer.byteLength / 80_000;
    expect(roomOf((row) => row / 10_000)).toBeLessThan(1.05);
    for (const shareOf of [() => 0, (row: number) => row / 1_000_000]) expect(roomOf(shareOf)).toBeLessThan(1.26);
  });

  it("take the values of a row from where they are told to", () => {
    const columns = new GrowingColumns([Float64Array]);
    columns.push([7, 8], 0, 1);
    expect(columns.take()).toEqual([Float64Array.of(8)]);
  });
});
