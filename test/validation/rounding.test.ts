import { describe, expect, it } from "vitest";
import type { Trade } from "../../src/search/trades.ts";
import { type BlockSums, emptyBlockSums } from "../../src/validation/blocks.ts";
import { bootstrapTest, bootstrapTrades } from "../../src/validation/bootstrap.ts";
import { compareByDays } from "../../src/validation/dailyBootstrap.ts";
import { dailyPoints } from "../../src/validation/days.ts";
import { momentsOf } from "../../src/validation/deflatedSharpe.ts";
import { earlyLate, earlyLateTest } from "../../src/validation/earlyLate.ts";
import { importanceOf } from "../../src/validation/importance.ts";
import { permutationTest } from "../../src/validation/permutation.ts";
import { meanPoints } from "../../src/validation/tradeSums.ts";
import { effectiveTrials, trialVariance } from "../../src/validation/trials.ts";
import { addToBlock } from "../support/blockSums.ts";

const dayMs = 86_400_000;

const tradesOf = (points: readonly number[]): Trade[] =>
  points.map((p, row) => ({
    row,
    symbol: "AAA",
    type: "all",
    direction: 1,
    entryTimeMs: row * dayMs,
    exitTimeMs: row * dayMs + 900_000,
    entry: 100,
    exit: 100 + p,
    reason: "timeout",
    bars: 1,
    halfBars: 2,
    return: p / 100,
    ambiguous: false,
    otherReturn: p / 100,
    objective: false,
  }));

const days = (count: number) => ({ first: 0, count });

/** 0.86 % each, in four spellings that differ in their last digits. */
const equal = Array.from({ length: 64 }, (_, k) => [0.86, 0.8600000000000001, 0.86 + 3e-15, 0.86 - 2e-15][k % 4]!);
/** Gains and losses that add up to 0 but for rounding: 0.1 + 0.2 - 0.3. */
const even = Array.from({ length: 60 }, (_, k) => [0.1, 0.2, -0.3][k % 3]!);

describe("what is only rounding", () => {
  it("is no average: 0.1 + 0.2 - 0.3 is 0", () => {
    expect(0.1 + 0.2 - 0.3).not.toBe(0);
    expect(meanPoints(tradesOf(even))).toBe(0);
    expect(meanPoints(tradesOf([1e-15, 1e-16]))).toBe(0);
    expect(meanPoints(tradesOf([1e-6, 1e-6]))).toBeCloseTo(1e-6, 15);
  });

  it("is no Sharpe ratio", () => {
    expect(momentsOf(equal)).toBeNull();
    expect(momentsOf(equal.map((p) => -p))).toBeNull();
    expect(momentsOf([0.86, 0.87])!.sharpe).toBeCloseTo(0.865 / (0.01 * Math.SQRT1_2), 6);
  });

  it("is no loss of the later half, and no gain of the earlier", () => {
    const result = earlyLateTest(tradesOf(equal));
    expect(result.figures).toMatchObject({ degradation: 0, points: 0, stability: 100 });
    const { points } = earlyLateTest(tradesOf(even)).figures;
    expect(points).toBe(0);
    expect(earlyLate({ avgReturn: 0, winRate: 0.5 }, { avgReturn: -1e-17, winRate: 0.5 }, 0).degradation).toBe(0);
    expect(earlyLate({ avgReturn: 0.5, winRate: 0.5 }, { avgReturn: 0.4, winRate: 0.5 }, 0.45).degradation).toBeCloseTo(
      0.2,
      12,
    );
  });

  it("gives a bootstrap interval no width, and lifts none above 0", () => {
    const { low, high } = bootstrapTrades(tradesOf(equal), days(64), 1)!;
    expect(low).toBe(high);
    expect(low).toBeCloseTo(0.86, 12);
    expect(bootstrapTest(tradesOf([1e-15, 2e-15, 1e-15]), days(3), 1)).toMatchObject({ outcome: "warning", figure: 0 });
  });

  it("makes no set better than one that returns the same", () => {
    const other = tradesOf(equal.map((p) => p + 1e-13));
    const [candidate, current] = [other, tradesOf(equal)].map((trades) => dailyPoints(trades, days(64)));
    const compared = compareByDays({ candidate: candidate!, current: current!, blockDays: 5, margin: 0, seed: 1 });
    expect(compared.current).toEqual({ per_day: 0, per_trade: 0 });
    // Nor is it worth more than a margin that it equals.
    const atMargin = compareByDays({ candidate: candidate!, current: null, blockDays: 5, margin: 0.86, seed: 1 });
    expect(atMargin.nothing).toEqual({ per_day: 0, per_trade: 0 });
  });

  it("makes a random run as good as the trades that it equals", () => {
    const runs = Float64Array.from({ length: 199 }, (_, k) => 0.86 - (k % 3) * 1e-15);
    expect(permutationTest({ observed: 0.8600000000000003, moved: 9, runs }).figure).toBe(1);
  });
});

describe("statistics of sets that do not vary", () => {
  /** Sums of sets whose trades all return the same, three a block. */
  const level = (points: readonly number[], jitter: number): BlockSums => {
    const sums = emptyBlockSums(points.length, 16);
    for (const [set, p] of points.entries())
      for (let block = 0; block < 16; block++)
        for (let k = 0; k < 3; k++) addToBlock(sums, set, block, p * (1 + jitter * (block % 3)), false);
    return sums;
  };

  it("have no variance among trials, and rise and fall with nothing", () => {
    for (const jitter of [0, 1e-15, 1e-13]) {
      expect(trialVariance(level([0.86, 1.86, 2.86], jitter))).toBe(0);
      expect(effectiveTrials(level([0.86, 1.86, 2.86], jitter))).toBe(3);
    }
    // Where the spread is real the three move as one.
    expect(effectiveTrials(level([0.86, 1.86, 2.86], 1e-3))).toBe(1);
    // Three sets that are the same in every figure have the same z: no variance, whatever the adding leaves.
    const same = emptyBlockSums(3, 16);
    for (let set = 0; set < 3; set++)
      for (let k = 0; k < 48; k++) addToBlock(same, set, k % 16, Math.sin(k) + 0.3, false);
    expect(trialVariance(same)).toBe(0);
  });

  it("give no parameter a share, nor does one whose values have the same mean", () => {
    const scores = Array.from({ length: 30_000 }, () => 0.86);
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const all = { count: scores.length, sum: sum(scores), squares: sum(scores.map((score) => score * score)) };
    const halves = [scores.slice(0, 10_000), scores.slice(10_000)].map((values) => ({
      count: values.length,
      sum: sum(values),
      best: 0.86,
    }));
    expect(importanceOf([halves], all)[0]!.share).toBe(0);
    // Scores 1 and 3 under either value: means of 2 that differ in their last digit.
    const spread = { count: 4, sum: 8, squares: 20 };
    const values = [
      { count: 2, sum: 4, best: 3 },
      { count: 2, sum: 4 + 1e-15, best: 3 },
    ];
    expect(importanceOf([values], spread)[0]!.share).toBe(0);
    // A value under which every set made nothing has sets, but no best one.
    const nothing = { count: 2, sum: 0, best: Number.NEGATIVE_INFINITY };
    expect(importanceOf([[nothing, values[0]!]], { count: 4, sum: 4, squares: 10 })[0]!.profile[0]).toEqual({
      count: 2,
      mean: 0,
      best: null,
    });
  });
});
