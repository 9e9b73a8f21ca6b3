import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangeGrid, candidateOf, cellsOf, type GridAxis } from "../../src/core/grid.ts";
import { chooseSamples } from "../../src/core/study.ts";

const axisArb = fc.record({ length: fc.integer({ min: 1, max: 7 }), isOrdered: fc.boolean() });

/** Each sample as its candidates and its exit, whatever the grid. */
function sampledOf(
  axes: readonly GridAxis[],
  exits: readonly [rowItems: number, laneItems: number],
  isRankedAt: (candidates: readonly number[]) => boolean,
  wanted: number,
  held: readonly number[] = [],
  whole?: { readonly cells: number; readonly before: number },
) {
  const grid = arrangeGrid(axes.slice(held.length));
  const candidatesOf = (cell: number): number[] => [
    ...held,
    ...grid.axes.map((_, axis) => candidateOf(grid, axis, cell)),
  ];
  const isRanked = Uint8Array.from({ length: cellsOf(grid) }, (_, cell) => (isRankedAt(candidatesOf(cell)) ? 1 : 0));
  const cells = isRanked.filter(Boolean).length;
  const sampling = { wanted, ...(whole ?? { cells, before: 0 }) };
  const chosen = chooseSamples({ rowItems: exits[0], laneItems: exits[1] }, grid, isRanked, sampling);
  return {
    cells,
    sets: Array.from(chosen.cells, (cell, k) => ({
      place: chosen.places[k]!,
      candidates: candidatesOf(cell),
      exit: chosen.exits[k]!,
    })),
  };
}

describe("the sample of ranked sets", () => {
  it("holds each set once, ranked ones alone, as many as are wanted or there are", () => {
    fc.assert(
      fc.property(
        fc.array(axisArb, { minLength: 1, maxLength: 4 }),
        fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 5 }),
        (axes, exits, wanted, every) => {
          const isRankedAt = (candidates: readonly number[]): boolean =>
            candidates.join("").length > 0 && candidates.reduce((sum, c) => 3 * sum + c, 0) % every === 0;
          const { sets, cells } = sampledOf(axes, exits, isRankedAt, wanted);
          expect(sets.length).toBe(Math.min(wanted, cells * exits[0] * exits[1]));
          expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(sets.length);
          expect(sets.every(({ candidates }) => isRankedAt(candidates))).toBe(true);
        },
      ),
    );
  });

  // Shapes whose lengths share divisors with the number wanted, and with each other.
  const axes = [8, 4, 4, 2, 5].map((length) => ({ length, isOrdered: true }));
  for (const [exits, wanted] of [
    [[25, 30], 1024],
    [[25, 50], 1024],
    [[32, 32], 1024],
    [[25, 25], 1000],
  ] as const)
    it(`meets every exit and every candidate as often as another: ${wanted} of ${exits.join(" x ")} exits`, () => {
      const { sets } = sampledOf(axes, exits, () => true, wanted);
      const exitCount = exits[0] * exits[1];
      const byExit = new Uint32Array(exitCount);
      for (const { exit } of sets) byExit[exit]!++;
      expect(Math.max(...byExit) - Math.min(...byExit)).toBeLessThanOrEqual(1);
      for (const [axis, { length }] of axes.entries()) {
        const shares = new Float64Array(length);
        for (const { candidates } of sets) shares[candidates[axis]!]! += length / sets.length;
        for (const share of shares) expect(Math.abs(share - 1)).toBeLessThan(0.2);
        // And not only alone: the candidates of an axis meet both halves of the exits.
        for (let c = 0; c < length; c++) {
          const own = sets.filter(({ candidates }) => candidates[axis] === c);
          const early = own.filter(({ exit }) => exit < exitCount / 2).length;
          expect(Math.abs(early / own.length - 0.5)).toBeLessThan(0.15);
        }
      }
    });

  it("is the same where leading filters are held and swept one after another", () => {
    const isRankedAt = (candidates: readonly number[]): boolean => (candidates[0]! + 2 * candidates[2]!) % 5 !== 1;
    const mixed = [
      { length: 3, isOrdered: true },
      { length: 2, isOrdered: false },
      { length: 5, isOrdered: true },
      { length: 4, isOrdered: true },
    ];
    for (const wanted of [7, 40, 64, 500, 5000]) {
      const whole = sampledOf(mixed, [3, 8], isRankedAt, wanted);
      const parts: ReturnType<typeof sampledOf>["sets"] = [];
      let before = 0;
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 2; b++) {
          const part = sampledOf(mixed, [3, 8], isRankedAt, wanted, [a, b], { cells: whole.cells, before });
          parts.push(...part.sets);
          before += part.cells;
        }
      expect(before).toBe(whole.cells);
      expect(parts.sort((a, b) => a.place - b.place)).toEqual(whole.sets);
    }
  });
});
