import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Best } from "../src/best.ts";

describe("the best of many", () => {
  it("are those that sorting gives, equal ones in the order offered, and the worst of them is known", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 0, max: 12 }), (sizes, capacity) => {
        const best = new Best<number>(capacity, (a, b) => sizes[b]! - sizes[a]! || a - b);
        for (const index of sizes.keys()) best.offer(index);
        const sorted = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b).slice(0, capacity);
        expect(best.sorted()).toEqual(sorted);
        expect(best.worst).toBe(sorted.at(-1));
        expect(best.isFull).toBe(sizes.length >= capacity);
      }),
    );
  });
});
