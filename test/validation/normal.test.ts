import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalProbability, normalQuantile } from "../../src/validation/normal.ts";

// Reference values to 60 digits (mpmath: erfc, and its inverse by bisection), rounded to doubles.

const probabilities: readonly (readonly [x: number, probability: number])[] = [
  [-37.5, 4.605353009581955e-308],
  [-37, 5.725571222524577e-300],
  [-30.25, 2.6086402857412604e-201],
  [-20, 2.7536241186062337e-89],
  [-12.5, 3.732564298877713e-36],
  [-10, 7.619853024160525e-24],
  [-8, 6.220960574271784e-16],
  [-6.1, 5.303423262948841e-10],
  [-5.75, 4.462172453901612e-9],
  [-5.66, 7.568649751997714e-9],
  [-5.65, 8.022391850663497e-9],
  [-5, 2.866515718791939e-7],
  [-4.2, 1.3345749015906327e-5],
  [-3.090232306167813, 0.001000000000000001],
  [-3, 0.0013498980316300946],
  [-2.5, 0.006209665325776135],
  [-2, 0.02275013194817921],
  [-1.959963984540054, 0.025000000000000012],
  [-1.6448536269514722, 0.05000000000000005],
  [-1.25, 0.10564977366685525],
  [-1, 0.15865525393145705],
  [-0.9, 0.18406012534675947],
  [-0.6745, 0.24999674286369916],
  [-0.67, 0.2514288950953101],
  [-0.5, 0.3085375387259869],
  [-0.1, 0.460172162722971],
  [-0.001, 0.49960105778608893],
  [-1e-9, 0.49999999960105773],
  [0, 0.5],
  [1e-12, 0.5000000000003989],
  [0.05, 0.5199388058383725],
  [0.3, 0.6179114221889527],
  [0.6744, 0.7499714786270594],
  [0.675, 0.750162117528223],
  [1, 0.8413447460685429],
  [1.5, 0.9331927987311419],
  [2, 0.9772498680518208],
  [2.75, 0.9970202367649454],
  [3.5, 0.9997673709209645],
  [4.4, 0.9999945874560923],
  [5.5, 0.9999999810104375],
  [6, 0.9999999990134123],
  [7.5, 0.9999999999999681],
  [8, 0.9999999999999993],
];

const quantiles: readonly (readonly [probability: number, x: number])[] = [
  [1e-300, -37.0470962993612],
  [1e-200, -30.20559417957964],
  [1e-100, -21.273453560965326],
  [1e-50, -14.933337534788489],
  [1e-20, -9.262340089798407],
  [1.4e-11, -6.656723091518184],
  [1e-11, -6.706023155495136],
  [1e-9, -5.9978070150076865],
  [1e-6, -4.753424308822899],
  [0.0001, -3.7190164854556804],
  [0.001, -3.0902323061678136],
  [0.01, -2.326347874040841],
  [0.025, -1.9599639845400543],
  [0.05, -1.6448536269514726],
  [0.0749, -1.4402382675279637],
  [0.0751, -1.43882539275254],
  [0.1, -1.2815515655446004],
  [0.2, -0.8416212335729142],
  [0.3, -0.5244005127080408],
  [0.4, -0.2533471031357997],
  [0.45, -0.12566134685507402],
  [0.499, -0.002506630899571766],
  [0.5000001, 2.506628273311648e-7],
  [0.51, 0.025068908258711057],
  [0.6, 0.2533471031357997],
  [0.7, 0.5244005127080407],
  [0.75, 0.6744897501960817],
  [0.8, 0.8416212335729144],
  [0.9, 1.2815515655446006],
  [0.9249, 1.4388253927525403],
  [0.9251, 1.440238267527964],
  [0.95, 1.6448536269514722],
  [0.975, 1.9599639845400538],
  [0.99, 2.3263478740408408],
  [0.999, 3.090232306167813],
  [0.9999, 3.7190164854557084],
  [0.999999, 4.753424308817087],
  [0.9999999999990905, 7.047700256664409],
  [0.9999999999999999, 8.209536151601387],
];

const relativeError = (found: number, wanted: number): number =>
  found === wanted ? 0 : Math.abs(found - wanted) / Math.abs(wanted);

describe("the normal distribution", () => {
  it("gives probabilities to 1e-15 of themselves, far out in the lower tail too", () => {
    for (const [x, wanted] of probabilities)
      if (relativeError(normalProbability(x), wanted) > 1e-15) expect([x, normalProbability(x)]).toBe(wanted);
  });

  it("gives quantiles to 1e-15 of themselves, of probabilities down to 1e-300", () => {
    for (const [probability, wanted] of quantiles)
      if (relativeError(normalQuantile(probability), wanted) > 1e-15)
        expect([probability, normalQuantile(probability)]).toBe(wanted);
  });

  it("ends at 0 and 1, and knows no probability of what is no number", () => {
    expect([-39, -1e300, Number.NEGATIVE_INFINITY].map(normalProbability)).toEqual([0, 0, 0]);
    expect([9, 1e300, Number.POSITIVE_INFINITY].map(normalProbability)).toEqual([1, 1, 1]);
    expect(normalProbability(Number.NaN)).toBeNaN();
    expect([0, 1].map(normalQuantile)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(normalQuantile(0.5)).toBe(0);
  });

  it("is the same on both sides of 0", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 8, noNaN: true }), (x) => {
        expect(normalProbability(x) + normalProbability(-x)).toBeCloseTo(1, 15);
      }),
    );
  });

  it("leads from a quantile back to its probability, across the borders of the approximations", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (probability) => {
        // A last bit of x counts x^2 times in the probability.
        expect(relativeError(normalProbability(normalQuantile(probability)), probability)).toBeLessThan(5e-14);
      }),
      { numRuns: 500 },
    );
    for (const edge of [0.67448975, 5.656854249492381])
      for (const side of [-1, 1]) {
        const [below, above] = [side * edge - 1e-9, side * edge + 1e-9].map(normalProbability) as [number, number];
        // A step of 2e-9 at most moves the probability by 2e-9 of the density, and never down.
        expect(above - below).toBeGreaterThanOrEqual(0);
        expect(above - below).toBeLessThan(1e-9);
      }
  });
});
