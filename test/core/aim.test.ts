import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { type Objective, objectiveNames } from "../../src/search/objectives.ts";
import { fewShapes, sweepCase } from "../support/sweepCases.ts";
import { SweepMemory } from "../support/sweepMemory.ts";

/** Keys that stand for more than a score, and some on either side of what sets have. */
const special = [
  Number.NEGATIVE_INFINITY,
  -40,
  -1,
  -1e-7,
  0,
  1e-200,
  1e-12,
  0.005,
  0.01,
  0.5,
  1,
  abi.GAIN_KEY - 0.5,
  abi.GAIN_KEY,
  abi.GAIN_KEY + 0.3,
  abi.CAPPED_KEY,
  abi.CAPPED_KEY + 2,
  abi.BEYOND_KEY + 1500,
  abi.REPLAY_KEY,
  2 * abi.REPLAY_KEY,
];

/** Cells of a slab that `aim` for this key lets `finishSlab` flag. */
function aimed(tile: SweepMemory, slab: number, key: number): Set<number> {
  const { memory, own, sweep } = tile;
  memory.core.aim(sweep, key);
  const flagged = memory.core.finishSlab(sweep, own, slab);
  return new Set(memory.readWords(tile.flagged, flagged).map((inSlab) => slab * tile.grid.slabCells + inSlab));
}

/** The kernels' own keys of every rankable cell of a slab, four a cell. */
function keysOf(tile: SweepMemory, slab: number, list: number, size: number): Map<number, number[]> {
  const { memory, own, sweep } = tile;
  memory.core.aim(sweep, Number.NEGATIVE_INFINITY);
  const flagged = memory.core.finishSlab(sweep, own, slab);
  const all = { sweep, own, slab, exit: 0, lanes: 4, count: flagged };
  memory.core.listFlagged({ ...all, from: 0, threshold: Number.NEGATIVE_INFINITY, list, size, capacity: 1000 });
  const keys = new Map<number, number[]>();
  for (const { key, cell } of tile.entries(list, memory.readWords(size, 1)[0]!))
    keys.set(cell, [...(keys.get(cell) ?? []), key]);
  return keys;
}

/** Whether a cell whose keys are all clearly below the wanted one has no excuse for being flagged. */
function isSpared(objective: Objective, tile: SweepMemory, cell: number, wanted: number): boolean {
  switch (objective) {
    case "evidence":
    case "total":
    case "calmar":
    case "expectancy":
      return true;
    case "capture":
      return wanted > 0;
    case "sqn":
      // One trade has no spread: only its square is looked at. Keys near 0 or that only say "replay me" are not aimed at.
      return wanted > 1e-100 && wanted < abi.REPLAY_KEY && tile.captured[cell]!.length > 1;
    case "sortino":
    case "profit_factor":
      return wanted > 1e-100 && wanted < abi.CAPPED_KEY;
    case "balanced":
      return wanted === abi.GAIN_KEY;
  }
}

/** What is made of the points of a case: other sizes, and trades that are nearly equal, of which the sums cannot tell how they vary. */
const changes: readonly ((points: number, k: number) => number)[] = [
  (points) => points,
  (points) => points * 0.7391,
  (points) => points * 1e-3,
  (points) => points * 40,
  (points) => 1 + 1e-4 * Math.abs(points % 1),
  (points) => -1 - 1e-4 * Math.abs(points % 1),
  // Losses of a thousandth now and then: ratios above the cap.
  (points) => (points < -1 ? -1e-3 : 1 + Math.abs(points)),
];

describe("aiming at a key", () => {
  for (const objective of objectiveNames)
    it(`never misses a set that reaches it, and flags none that is clearly behind, by ${objective}`, () => {
      let reached = 0;
      let spared = 0;
      for (const change of changes)
        for (const [k, axes] of fewShapes.entries()) {
          const plain = sweepCase(7 * k, axes, objective);
          const own = plain.own.map((trades) =>
            trades.map((trade) => ({ ...trade, points: trade.points.map(change) })),
          );
          const isLosing = own.flat().every(({ points }) => points.every((p) => p < 0));
          const tile = new SweepMemory({ ...plain, own });
          const list = tile.memory.room(1000 * abi.ENTRY_BYTES);
          const size = tile.memory.placeWords([0]);
          for (let slab = tile.grid.slabs - 1; slab >= 0; slab--) {
            tile.fillSlab(slab);
            const keys = keysOf(tile, slab, list, size);
            const all = [...keys.values()].flat();
            const stride = Math.ceil(all.length / 25);
            for (const wanted of [...special, ...all.filter((_, at) => at % stride === 0)]) {
              const flagged = aimed(tile, slab, wanted);
              // Nor does it do so when told the same again.
              expect([...aimed(tile, slab, wanted)]).toEqual([...flagged]);
              for (const [cell, own] of keys) {
                // A losing set that its sums cannot place is behind every gaining one, whatever its key says.
                if (wanted > 0 && isLosing && own.some((key) => key === abi.REPLAY_KEY)) continue;
                if (own.some((key) => key >= wanted)) {
                  reached++;
                  if (!flagged.has(cell)) expect([wanted, cell, own]).toBe("flagged");
                } else if (
                  own.every((key) => key < wanted - 1e-7 * Math.max(1, Math.abs(wanted))) &&
                  isSpared(objective, tile, cell, wanted)
                ) {
                  spared++;
                  if (flagged.has(cell)) expect([wanted, cell, own]).toBe("not flagged");
                }
              }
            }
          }
        }
      expect(reached).toBeGreaterThan(1000);
      expect(spared).toBeGreaterThan(50);
    });

  it("under balanced wants the points that are left once the best capture rate has given all it can", () => {
    const plain = sweepCase(3, fewShapes[1]!, "balanced");
    const tile = new SweepMemory({ ...plain, minTrades: 1 });
    // The loosest cell captures every objective opportunity: 15 points. 1000.35 wants 35 of them, 20 without capture.
    tile.memory.core.aim(tile.sweep, abi.GAIN_KEY + 0.35);
    const number = (field: number): number => tile.memory.view.getFloat64(tile.sweep + field, true);
    expect(tile.memory.view.getUint32(tile.sweep + abi.SWEEP_FILTER, true)).toBe(abi.FLAG_BALANCED);
    expect(Math.abs(number(abi.SWEEP_CONSTANT) - 20)).toBeLessThan(2e-6);
    expect(number(abi.SWEEP_CONSTANT)).toBeLessThan(20);
    expect(number(abi.SWEEP_FACTOR)).toBe(20);
    // Where half of them stand in no cell it can only give half of its points.
    const missed = plain.own.flat().filter((trade) => trade.objective).length;
    const half = new SweepMemory({ ...plain, minTrades: 1, missed });
    half.memory.core.aim(half.sweep, abi.GAIN_KEY + 0.35);
    expect(Math.abs(half.memory.view.getFloat64(half.sweep + abi.SWEEP_CONSTANT, true) - 27.5)).toBeLessThan(2e-6);
  });

  it("knows no objective that there is not", () => {
    const tile = new SweepMemory(sweepCase(3, fewShapes[1]!, "total"));
    tile.writeWord(abi.SWEEP_OBJECTIVE, 99);
    expect(() => tile.memory.core.aim(tile.sweep, 1)).toThrow("the core crashed in aim");
  });
});
