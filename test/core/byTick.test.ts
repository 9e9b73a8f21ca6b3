import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byTick } from "../../src/core/byTick.ts";

/** The same by a plain stable sort. */
function plainly(ticks: Uint32Array): number[] {
  return [...ticks.keys()].sort((a, b) => ticks[a]! - ticks[b]!);
}

describe("the order of entries", () => {
  it("is by tick, then by entry: ticks 5, 3, 5, 3 give entries 1, 3, 0, 2", () => {
    expect([...byTick(Uint32Array.of(5, 3, 5, 3))]).toEqual([1, 3, 0, 2]);
    expect([...byTick(new Uint32Array(0))]).toEqual([]);
  });

  it("is a stable sort for any ticks, the largest ones included", () => {
    const tick = fc.oneof(
      fc.nat(20),
      fc.integer({ min: 0xfffffff0, max: 0xffffffff }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    );
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 300 }), (values) => {
        const ticks = Uint32Array.from(values);
        expect([...byTick(ticks)]).toEqual(plainly(ticks));
      }),
    );
  });

  it("holds for more entries than 2^24, and for ticks that with so many entries do not fit a whole number", () => {
    // Entries of one tick, 2^24 apart in number: packed with 24 bits for the entry, they would run into the next tick.
    const count = 2 ** 24 + 5;
    const ticks = new Uint32Array(count).fill(7);
    ticks[1] = 6;
    ticks[count - 1] = 6;
    const entries = byTick(ticks);
    expect([...entries.subarray(0, 4)]).toEqual([1, count - 1, 0, 2]);
    expect([...entries.subarray(count - 2)]).toEqual([count - 3, count - 2]);
    // 4,294,967,296 ticks times 2,200,000 entries is more than 2^53.
    const far = new Uint32Array(2_200_000).fill(2 ** 31);
    far[0] = 2 ** 32 - 1;
    far[2_199_999] = 0;
    const order = byTick(far);
    expect([order[0], order[1], order[2], order[2_199_999]]).toEqual([2_199_999, 1, 2, 0]);
    expect(order.every((entry, k) => k < 2 || k === 2_199_999 || entry === order[k - 1]! + 1)).toBe(true);
  });
});
