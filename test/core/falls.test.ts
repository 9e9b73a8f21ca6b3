import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { SettleMemory, type SettleOptions } from "../support/settleMemory.ts";

const ordered = (length: number) => ({ length, isOrdered: true });
const some: SettleOptions = {
  axes: [ordered(3), ordered(2), { length: 3, isOrdered: false }, ordered(4), ordered(2)],
  objective: "balanced",
  entries: 90,
  ticks: 60,
  rowItems: 2,
  laneItems: 6,
  shift: 0.5,
  capacity: 8,
  top: 2,
  limit: 3,
  most: Number.POSITIVE_INFINITY,
  statistics: 3,
};

/** Points of the trades of a cell that end after one tick and up to another. */
function pointsWithin(held: SettleMemory, exit: number, cell: number, from: number, to: number): number {
  return held
    .capturedOf(cell)
    .map((entry) => held.entries[entry]!)
    .filter(({ tick, outcomes }) => tick + outcomes[exit]![1] > from && tick + outcomes[exit]![1] <= to)
    .reduce((sum, { outcomes }) => sum + outcomes[exit]![0], 0);
}

/** Sums a tile's falls slab by slab and shows each finished one. */
function eachSlab(held: SettleMemory, row: number, group: number, see: (slab: number, falls: number) => void): void {
  const { memory, grid, sweep } = held;
  const { view } = memory;
  const slots = view.getUint32(sweep + abi.SWEEP_SLOTS, true);
  const { isPartial } = held.options;
  const rowBytes = isPartial ? abi.PARTIAL_ROW_BYTES : abi.ROW_BYTES;
  const laneBytes = isPartial ? abi.PARTIAL_LANE_GROUP_BYTES : abi.LANE_GROUP_BYTES;
  const rows = view.getUint32(sweep + abi.SWEEP_ROWS, true) + row * slots * rowBytes;
  const lanes = view.getUint32(sweep + abi.SWEEP_LANES, true) + group * slots * laneBytes;
  const offsets = memory.room(4 * slots);
  const falls = view.getUint32(held.settle + abi.SETTLE_FALLS, true);
  memory.bytes.fill(0, falls, falls + grid.slabCells * abi.STATISTIC_BYTES);
  const cellOfSlot = new Map(held.slotOf.map((slot, entry) => [slot, held.cellOf(entry)]));
  for (let slab = grid.slabs - 1; slab >= 0; slab--) {
    const isInSlab = (slot: number): boolean => Math.floor((cellOfSlot.get(slot) ?? -1) / grid.slabCells) === slab;
    for (let slot = 0, first = 0; slot <= slots; slot++) {
      if (isInSlab(slot)) {
        const offset = (cellOfSlot.get(slot)! % grid.slabCells) * (held.options.statistics ?? 1) * abi.STATISTIC_BYTES;
        view.setUint32(offsets + (slot - first) * 4, offset, true);
        continue;
      }
      // As many slots at once as stand side by side.
      if (slot > first)
        memory.core.accumulateFalls(
          sweep,
          rows + first * rowBytes,
          lanes + first * laneBytes,
          offsets,
          first,
          slot - first,
        );
      first = slot + 1;
    }
    see(slab, memory.core.finishFalls(sweep));
  }
}

describe("falls over a span of time", () => {
  it("are found where the loosest set falls most", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const held = new SettleMemory(seed, { ...some, axes: [] });
      held.memory.core.chooseSpans(held.sweep, 6, 4);
      for (let lane = 0; lane < 4; lane++) {
        const from = held.read(abi.SETTLE_SPANS + lane * 8);
        const to = held.read(abi.SETTLE_SPANS + 32 + lane * 8);
        const fall = held.drawdownOf(6 + lane, 0);
        // Trades that end in one tick are told apart by their entry; the span takes the whole of a tick.
        expect(-pointsWithin(held, 6 + lane, 0, from, to)).toBeLessThanOrEqual(fall);
        if (held.entries.length > 0 && fall > 0) expect(to).toBeGreaterThan(from);
      }
    }
  });

  it("are the whole drawdown where no two trades end together", () => {
    let compared = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const axes = seed % 2 === 0 ? [] : [ordered(3)];
      const held = new SettleMemory(seed, { ...some, axes, entries: 7, ticks: 400 });
      held.memory.core.chooseSpans(held.sweep, 0, 4);
      for (let lane = 0; lane < 4; lane++) {
        const ends = held.entries.map(({ tick, outcomes }) => tick + outcomes[lane]![1]);
        if (new Set(ends).size < ends.length) continue;
        const [from, to] = [held.read(abi.SETTLE_SPANS + lane * 8), held.read(abi.SETTLE_SPANS + 32 + lane * 8)];
        expect(-pointsWithin(held, lane, 0, from, to)).toBe(held.drawdownOf(lane, 0) || -0);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  it("have no span in lanes that are no exit", () => {
    const held = new SettleMemory(3, some);
    held.memory.core.chooseSpans(held.sweep, 4, 2);
    for (const lane of [2, 3])
      expect([held.read(abi.SETTLE_SPANS + lane * 8), held.read(abi.SETTLE_SPANS + 32 + lane * 8)]).toEqual([0, 0]);
  });

  for (const [name, options] of Object.entries({
    "with groups, slabs and a last axis": some,
    "without groups": { ...some, axes: [ordered(3), ordered(2)] },
    "of one statistic a cell": { ...some, statistics: 1 },
    "with a shift of none": { ...some, shift: 0, statistics: 2 },
    "with partial exits": { ...some, isPartial: true, shift: 0 },
    "with bars of several ticks": { ...some, axes: [ordered(3)], barTicks: 3 },
  }))
    it(`are summed by cell as the definition does it, ${name}`, () => {
      for (let seed = 1; seed <= 2; seed++)
        for (const [row, group, lanes] of [
          [0, 0, 4],
          [1, 1, 2],
        ] as const) {
          const held = new SettleMemory(seed, options);
          const exit = row * options.laneItems + 4 * group;
          held.memory.core.chooseSpans(held.sweep, exit, lanes);
          const spans = Array.from({ length: lanes }, (_, lane) => [
            held.read(abi.SETTLE_SPANS + lane * 8),
            held.read(abi.SETTLE_SPANS + 32 + lane * 8),
          ]);
          eachSlab(held, row, group, (slab, falls) => {
            for (let inSlab = 0; inSlab < held.grid.slabCells; inSlab++)
              for (let lane = 0; lane < lanes; lane++) {
                const cell = slab * held.grid.slabCells + inSlab;
                const [from, to] = spans[lane]! as [number, number];
                const found = held.memory.core.fallAt(held.sweep, falls, inSlab, lane);
                expect(found).toBe(pointsWithin(held, exit + lane, cell, from, to));
                expect(-found).toBeLessThanOrEqual(held.drawdownOf(exit + lane, cell));
              }
          });
        }
    });
});
