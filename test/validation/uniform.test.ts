import { describe, expect, it } from "vitest";
import type { NullMarketKind } from "../../bench/calibration/known.ts";
import { nullMarket } from "../../bench/calibration/nullMarkets.ts";
import { movedSets, type PValues, pValuesOn, uniformityOf } from "../../bench/calibration/pValues.ts";

const seeds = 10;

describe("p-values beside uniform ones", () => {
  it("are a distance of 0 away where each that there may be is there as often, and 0.5 where all are above a half", () => {
    const even = Array.from({ length: 20 }, (_, k) => (k + 1) / 20);
    const found = uniformityOf(even, 1 / 20);
    expect(found).toMatchObject({ count: 20, low: 1 / 20, high: 2 / 20 });
    expect(found.distance).toBeCloseTo(0, 12);
    expect(uniformityOf([0.55, 0.6, 0.95, 1], 1 / 20).distance).toBeCloseTo(0.5, 12);
  });
});

describe("markets without anything to find", () => {
  it("are the same for the same seed, and pay no signal more than another", async () => {
    const size = { symbols: 6, bars: 4500, seenBars: 4500 };
    const one = await nullMarket("regimes", 3, size, null);
    const same = await nullMarket("regimes", 3, size, null);
    expect(same.signals).toBe(one.signals);
    expect(one.candles).toHaveLength(6);
    expect(one.signals.split("\n").length).toBeGreaterThan(500);
  });

  for (const kind of ["walk", "regimes"] satisfies NullMarketKind[])
    it(`give p-values that ${seeds} markets cannot tell from uniform ones, ${kind}`, async () => {
      const found: PValues[] = [];
      for (let seed = 1; seed <= seeds; seed++) found.push(await pValuesOn(kind, seed));
      const lists = [
        ...movedSets.map((set) => [found.map(({ permutation }) => permutation[set]), 1 / 201] as const),
        [found.map(({ selection }) => selection), 1 / 20] as const,
        [found.map(({ selectionOfPhase2 }) => selectionOfPhase2), 1 / 20] as const,
      ];
      for (const [list, step] of lists) {
        const known = list.filter((p) => p !== null);
        const { distance, bound, low } = uniformityOf(known, step);
        expect(known.length).toBeGreaterThan(seeds / 2);
        expect(distance).toBeLessThan(bound);
        // Four of ten at or below 0.05 would come by luck once in a thousand times.
        expect(low * known.length).toBeLessThan(4);
      }
    });
});
