import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { cellsOf } from "../../src/core/grid.ts";
import { randomFrom } from "../support/random.ts";
import { SweepMemory } from "../support/sweepMemory.ts";

const axes = [
  { length: 3, isOrdered: true },
  { length: 2, isOrdered: true },
  { length: 2, isOrdered: false },
];

describe("tallies of a tile", () => {
  for (const objective of ["evidence", "total", "balanced"] as const)
    it(`add every ranked set's score to its cell and its exit, by ${objective}`, () => {
      const random = randomFrom(3);
      const tile = new SweepMemory({
        axes,
        objective,
        // Of the strictest cell nothing came under two of its exits: there is no score to add.
        own: Array.from({ length: 12 }, (_, cell) =>
          Array.from({ length: cell === 11 ? 3 : Math.floor(random() * 4) }, () => ({
            points: [0, 1, 2, 3].map((lane) => (cell === 11 && lane < 2 ? 0 : Math.floor(random() * 17) - 7)),
            objective: random() < 0.5,
          })),
        ),
        minTrades: 2,
        capacity: 3,
        exits: 7,
      });
      const { grid, memory } = tile;
      const [exit, lanes] = [4, 3];
      const cells = memory.placeFloats(Array.from({ length: cellsOf(grid) }, () => [0, 0, -Infinity]).flat());
      const exits = memory.placeFloats(Array.from({ length: 7 }, () => [0, 0, -Infinity]).flat());
      const expected = { cells: new Map<number, number[]>(), exits: new Map<number, number[]>() };
      for (let slab = 0; slab < grid.slabs; slab++) {
        tile.fillSlab(slab);
        memory.core.aim(tile.sweep, Number.NEGATIVE_INFINITY);
        const flagged = memory.core.finishSlab(tile.sweep, tile.own, slab);
        const { sweep, own } = tile;
        memory.core.tallyFlagged({ sweep, own, slab, exit, lanes, count: flagged, cells, exits });
        for (const set of tile.setsOf(slab, exit, lanes)) {
          const score = objective === "balanced" && set.key >= abi.GAIN_KEY ? set.key - abi.GAIN_KEY : set.key;
          expected.cells.set(set.cell, [...(expected.cells.get(set.cell) ?? []), score]);
          expected.exits.set(set.exit, [...(expected.exits.get(set.exit) ?? []), score]);
        }
      }
      expect(expected.cells.size).toBeGreaterThan(3);
      for (const [at, count, scores] of [
        [cells, cellsOf(grid), expected.cells],
        [exits, 7, expected.exits],
      ] as const)
        for (let k = 0; k < count; k++) {
          const [sum, squares, best] = memory.floats.slice(at / 8 + k * 3, at / 8 + k * 3 + 3);
          const own = scores.get(k) ?? [];
          expect(sum).toBeCloseTo(
            own.reduce((a, b) => a + b, 0),
            8,
          );
          expect(squares).toBeCloseTo(
            own.reduce((a, b) => a + b * b, 0),
            // Keys leave out a few parts in 10^10.
            6,
          );
          if (own.length === 0) expect(best).toBe(-Infinity);
          else expect(best).toBeCloseTo(Math.max(...own), 8);
        }
    });

  it("count a gaining set that scores 0 by balanced as 0", () => {
    // Wins as large as losses, two of three: 2 points for the mean, 20 less for the rest.
    const own = [[0.25, 0.25, -0.25].map((p) => ({ points: [p, p, p, p], objective: false }))];
    const tile = new SweepMemory({
      axes: [],
      objective: "balanced",
      own,
      minTrades: 1,
      capacity: 3,
      exits: 4,
      missed: 1,
    });
    const { memory, sweep } = tile;
    expect(tile.setsOf(0, 0, 1)[0]!.key).toBe(abi.GAIN_KEY);
    const cells = memory.placeFloats([0, 0, Number.NEGATIVE_INFINITY]);
    const exits = memory.placeFloats([0, 1, 2, 3].flatMap(() => [0, 0, Number.NEGATIVE_INFINITY]));
    tile.fillSlab(0);
    memory.core.aim(sweep, Number.NEGATIVE_INFINITY);
    const count = memory.core.finishSlab(sweep, tile.own, 0);
    memory.core.tallyFlagged({ sweep, own: tile.own, slab: 0, exit: 0, lanes: 4, count, cells, exits });
    expect(memory.readFloats(cells, 3)).toEqual([0, 0, 0]);
    expect(memory.readFloats(exits, 3)).toEqual([0, 0, 0]);
  });
});
