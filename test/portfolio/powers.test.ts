import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, logarithm, power } from "../../src/portfolio/powers.ts";

/** Bits of a number, as text. */
const bitsOf = (value: number): string => new BigUint64Array(new Float64Array([value]).buffer)[0]!.toString(16);

const relative = (found: number, expected: number): number => Math.abs(found - expected) / Math.abs(expected);

describe("powers by arithmetic alone", () => {
  it("are those of the engine to the last bits", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        // Near 1 a logarithm is near 0: its error is that of the number itself.
        expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(5e-16 * Math.max(Math.abs(Math.log(x)), 1e-3));
      }),
      { numRuns: 20_000, seed: 7 },
    );
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(relative(exponential(x), Math.exp(x))).toBeLessThanOrEqual(4e-16);
      }),
      { numRuns: 20_000, seed: 7 },
    );
  });

  it("are whole where the result is", () => {
    expect(logarithm(1)).toBe(0);
    expect(exponential(0)).toBe(1);
    expect(power(7, 0)).toBe(1);
    expect(relative(power(1.5, 4), 5.0625)).toBeLessThan(1e-15);
    expect(relative(power(1024, 0.1), 2)).toBeLessThan(1e-15);
  });

  it("hold at what is still a normal number", () => {
    expect(Number.isFinite(power(1e9, 365))).toBe(true);
    expect(power(1e-9, 365)).toBeGreaterThan(0);
  });

  it("have these bits, on every engine and processor", () => {
    const found = [
      logarithm(0.956),
      logarithm(3),
      exponential(-5.47),
      exponential(0.1),
      power(0.956004, 365 / 3),
      power(1.2345, 365 / 156),
    ];
    expect(found.map(bitsOf)).toEqual([
      "bfa709e50e284574",
      "3ff193ea7aad030b",
      "3f713fcc064fb619",
      "3ff1aec7b35a00d4",
      "3f712d6b5f9a870a",
      "3ffa316a30f7c816",
    ]);
  });
});
