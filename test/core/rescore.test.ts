import { describe, expect, it } from "vitest";
import { Rescorer } from "../../src/core/rescore.ts";
import { CoreMemory } from "../support/coreMemory.ts";
import { randomFrom } from "../support/random.ts";

/** The rule: clamp(trunc(50 + sum weight * activation - penalty), 0, 100). */
function plainScore(activations: readonly number[], weights: readonly number[], penalty: number): number {
  let points = 50;
  for (const [c, activation] of activations.entries())
    if (!Number.isNaN(activation)) points += weights[c]! * activation;
  return Math.min(100, Math.max(0, Math.trunc(points - penalty)));
}

describe("rescore", () => {
  it("gives 50 + 20 * 0.5 - 4.5 = 55, cut off", () => {
    const scores = new Rescorer({ columns: [Float64Array.of(0.5)], penalty: Float64Array.of(4.5) }).scores([20]);
    expect([...scores]).toEqual([55]);
  });

  it("counts an empty activation as 0, and stays within 0 and 100", () => {
    const columns = [Float64Array.of(Number.NaN, 1, 1, 1)];
    const penalty = Float64Array.of(0, 0, 300, 0.5);
    expect([...new Rescorer({ columns, penalty }).scores([200])]).toEqual([50, 100, 0, 100]);
    expect([...new Rescorer({ columns, penalty }).scores([-49.75])]).toEqual([50, 0, 0, 0]);
  });

  it("equals the rule on random rows, however far apart the components stand, and touches nothing else", () => {
    const random = randomFrom(3);
    for (const [count, components] of [
      [0, 2],
      [1, 1],
      [7, 3],
      [50, 4],
    ] as const) {
      const memory = new CoreMemory();
      const stride = count * 8 + 24;
      const rows = Array.from({ length: count }, () => ({
        activations: Array.from({ length: components }, () => (random() < 0.1 ? Number.NaN : random())),
        penalty: Math.floor(random() * 20),
      }));
      const weights = Array.from({ length: components }, () => 80 * random() - 40);
      // One component and one weight more than there are: nobody may look at them.
      const activations = memory.room((components + 1) * stride);
      for (let k = 0; k < count; k++) memory.view.setFloat64(activations + components * stride + k * 8, 1, true);
      for (const [k, row] of rows.entries())
        for (const [c, value] of row.activations.entries())
          memory.view.setFloat64(activations + c * stride + k * 8, value, true);
      const weightsAt = memory.placeFloats([...weights, 25]);
      const penalties = memory.placeFloats(rows.map(({ penalty }) => penalty));
      const scores = memory.room(count * 8);
      const before = memory.copy();
      memory.core.rescore(activations, stride, components, weightsAt, penalties, count, scores);
      expect(memory.readFloats(scores, count)).toEqual(
        rows.map((row) => plainScore(row.activations, weights, row.penalty)),
      );
      expect(memory.isTouchedOutside(before, scores, count * 8)).toBe(false);
    }
  });
});
