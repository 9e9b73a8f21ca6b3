import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { gridShapes, sweepCase } from "../support/sweepCases.ts";
import { SweepMemory } from "../support/sweepMemory.ts";

describe("finishSlab", () => {
  it("sums along every axis but the last, into the scratch where there is anything to sum, and keeps the own sums", () => {
    const kernels = new Set<number>();
    for (const [k, axes] of gridShapes.entries()) {
      const tile = new SweepMemory(sweepCase(k, axes, "total"));
      const { grid, memory, own, scratch, sweep, rowBytes } = tile;
      for (const { kernel } of grid.groups) kernels.add(kernel);
      for (let slab = grid.slabs - 1; slab >= 0; slab--) {
        tile.fillSlab(slab);
        const ownBefore = memory.readFloats(own, (grid.slabCells * rowBytes) / 8);
        const before = memory.copy();
        const flagged = memory.core.finishSlab(sweep, own, slab);
        const rankable = Array.from({ length: grid.slabCells }, (_, cell) => cell).filter((cell) =>
          tile.isRankable(slab * grid.slabCells + cell),
        );
        expect(memory.readWords(tile.flagged, flagged)).toEqual(rankable);
        expect(memory.readFloats(own, ownBefore.length)).toEqual(ownBefore);
        expect(memory.isTouchedOutside(before, scratch, tile.flagged + (grid.slabCells + 1) * 4 - scratch)).toBe(false);
        const from = grid.groups.length > 0 ? scratch : own;
        for (let inSlab = 0; inSlab < grid.slabCells; inSlab++) {
          // What the last axis adds is what the cell of its next stricter candidate holds.
          const cell = slab * grid.slabCells + inSlab;
          const isLast = Math.floor(inSlab / grid.positions) % grid.lastLength === grid.lastLength - 1;
          const total = (of: number, lane: number): number =>
            tile.captured[of]!.reduce((sum, { points }) => sum + points[lane]!, 0);
          const expected = [0, 1, 2, 3].map(
            (lane) => total(cell, lane) - (isLast ? 0 : total(cell + grid.positions, lane)),
          );
          expect(memory.readFloats(from + inSlab * rowBytes, 4)).toEqual(expected);
        }
      }
    }
    expect([...kernels].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("flags by the comparison that the sweep names", () => {
    for (const [filter, objective, constant, factor] of [
      [abi.FLAG_TOTALS, "expectancy", 0.5, 0.5],
      [abi.FLAG_RATIOS, "sqn", 0.25, 0.5],
      [abi.FLAG_FACTORS, "profit_factor", 1, 1.25],
      [abi.FLAG_BALANCED, "balanced", 12, 20],
    ] as const)
      for (const [k, axes] of gridShapes.entries()) {
        const tile = new SweepMemory(sweepCase(50 + k, axes, objective));
        const { grid, memory, own, sweep, rowBytes } = tile;
        tile.writeWord(abi.SWEEP_FILTER, filter);
        tile.write(abi.SWEEP_CONSTANT, constant);
        tile.write(abi.SWEEP_FACTOR, factor);
        for (let slab = grid.slabs - 1; slab >= 0; slab--) {
          tile.fillSlab(slab);
          const flagged = memory.core.finishSlab(sweep, own, slab);
          const cells = memory.readWords(tile.flagged, flagged);
          const sums = grid.groups.length > 0 ? tile.scratch : own;
          const weights = memory.view.getUint32(sweep + abi.SWEEP_WEIGHTS, true) + slab * grid.slabCells * 8;
          const names = { 1: "flagTotals", 2: "flagRatios", 3: "flagFactors", 4: "flagBalanced" } as const;
          const { blocks, lastLength: length, positions } = grid;
          const slabSums = { sums, rowBytes, blocks, length, positions };
          const count = memory.core[names[filter]]({ ...slabSums, weights, constant, factor, flagged: tile.flagged });
          expect(cells).toEqual(memory.readWords(tile.flagged, count));
        }
      }
  });
});
