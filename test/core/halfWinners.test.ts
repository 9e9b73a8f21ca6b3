import { describe, expect, it } from "vitest";
import { CoreMemory } from "../support/coreMemory.ts";

/** Numbers at 0, where nothing must be read. */
function fillFirstPage(memory: CoreMemory): void {
  for (let k = 0; k < 64; k++) memory.floats[k] = (k * 7) % 5;
}

describe("the best sets of a half", () => {
  const winners = (ranked: readonly number[], second: readonly number[] | null): number[] => {
    const memory = new CoreMemory();
    fillFirstPage(memory);
    const pad = (values: readonly number[], filler: number): number[] =>
      values.length % 2 === 0 ? [...values] : [...values, filler];
    const at = memory.placeFloats(pad(ranked, Number.NEGATIVE_INFINITY));
    const secondAt = second ? memory.placeFloats(pad(second, 99)) : 0;
    const list = memory.room(4 * ranked.length);
    const before = memory.copy();
    const count = memory.core.winnersOf(at, secondAt, ranked.length, list);
    expect(memory.isTouchedOutside(before, list, 4 * ranked.length)).toBe(false);
    return memory.readWords(list, count);
  };
  const none = Number.NEGATIVE_INFINITY;

  it("are all that are equally good, in order", () => {
    expect(winners([1, 3, 2, 3, 3], null)).toEqual([1, 3, 4]);
    expect(winners([4, 4, 1], null)).toEqual([0, 1]);
    expect(winners([-2, -1], null)).toEqual([1]);
    expect(winners([1, 0, 2, 0, 3, 0, 4, 0, 5, 0], null)).toEqual([8]);
    expect(winners([0, 5, 5, 5, 5, 5], null)).toEqual([1, 2, 3, 4, 5]);
  });

  it("are none where no set can win", () => {
    expect(winners([none, none, none], null)).toEqual([]);
    expect(winners([none, none], [5, 5])).toEqual([]);
  });

  it("are told apart by the second figure where the first is equal, and only there", () => {
    expect(winners([3, 3, 3, 2, 3], [1, 4, 4, 9, 2])).toEqual([1, 2]);
    expect(winners([1, 2], [8, 3])).toEqual([1]);
    expect(winners([none, 2, 2], [8, -3, -1])).toEqual([2]);
    expect(winners([2, 5, 5, 5], [9, 3, 3, 2])).toEqual([1, 2]);
  });
});

describe("the rank of a set", () => {
  const rank = (first: readonly number[], second: readonly number[] | null, set: number): number => {
    const memory = new CoreMemory();
    fillFirstPage(memory);
    const isOdd = first.length % 2 === 1;
    const at = memory.placeFloats(isOdd ? [...first, Number.NaN] : first);
    const secondAt = second ? memory.placeFloats(isOdd ? [...second, 0] : second) : 0;
    return memory.core.rankOf(at, secondAt, first.length, set);
  };

  it("counts the worse ones, and half of the equal ones", () => {
    const first = [5, 1, 3, 3, 3, 9, 0];
    expect(first.map((_, set) => rank(first, null, set))).toEqual([6, 2, 4, 4, 4, 7, 1]);
    expect(rank([1, 1, 1, 1], null, 2)).toBe(2.5);
  });

  it("takes the second figure where the first is equal", () => {
    const first = [2, 1, 2, 2, 1, 3];
    const second = [7, 9, 8, 7, 3, 0];
    expect(first.map((_, set) => rank(first, second, set))).toEqual([3.5, 2, 5, 3.5, 1, 6]);
  });
});
