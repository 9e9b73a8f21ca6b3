import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AllScores, importanceOf, type ValueScores } from "../../src/validation/importance.ts";

interface ScoredSet {
  /** Index of the candidate value by parameter. */
  readonly values: readonly number[];
  readonly score: number;
}

function accumulate(sets: readonly ScoredSet[], sizes: readonly number[]): [ValueScores[][], AllScores] {
  const parameters = sizes.map((size, p) =>
    Array.from({ length: size }, (_, v): ValueScores => {
      const scores = sets.filter(({ values }) => values[p] === v).map(({ score }) => score);
      return { count: scores.length, sum: scores.reduce((a, b) => a + b, 0), best: Math.max(...scores) };
    }),
  );
  const total = (of: (score: number) => number): number => sets.reduce((sum, { score }) => sum + of(score), 0);
  return [parameters, { count: sets.length, sum: total((score) => score), squares: total((score) => score * score) }];
}

/** Every combination of so many values a parameter, with its score. */
function grid(sizes: readonly number[], scoreOf: (values: readonly number[]) => number): ScoredSet[] {
  const combinations = sizes.reduce<number[][]>(
    (all, size) => all.flatMap((values) => Array.from({ length: size }, (_, v) => [...values, v])),
    [[]],
  );
  return combinations.map((values) => ({ values, score: scoreOf(values) }));
}

const shares = (sets: readonly ScoredSet[], sizes: readonly number[]): number[] =>
  importanceOf(...accumulate(sets, sizes)).map(({ share }) => share);

describe("importance of parameters", () => {
  it("is all of one and nothing of the other where only one matters", () => {
    expect(
      shares(
        grid([3, 4], ([a]) => a!),
        [3, 4],
      ),
    ).toEqual([1, 0]);
  });

  it("adds up to 1 where effects add up: 2a + b over 0 and 1 is 4 to 1", () => {
    const [a, b] = shares(
      grid([2, 2], ([a, b]) => 2 * a! + b!),
      [2, 2],
    );
    expect(a).toBeCloseTo(0.8, 14);
    expect(b).toBeCloseTo(0.2, 14);
  });

  it("is nothing of either where only their agreement matters", () => {
    expect(
      shares(
        grid([2, 2], ([a, b]) => (a === b ? 1 : 0)),
        [2, 2],
      ),
    ).toEqual([0, 0]);
  });

  it("is 0 where the scores do not vary, and where nothing was ranked", () => {
    expect(
      shares(
        grid([2, 3], () => 0.1),
        [2, 3],
      ),
    ).toEqual([0, 0]);
    expect(shares([], [2, 3])).toEqual([0, 0]);
  });

  it("of a parameter that only some sets have is that of its values among those sets", () => {
    // Off or on is worth 10; with it on, the second parameter is worth nothing, or 1.
    const off = [0, 0, 0, 0].map((score) => ({ values: [0], score }));
    const on = (worth: number): ScoredSet[] =>
      [0, 1, 0, 1].map((digit) => ({ values: [1, digit], score: 10 + worth * digit }));
    expect(shares([...off, ...on(0)], [2, 2])).toEqual([1, 0]);
    const [switched, distance] = shares([...off, ...on(1)], [2, 2]);
    // Variances by hand: all 8 sets sum to 42 with squares 442, the four on deviate by 1/2 each.
    expect(distance).toBeCloseTo(1 / (442 - (42 * 42) / 8), 12);
    expect(switched! + distance!).toBeCloseTo(1, 12);
  });

  it("comes with the best and mean score of each value, none where no ranked set has it", () => {
    const sets = grid([2, 2], ([a, b]) => 2 * a! + b!);
    const [first] = importanceOf(...accumulate(sets, [3, 2]));
    expect(first!.profile).toEqual([
      { count: 2, mean: 0.5, best: 1 },
      { count: 2, mean: 2.5, best: 3 },
      { count: 0, mean: null, best: null },
    ]);
  });

  it("equals the variance of the conditional mean over the variance, set by set, where some sets are not ranked", () => {
    const sizes = [3, 2, 4];
    const set = fc.record({
      values: fc.tuple(fc.nat(2), fc.nat(1), fc.nat(3)),
      // Steps of a hundredth: squares of numbers near 0 would be 0.
      score: fc.integer({ min: -1000, max: 1000 }).map((hundredths) => hundredths / 100),
    });
    fc.assert(
      fc.property(fc.array(set, { minLength: 1, maxLength: 24 }), (sets) => {
        const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
        const varianceOf = (values: readonly number[]): number =>
          meanOf(values.map((value) => (value - meanOf(values)) ** 2));
        const variance = varianceOf(sets.map(({ score }) => score));
        fc.pre(variance > 1e-4 || variance === 0);
        shares(sets, sizes).forEach((share, p) => {
          const explained = sets.map(({ values }) =>
            meanOf(sets.filter((other) => other.values[p] === values[p]).map(({ score }) => score)),
          );
          expect(share).toBeCloseTo(variance === 0 ? 0 : varianceOf(explained) / variance, 7);
        });
      }),
    );
  });
});
