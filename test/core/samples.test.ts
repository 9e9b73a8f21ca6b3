import { describe, expect, it } from "vitest";
import { randomFrom } from "../support/random.ts";
import { SettleMemory } from "../support/settleMemory.ts";

const axes = [
  { length: 3, isOrdered: true },
  { length: 2, isOrdered: false },
  { length: 2, isOrdered: true },
];

describe("sums of a set block by block", () => {
  for (const [name, shift, isPartial] of [
    ["with stops in rows", 0, false],
    ["with stops in lanes", 0.0625, false],
    ["with partial exits", 0, true],
  ] as const)
    it(`are those of its own trades, held ${name} or alone`, () => {
      const tested = new SettleMemory(5, {
        axes,
        objective: "balanced",
        entries: 150,
        ticks: 40,
        rowItems: 2,
        laneItems: 6,
        shift,
        isPartial,
        capacity: 4,
        top: 2,
        limit: 20,
        most: Number.POSITIVE_INFINITY,
      });
      const { memory } = tested;
      const random = randomFrom(9);
      const blocks = tested.entries.map(() => Math.floor(random() * 16));
      const objective = tested.entries.map(() => random() < 0.4);
      const marks = memory.place(Uint8Array.from(blocks, (block, k) => block | (objective[k] ? 128 : 0)));
      const sums = memory.room(16 * 8 * 8);
      for (const isAlone of [false, true])
        for (let exit = 0; exit < tested.exits; exit++) {
          if (isAlone) tested.holdAlone(exit);
          for (let cell = 0; cell < tested.cells; cell++) {
            memory.floats.fill(0, sums / 8, sums / 8 + 128);
            // Entry by entry the same, however the words are parted.
            for (const [from, to] of [
              [0, cell % 3],
              [cell % 3, 3],
            ] as const)
              memory.core.blockSums(tested.sweep, exit, cell, marks, sums, from, to);
            const expected = new Float64Array(128);
            for (const k of tested.capturedOf(cell)) {
              const p = tested.entries[k]!.outcomes[exit]![0];
              const trade = [
                1,
                p,
                p * p,
                p > 0 ? 0 : p * p,
                p > 0 ? p : 0,
                p > 0 ? 0 : p,
                p > 0 ? 1 : 0,
                objective[k] ? 1 : 0,
              ];
              for (const [field, value] of trade.entries()) expected[blocks[k]! * 8 + field]! += value;
            }
            expect(memory.floats.slice(sums / 8, sums / 8 + 128)).toEqual(expected);
          }
        }
    });
});
