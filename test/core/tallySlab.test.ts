import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CoreMemory } from "../support/coreMemory.ts";

/** A slab of [block][last axis][position] cells; per cell and lane what its own trades gained and lost, in whole points. */
const slab = fc
  .record({
    blocks: fc.integer({ min: 1, max: 3 }),
    length: fc.integer({ min: 1, max: 4 }),
    positions: fc.integer({ min: 1, max: 5 }),
    lanes: fc.integer({ min: 1, max: 4 }),
    groups: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  })
  .chain((shape) => {
    const cells = shape.blocks * shape.length * shape.positions;
    const each = <T>(arbitrary: fc.Arbitrary<T>, count: number) =>
      fc.array(arbitrary, { minLength: count, maxLength: count });
    return fc.record({
      shape: fc.constant(shape),
      own: each(each(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -3, max: 0 })), 4), cells),
      // Powers of two: quotients and their sums are exact in any order.
      divisors: each(fc.constantFrom(1, 2, 4, Number.NaN), cells),
      places: fc.tuple(...shape.groups.map((count) => each(fc.integer({ min: 0, max: count - 1 }), cells))),
    });
  });

describe("the scores of a slab", () => {
  it("are tallied by place and lane, by cell, and squared by lane, as one by one", () => {
    fc.assert(
      fc.property(slab, ({ shape, own, divisors, places }) => {
        const { blocks, length, positions, lanes, groups } = shape;
        const memory = new CoreMemory();
        const cellOf = (block: number, c: number, position: number) => (block * length + c) * positions + position;
        const empty = (count: number, four: number) =>
          Array.from({ length: count }, () =>
            [0, 0, Number.NEGATIVE_INFINITY, 0].flatMap((n) => Array(four).fill(n)),
          ).flat();
        const tables = groups.map((count) => memory.placeFloats(empty(count, 4)));
        const cells = memory.placeFloats(empty(own.length, 1));
        const squares = memory.placeFloats([0, 0, 0, 0]);
        const placesAt = memory.place(Uint16Array.from(places.flat()));
        memory.core.tallySlab({
          sums: memory.placeFloats(own.flatMap((of) => [...of.map(([gain]) => gain), ...of.map(([, loss]) => loss)])),
          ...{ blocks, length, positions, lanes, cells, squares },
          divisors: memory.placeFloats(divisors),
          places: placesAt,
          placesBytes: own.length * 2,
          groups: memory.placeWords(tables),
          groupCount: groups.length,
        });

        const byGroup = groups.map((count) => empty(count, 4));
        const byCell = empty(own.length, 1);
        const squared = [0, 0, 0, 0];
        const add = (to: number[], first: number, stride: number, score: number, gains: boolean) => {
          to[first]! += 1;
          to[first + stride]! += score;
          to[first + 2 * stride] = Math.max(to[first + 2 * stride]!, score);
          to[first + 3 * stride]! += gains ? 1 : 0;
        };
        for (let block = 0; block < blocks; block++)
          for (let position = 0; position < positions; position++)
            for (let c = 0; c < length; c++)
              for (let lane = 0; lane < lanes; lane++) {
                const cell = cellOf(block, c, position);
                const stricter = Array.from(
                  { length: length - c },
                  (_, k) => own[cellOf(block, c + k, position)]![lane]!,
                );
                const gained = stricter.reduce((sum, [gain]) => sum + gain, 0);
                const lost = stricter.reduce((sum, [, loss]) => sum + loss, 0);
                if (Number.isNaN(divisors[cell]) || (gained === 0 && lost === 0)) continue;
                const score = (gained + lost) / divisors[cell]!;
                for (const [g, of] of places.entries())
                  add(byGroup[g]!, of[cell]! * 16 + lane, 4, score, gained + lost > 0);
                add(byCell, cell * 4, 1, score, gained + lost > 0);
                squared[lane]! += score * score;
              }
        for (const [g, expected] of byGroup.entries())
          expect(memory.readFloats(tables[g]!, expected.length)).toEqual(expected);
        expect(memory.readFloats(cells, byCell.length)).toEqual(byCell);
        expect(memory.readFloats(squares, 4)).toEqual(squared);
      }),
    );
  });
});
