import { describe, expect, it } from "vitest";
import type { Kernels } from "../../src/core/kernels.ts";
import { CoreMemory } from "../support/coreMemory.ts";
import { randomFrom } from "../support/random.ts";

type SuffixKernel = Extract<keyof Kernels, `suffix${string}`>;

/** Kernels by what they sum at once: an outer axis of any length and these inner ones. */
const kernels: readonly (readonly [name: SuffixKernel, inner: readonly number[]])[] = [
  ["suffixOne", []],
  ["suffixTwo", [2]],
  ["suffixThree", [3]],
  ["suffixFour", [4]],
  ["suffixTwoTwo", [2, 2]],
  ["suffixThreeTwo", [3, 2]],
];

/** Place on each axis of every position, the last axis fastest. */
function placesOf(lengths: readonly number[]): number[][] {
  return lengths.reduce<number[][]>(
    (places, length) => places.flatMap((outer) => Array.from({ length }, (_, place) => [...outer, place])),
    [[]],
  );
}

/** Sums along all axes by the definition: each cell is the sum of every cell at or beyond it on each axis. */
function suffixSums(own: readonly number[], lengths: readonly number[], columns: number): number[] {
  const places = placesOf(lengths);
  const isBeyond = places.map((a) => places.map((b) => b.every((place, axis) => place >= a[axis]!)));
  return own.map((_, at) => {
    const row = Math.floor(at / columns);
    const position = row % places.length;
    let sum = 0;
    for (let other = position; other < places.length; other++)
      if (isBeyond[position]![other]) sum += own[(row - position + other) * columns + (at % columns)]!;
    return sum;
  });
}

describe("a suffix kernel", () => {
  it("makes own cells 1, 2, 3 into 6, 5, 3", () => {
    const memory = new CoreMemory();
    const from = memory.placeFloats([1, 10, 2, 20, 3, 30]);
    memory.core.suffixOne(from, from, 1, 3, 16);
    expect(memory.readFloats(from, 6)).toEqual([6, 60, 5, 50, 3, 30]);
  });

  it("sums an axis of 2 within one of 2: the loosest of both holds all four", () => {
    const memory = new CoreMemory();
    const from = memory.placeFloats([1, 1, 2, 2, 4, 4, 8, 8]);
    memory.core.suffixTwo(from, from, 1, 2, 16);
    expect(memory.readFloats(from, 8)).toEqual([15, 15, 10, 10, 12, 12, 8, 8]);
  });

  for (const [name, inner] of kernels)
    it(`${name} adds up every cell at or beyond its own, in place and elsewhere, and touches nothing else`, () => {
      const random = randomFrom(17);
      for (const length of [1, 2, 3, 5])
        for (const blocks of [0, 1, 2])
          for (const columns of [2, 6, 8, 20]) {
            const memory = new CoreMemory();
            const lengths = [length, ...inner];
            const count = blocks * lengths.reduce((product, axis) => product * axis, 1) * columns;
            // Whole numbers, so that no order of adding makes a difference.
            const own = Array.from({ length: count }, () => Math.floor(random() * 200) - 100);
            const expected = suffixSums(own, lengths, columns);
            const from = memory.placeFloats(own);
            const to = memory.room(count * 8);
            const before = memory.copy();
            memory.core[name](from, to, blocks, length, columns * 8);
            expect(memory.readFloats(to, count)).toEqual(expected);
            expect(memory.isTouchedOutside(before, to, count * 8)).toBe(false);
            memory.core[name](from, from, blocks, length, columns * 8);
            expect(memory.readFloats(from, count)).toEqual(expected);
          }
    });
});
