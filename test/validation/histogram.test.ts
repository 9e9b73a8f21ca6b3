import { describe, expect, it } from "vitest";
import { histogramOf, thinned } from "../../src/validation/histogram.ts";

describe("a histogram", () => {
  it("counts every value once, the largest in the last of forty bins", () => {
    const { from, to, counts } = histogramOf([0, 1, 20, 39, 40])!;
    expect([from, to, counts.length]).toEqual([0, 40, 40]);
    expect([counts[0], counts[1], counts[20], counts[39]]).toEqual([1, 1, 1, 2]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it("does not depend on the order", () => {
    expect(histogramOf([3, 1, 2, 2])).toEqual(histogramOf([2, 2, 3, 1]));
  });

  it("has one bin where all values are equal, and none without values", () => {
    expect(histogramOf([2, 2, 2])).toEqual({ from: 2, to: 2, counts: [3] });
    expect(histogramOf([])).toBeNull();
  });
});

describe("values that are thinned", () => {
  it("are sorted, and all there as long as they are few", () => {
    expect(thinned([3, 1, 2])).toEqual([1, 2, 3]);
  });

  it("keep the smallest and the largest of many", () => {
    const kept = thinned(Array.from({ length: 1001 }, (_, k) => 1000 - k));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([120, 0, 1000]);
  });
});
