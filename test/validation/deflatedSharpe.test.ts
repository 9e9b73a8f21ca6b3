import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BlockSums, emptyBlockSums } from "../../src/validation/blocks.ts";
import { deflatedSharpe, expectedMaximum, momentsOf, sharpeProbability } from "../../src/validation/deflatedSharpe.ts";
import { normalProbability, normalQuantile } from "../../src/validation/normal.ts";
import { effectiveTrials, trialVariance } from "../../src/validation/trials.ts";
import { averageUniqueness } from "../../src/validation/uniqueness.ts";
import { addToBlock } from "../support/blockSums.ts";

const bar = 900_000;
const held = (entryBar: number, exitBar: number, value = 0) => ({
  entryTimeMs: entryBar * bar,
  exitTimeMs: exitBar * bar,
  return: value,
});

/** Sums of sets given as their returns in points by block. */
function sumsOf(sets: readonly (readonly (readonly number[])[])[]): BlockSums {
  const sums = emptyBlockSums(sets.length, sets[0]?.length ?? 16);
  sets.forEach((blocks, set) => {
    blocks.forEach((points, block) => {
      for (const value of points) addToBlock(sums, set, block, value, false);
    });
  });
  return sums;
}

describe("the standard normal", () => {
  it("agrees with its tables (Abramowitz and Stegun, table 26.1)", () => {
    expect(normalProbability(0)).toBe(0.5);
    expect(normalProbability(1)).toBeCloseTo(0.841344746068543, 12);
    expect(normalProbability(-3)).toBeCloseTo(0.00134989803163, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  });

  it("has a quantile that is the inverse of its probability", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (probability) => {
        expect(normalProbability(normalQuantile(probability))).toBeCloseTo(probability, 10);
      }),
    );
  });
});

describe("deflated Sharpe ratio, the paper's example (Bailey and Lopez de Prado 2014, A numerical example)", () => {
  // Five years of 250 daily returns, annual Sharpe ratio 2.5, variance of the trials' annual ratios 1/2, skew -3, kurtosis 10.
  const moments = { sharpe: 2.5 / Math.sqrt(250), skew: -3, kurtosis: 10 };
  const expectedBest = (trials: number): number => Math.sqrt(0.5 / 250) * expectedMaximum(trials);

  it("expects 0.1132 a day of the best of 100 trials, and finds 0.9004", () => {
    expect(expectedBest(100)).toBeCloseTo(0.1132, 4);
    expect(sharpeProbability(moments, expectedBest(100), 1250)).toBeCloseTo(0.9004, 4);
  });

  it("finds 0.9505 had there been 46 trials", () => {
    expect(sharpeProbability(moments, expectedBest(46), 1250)).toBeCloseTo(0.9505, 4);
  });

  it("finds 0.9505 of 88 trials had the returns been normal", () => {
    expect(sharpeProbability({ ...moments, skew: 0, kurtosis: 3 }, expectedBest(88), 1250)).toBeCloseTo(0.9505, 4);
  });
});

describe("moments of returns", () => {
  it("of 1 1 1 5: mean 2, stdev 2, skew 2/sqrt(3), kurtosis 7/3", () => {
    const moments = momentsOf([1, 1, 1, 5]);
    expect(moments?.sharpe).toBe(1);
    expect(moments?.skew).toBeCloseTo(2 / Math.sqrt(3), 14);
    expect(moments?.kurtosis).toBeCloseTo(7 / 3, 14);
  });

  it("do not exist where all returns are equal, or with one", () => {
    expect(momentsOf([2, 2, 2])).toBeNull();
    expect(momentsOf([2])).toBeNull();
  });

  it("never make the variance of the estimate negative (kurtosis is at least skew^2 + 1, Pearson 1916)", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 }), (returns) => {
        const moments = momentsOf(returns);
        if (moments) expect(moments.kurtosis - moments.skew ** 2).toBeGreaterThan(1 - 1e-9);
      }),
    );
  });
});

describe("average uniqueness", () => {
  it("is 1 for trades one after another, also where one enters with the bar that another leaves with", () => {
    expect([...averageUniqueness([held(0, 2), held(2, 5), held(9, 10)], bar)]).toEqual([1, 1, 1]);
  });

  it("is shared out by bars: open 1-4 and 3-6, alone in two of four", () => {
    expect([...averageUniqueness([held(0, 4), held(2, 6)], bar)]).toEqual([0.75, 0.75]);
  });

  it("of trades that are open together adds up to one", () => {
    const sum = averageUniqueness([held(3, 7), held(3, 7), held(3, 7), held(3, 7)], bar).reduce((a, b) => a + b, 0);
    expect(sum).toBe(1);
  });

  it("counts a trade that the end of the data leaves no bar as open for one", () => {
    expect([...averageUniqueness([held(5, 5), held(5, 6)], bar)]).toEqual([0.5, 0.5]);
    expect(averageUniqueness([], bar)).toHaveLength(0);
  });

  it("equals counting open trades bar by bar", () => {
    const trade = fc.tuple(fc.nat(30), fc.nat(12)).map(([entry, bars]) => held(entry, entry + bars));
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 25 }), (trades) => {
        const barsOf = ({ entryTimeMs, exitTimeMs }: ReturnType<typeof held>): number[] =>
          Array.from({ length: Math.max(1, (exitTimeMs - entryTimeMs) / bar) }, (_, k) => entryTimeMs / bar + 1 + k);
        const open = trades.map(barsOf);
        const slow = open.map(
          (bars) =>
            bars.reduce((sum, b) => sum + 1 / open.filter((others) => others.includes(b)).length, 0) / bars.length,
        );
        averageUniqueness(trades, bar).forEach((value, k) => {
          expect(value).toBeCloseTo(slow[k]!, 10);
        });
      }),
    );
  });
});

describe("trials", () => {
  it("of z 1 and 3 have variance 2", () => {
    // Returns of two: mean/stdev*sqrt(2). 0 and 2: 1/sqrt(2)*sqrt(2) = 1. 2 and 4: 3/sqrt(2)*sqrt(2) = 3.
    expect(
      trialVariance(
        sumsOf([
          [[0], [2]],
          [[2, 4], []],
        ]),
      ),
    ).toBeCloseTo(2, 12);
    expect(trialVariance(sumsOf([[[0], [2]]]))).toBe(0);
  });

  it("count once where they rise and fall together", () => {
    const up = [[1], [2], [3], [4]];
    const upToo = [[2], [4, 4], [6], [8]];
    const down = [[4], [3], [2], [1]];
    const zigzag = [[1], [-1], [1], [-1]];
    expect(effectiveTrials(sumsOf([up, upToo, down, up]))).toBe(2);
    expect(effectiveTrials(sumsOf([zigzag, up, down, upToo]))).toBe(3);
  });

  it("that never change correlate with nothing", () => {
    const level = [[0.1], [0.1], [0.1, 0.1], [0.1]];
    expect(effectiveTrials(sumsOf([level, level]))).toBe(2);
    expect(effectiveTrials(sumsOf([]))).toBe(0);
  });

  it("equal Pearson's formula and the plain variance", () => {
    const set = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 3 }), { minLength: 5, maxLength: 5 });
    const meanOf = (values: readonly number[]): number =>
      values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = (a: readonly number[], b: readonly number[]): number =>
      meanOf(a.map((value, k) => (value - meanOf(a)) * (b[k]! - meanOf(b))));
    const correlation = (a: readonly number[], b: readonly number[]): number =>
      covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
    fc.assert(
      fc.property(fc.array(set, { minLength: 2, maxLength: 12 }), (sets) => {
        const means = sets.map((blocks) => blocks.map(meanOf));
        const founders: number[][] = [];
        const varies = (own: readonly number[]): boolean => covariance(own, own) > 1e-20;
        for (const own of means) {
          const others = varies(own) ? founders.filter(varies).map((other) => correlation(own, other)) : [];
          fc.pre(others.every((value) => Math.abs(value - 0.7) > 1e-9));
          if (!others.some((value) => value > 0.7)) founders.push(own);
        }
        expect(effectiveTrials(sumsOf(sets))).toBe(founders.length);
        const z = sets.map((blocks) => {
          const moments = momentsOf(blocks.flat());
          return moments ? moments.sharpe * Math.sqrt(blocks.flat().length) : 0;
        });
        const variance = (covariance(z, z) * z.length) / (z.length - 1);
        expect(trialVariance(sumsOf(sets))).toBeCloseTo(variance, 9);
      }),
    );
  });
});

describe("deflated Sharpe ratio of trades", () => {
  const sampled = sumsOf([
    [[0], [2]],
    [[2, 4], []],
  ]);

  it("puts the parts together", () => {
    // Block means 0 2 and 3 0 fall and rise apart: two trials. V = 2, T = 3 + 1/2 + 1/2.
    const chosen = [held(0, 1, 0.01), held(1, 2, 0.01), held(2, 3, 0.01), held(4, 5, 0.05), held(4, 5, 0.02)];
    const result = deflatedSharpe(chosen, sampled, bar)!;
    expect(result).toMatchObject({ observations: 4, trials: 2, sets: 2 });
    expect(result.trialVariance).toBeCloseTo(2, 12);
    // Mean 2 points, squares 1 1 1 9 0 about it: variance 3, moments m2 2.4, m3 24/5, m4 84/5.
    expect(result.sharpe).toBeCloseTo(2 / Math.sqrt(3), 12);
    expect(result.skew).toBeCloseTo(4.8 / 2.4 ** 1.5, 12);
    expect(result.kurtosis).toBeCloseTo(16.8 / 2.4 ** 2, 12);
    const best = Math.sqrt(2 / 4) * 0.5772156649 * normalQuantile(1 - 1 / (2 * Math.E));
    expect(result.expectedBest).toBeCloseTo(best, 12);
    const spread = 1 - result.skew * result.sharpe + ((result.kurtosis - 1) / 4) * result.sharpe ** 2;
    expect(result.dsr).toBeCloseTo(normalProbability(((result.sharpe - best) * Math.sqrt(3)) / Math.sqrt(spread)), 12);
  });

  it("expects nothing of a single trial", () => {
    const same = sumsOf([
      [[0], [2]],
      [[0], [4]],
    ]);
    const chosen = [held(0, 1, 0.01), held(1, 2, 0.01), held(2, 3, 0.01), held(4, 5, 0.05)];
    expect(deflatedSharpe(chosen, same, bar)).toMatchObject({ trials: 1, sets: 2, expectedBest: 0 });
  });

  it("is not computable where fewer than two trades are unique, or all returns are equal", () => {
    expect(deflatedSharpe([held(0, 4, 0.01), held(0, 4, 0.02), held(0, 4, 0.03)], sampled, bar)).toBeNull();
    expect(deflatedSharpe([held(0, 1, 0.01), held(1, 2, 0.01), held(2, 3, 0.01)], sampled, bar)).toBeNull();
    expect(deflatedSharpe([], sampled, bar)).toBeNull();
  });
});
