import { describe, expect, it } from "vitest";
import { PlantedEdge } from "../../src/candles/plantedEdge.ts";

const timeframeMs = 900_000;

/** An edge whose price went one way a little each bar for 20 days, so that both trends do; and the price by then. */
function going(way: 1 | -1): { edge: PlantedEdge; price: number } {
  const edge = new PlantedEdge(100, timeframeMs);
  let price = 100;
  for (let bar = 0; bar < 20 * 96; bar++) {
    price *= 1 + way * 0.0002;
    edge.see(way * 0.0002, price);
  }
  return { edge, price };
}

/** What the edge adds to each of so many bars of a price that stands still. */
function drifts(edge: PlantedEdge, price: number, bars: number): number[] {
  return Array.from({ length: bars }, () => {
    const drift = edge.drift();
    edge.see(0, price);
    return drift;
  });
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("a planted edge", () => {
  it("adds nothing to a price without a strong bar", () => {
    const { edge, price } = going(1);
    expect(sum(drifts(edge, price, 96).map(Math.abs))).toBe(0);
  });

  it.each([1, -1] as const)(
    "drifts on for eight hours after a strong bar with both trends (%d), then gives all of it back",
    (way) => {
      const { edge, price } = going(way);
      const strong = way * 0.01;
      edge.see(strong, price * (1 + strong));
      const added = drifts(edge, price * (1 + strong), 32 + 97).map((drift) => way * drift);
      expect(added.slice(0, 32)).toEqual(Array(32).fill(0.0009));
      expect(added.slice(32).every((drift) => drift <= 0 && drift > -0.00031)).toBe(true);
      expect(sum(added)).toBeCloseTo(0, 12);
      expect(added.at(-1)).toBeCloseTo(0, 12);
    },
  );

  it("is not moved by a strong bar against the trends, nor by one too weak", () => {
    for (const move of [-0.01, 0.0069]) {
      const { edge, price } = going(1);
      edge.see(move, price * (1 + move));
      expect(Math.abs(edge.drift())).toBe(0);
    }
  });

  it("is not moved where the trend of hours is against that of days", () => {
    const { edge, price: top } = going(1);
    let price = top;
    for (let bar = 0; bar < 96; bar++) {
      price *= 0.9997;
      edge.see(-0.0003, price);
    }
    for (const move of [0.01, -0.01]) {
      edge.see(move, price * (1 + move));
      expect(Math.abs(edge.drift())).toBe(0);
    }
  });

  it("ends when the trends no longer agree", () => {
    const { edge, price } = going(1);
    edge.see(0.01, price * 1.01);
    expect(edge.drift()).toBe(0.0009);
    edge.see(-0.08, price * 0.93);
    expect(edge.drift()).toBeLessThan(0);
  });
});
