import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffConfig } from "../../src/config/diff.ts";
import { changeTable, changeTexts } from "../../src/report/changes.ts";
import { diffSummary } from "../../src/report/diffSummary.ts";
import { paintFor } from "../../src/report/paint.ts";

const texts = (old: Parameters<typeof changeTexts>[0], fresh: Parameters<typeof changeTexts>[0]): string =>
  changeTexts(old, fresh, 22).join(" -> ");

describe("old and new value of a change", () => {
  it("are spelled as a person would where that shows the difference", () => {
    expect(texts(2, 3.3000000000000003)).toBe("2 -> 3.3");
    expect(texts(null, true)).toBe("none -> true");
    expect(texts([1, 2], [2, 1])).toBe("[1, 2] -> [2, 1]");
  });

  it("get the digits that it takes to see the difference", () => {
    expect(texts(0.3, 0.3000000001)).toBe("0.3 -> 0.3000000001");
    expect(texts(0.3, 0.30000000000000004)).toBe("0.3 -> 0.30000000000000004");
    expect(texts([1, 0.3], [1, 0.30000000001])).toBe("[1, 0.3] -> [1, 0.30000000001]");
  });

  it("get quotes where a text looks like a value", () => {
    expect(texts("0.3", 0.3)).toBe('"0.3" -> 0.3');
    expect(texts("none", null)).toBe('"none" -> none');
    expect(texts(true, "true")).toBe('true -> "true"');
  });

  it("are cut where they part, not where they are the same", () => {
    const list = (last: number): number[] => [...Array.from({ length: 12 }, (_, k) => k), last, 20, 21, 22, 23, 24, 25];
    expect(texts(list(13), list(14))).toBe("…, 10, 11, 13, 20, 21… -> …, 10, 11, 14, 20, 21…");
  });

  it("differ and fit, whatever the two values", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.string({ maxLength: 40 }),
      fc.constant(null),
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }),
    );
    const near = fc.tuple(value, value).map(([a, b]): [typeof a, typeof b] => [a, b]);
    const close = fc
      .tuple(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 16 }))
      .map(([number, digits]): [number, number] => [number, number * (1 + 10 ** -digits)]);
    const similar = fc
      .tuple(fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }), fc.nat(29), fc.nat(9))
      .map(([list, at, other]): [number[], number[]] => [list, list.with(at % list.length, other)]);
    fc.assert(
      fc.property(fc.oneof(near, close, similar), ([old, fresh]) => {
        fc.pre(!Object.is(old, fresh) && JSON.stringify(old) !== JSON.stringify(fresh));
        const [a, b] = changeTexts(old, fresh, 22);
        expect(a).not.toBe(b);
        for (const text of [a, b]) expect([...text].length).toBeLessThanOrEqual(22);
      }),
      { numRuns: 2000 },
    );
  });

  it("are no line of a summary that says the same twice", () => {
    const plain = paintFor(false);
    const summary = (old: number, fresh: number): string =>
      diffSummary(diffConfig({ x_params: { a: old } }, { x_params: { a: fresh } }), plain);
    expect(summary(0.3, 0.30000000000000004)).toBe("no differences\n");
    expect(summary(0.3, 0.300000000003)).toMatch(/^1 difference\n {2}x_params\.a +0\.3 +-> +0\.300000000003\n$/);
  });

  it("leave room for the whole path of a parameter in a table of 72 columns", () => {
    const entries = [
      { path: "scalping_params.atr_stop_multiplier", old: 1, new: 10 },
      { path: "phase2_learning.latest", old: null, new: { timestamp: "2026-11-27T01:32:38Z", types: {} } },
      { path: "last_update", old: "2025-11-20 03:15:07", new: "2026-11-27 01:32:38" },
    ] as never;
    const table = changeTable({ entries }, paintFor(false), 10, 72);
    expect(table[0]).toContain("scalping_params.atr_stop_multiplier ");
    for (const line of table) expect(line.length).toBeLessThanOrEqual(72);
  });
});
