import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { objectiveNames } from "../../src/search/objectives.ts";
import { fewShapes, sweepCase } from "../support/sweepCases.ts";
import { type Entry, inOrder, SweepMemory } from "../support/sweepMemory.ts";

/** Every set of a slab as the kernels list them, a few at a time. */
function listed(tile: SweepMemory, slab: number, exit: number, lanes: number, threshold: number): Entry[] {
  const { memory, own, sweep } = tile;
  const capacity = 19;
  const list = memory.room(capacity * abi.ENTRY_BYTES);
  const size = memory.placeWords([99]);
  const flagged = memory.core.finishSlab(sweep, own, slab);
  const entries: Entry[] = [];
  for (let from = 0; from < flagged; ) {
    const before = memory.copy();
    const part = { sweep, own, slab, exit, lanes, count: flagged };
    const next = memory.core.listFlagged({ ...part, from, threshold, list, size, capacity });
    const found = memory.readWords(size, 1)[0]!;
    // It stops only where four more might not fit.
    if (next < flagged) expect(found + 4).toBeGreaterThan(capacity);
    expect(next).toBeGreaterThan(from);
    expect(memory.isTouchedOutside(before, list, capacity * abi.ENTRY_BYTES + 80)).toBe(false);
    entries.push(...tile.entries(list, found));
    from = next;
  }
  return entries;
}

const byPlace = (a: Entry, b: Entry): number => a.cell - b.cell || a.exit - b.exit;

function expectSame(found: readonly Entry[], expected: readonly Entry[]): void {
  const places = (entries: readonly Entry[]) => entries.map(({ rank, exit, cell }) => [rank, exit, cell]);
  expect(places(found)).toEqual(places(expected));
  for (const [k, { key }] of expected.entries())
    expect(Math.abs(found[k]!.key - key)).toBeLessThan(1e-8 * Math.max(1, Math.abs(key)));
}

describe("a finished slab", () => {
  for (const objective of objectiveNames)
    it(`lists every set under its ${objective}, by the metrics of its trades, with its rank`, () => {
      for (const [k, axes] of fewShapes.entries()) {
        const tile = new SweepMemory(sweepCase(k, axes, objective));
        for (let slab = tile.grid.slabs - 1; slab >= 0; slab--) {
          const [exit, lanes] = slab % 2 === 0 ? [4, 4] : [0, 3];
          tile.fillSlab(slab);
          const sets = tile.setsOf(slab, exit, lanes).sort(byPlace);
          expectSame(listed(tile, slab, exit, lanes, Number.NEGATIVE_INFINITY).sort(byPlace), sets);
          const middle = inOrder(sets)[Math.floor(sets.length / 2)];
          if (!middle) continue;
          const threshold = middle.key - 1e-8 * Math.max(1, Math.abs(middle.key));
          expectSame(
            listed(tile, slab, exit, lanes, threshold).sort(byPlace),
            sets.filter(({ key }) => key >= threshold),
          );
        }
      }
    });

  it("offers its best sets to the leaderboard: higher keys first, of equal ones the lower rank", () => {
    for (const capacity of [1, 2, 3, 10, 64])
      for (const [k, axes] of fewShapes.entries()) {
        const tile = new SweepMemory(sweepCase(100 + k, axes, "total", { capacity }));
        const { memory, sweep, own, heap, size } = tile;
        const sets: Entry[] = [];
        for (let slab = tile.grid.slabs - 1; slab >= 0; slab--)
          for (const [exit, lanes] of [
            [0, 4],
            [8, 1],
            [4, 4],
          ] as const) {
            tile.fillSlab(slab);
            const flagged = memory.core.finishSlab(sweep, own, slab);
            const before = memory.copy();
            memory.core.offerFlagged(sweep, own, slab, exit, lanes, flagged);
            expect(memory.isTouchedOutside(before, heap, size + 4 - heap)).toBe(false);
            sets.push(...tile.setsOf(slab, exit, lanes));
            const count = memory.readWords(size, 1)[0]!;
            const best = inOrder(sets).slice(0, tile.one.capacity);
            expect(count).toBe(best.length);
            const found = tile.entries(heap, count);
            // The worst stands at the root, where it is compared first.
            if (count > 0) expect(found[0]).toEqual(inOrder(found).at(-1));
            expectSame(inOrder(found), best);
          }
      }
  });

  it("offers no set whose trades all made nothing, even to an empty leaderboard", () => {
    for (const objective of ["sqn", "sortino", "profit_factor", "balanced"] as const) {
      const still = { points: [0, 0, 1, 0], objective: false };
      const tile = new SweepMemory({ ...sweepCase(1, [], objective), own: [[still, still]], minTrades: 1 });
      const { memory, sweep, own, size } = tile;
      tile.fillSlab(0);
      const flagged = memory.core.finishSlab(sweep, own, 0);
      memory.core.offerFlagged(sweep, own, 0, 0, 4, flagged);
      expect(tile.entries(tile.heap, memory.readWords(size, 1)[0]!).map(({ exit }) => exit)).toEqual([2]);
    }
  });

  it("keeps the best of hundreds that replace each other", () => {
    for (const capacity of [7, 30, 61]) {
      const plain = sweepCase(
        capacity,
        [5, 4, 3].map((length) => ({ length, isOrdered: true })),
        "total",
        { capacity },
      );
      // Totals all over the place, no two alike.
      const own = plain.own.map((trades) =>
        trades.map((trade) => ({ ...trade, points: trade.points.map((p, lane) => p * (1 + lane / 7)) })),
      );
      const tile = new SweepMemory({ ...plain, own });
      const { memory, sweep, heap, size } = tile;
      const sets: Entry[] = [];
      for (let slab = tile.grid.slabs - 1; slab >= 0; slab--) {
        tile.fillSlab(slab);
        for (const exit of [0, 4]) {
          const flagged = memory.core.finishSlab(sweep, tile.own, slab);
          memory.core.offerFlagged(sweep, tile.own, slab, exit, 4, flagged);
          sets.push(...tile.setsOf(slab, exit, 4));
          const found = inOrder(tile.entries(heap, memory.readWords(size, 1)[0]!));
          const rounded = (entries: readonly Entry[]) => entries.map(({ key }) => key.toPrecision(8));
          expect(rounded(found)).toEqual(rounded(inOrder(sets).slice(0, capacity)));
        }
      }
    }
  });
});
