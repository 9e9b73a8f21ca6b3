import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choosesByFeatures } from "../../src/search/filterChoice.ts";
import { capturedRows } from "../../src/search/setReplayer.ts";
import type { Trade } from "../../src/search/trades.ts";
import { filtersOf } from "../../src/space/filters.ts";
import type { Space } from "../../src/space/parameters.ts";
import { type BlockSums, emptyBlockSums } from "../../src/validation/blocks.ts";
import { deflatedSharpe } from "../../src/validation/deflatedSharpe.ts";
import { distinctSets } from "../../src/validation/distinct.ts";
import { plateauTest } from "../../src/validation/plateau.ts";
import { selectionTest } from "../../src/validation/selection.ts";
import { trialTests } from "../../src/validation/trialTests.ts";
import { wordedTest } from "../../src/words/verdicts.ts";
import { allSets } from "../oracle/bruteForce.ts";
import { addToBlock } from "../support/blockSums.ts";
import { randomCase, randomFrom } from "../support/random.ts";

const barMs = 900_000;

/** Sums of sets over 16 blocks, one row of points a set, dealt to the blocks in turn. */
function sumsOf(sets: readonly (readonly number[])[]): BlockSums {
  const sums = emptyBlockSums(sets.length, 16);
  for (const [set, points] of sets.entries())
    for (const [k, p] of points.entries()) addToBlock(sums, set, k % 16, p, false);
  return sums;
}

const random = randomFrom(6);
const noise = (): number[] => Array.from({ length: 64 }, () => 4 * (random() - 0.4));
const four = [noise(), noise(), noise(), noise()];
const chosen: Trade[] = four[0]!.map((points, row) => ({
  row,
  symbol: "AAA",
  type: "all",
  direction: 1,
  entryTimeMs: row * 40 * barMs,
  exitTimeMs: (row * 40 + 4) * barMs,
  entry: 100,
  exit: 100 + points,
  reason: "timeout",
  bars: 4,
  halfBars: 8,
  return: points / 100,
  ambiguous: false,
  otherReturn: points / 100,
  objective: false,
}));

describe("sets that are the same trades", () => {
  it("are one: of A B A B C A three are left, in their order", () => {
    const [a, b, c] = four as [number[], number[], number[]];
    const found = distinctSets(sumsOf([a, b, a, b, c, a]));
    expect(found).toEqual(sumsOf([a, b, c]));
    const all = sumsOf(four);
    expect(distinctSets(all)).toBe(all);
    expect(distinctSets(sumsOf([]))).toMatchObject({ sets: 0 });
  });

  it("count once among the trials of a deflated Sharpe ratio, and in its variance", () => {
    const once = deflatedSharpe(chosen, sumsOf(four), barMs)!;
    const often = deflatedSharpe(chosen, sumsOf([...four, ...four, four[0]!, four[0]!]), barMs)!;
    expect(often).toEqual(once);
    expect(once.sets).toBe(4);
  });

  it("leave nothing to overfit where they are all there is, and a Sharpe ratio that is held against 0", () => {
    const [pbo, deflated] = trialTests(
      { blockSums: sumsOf([four[0]!, four[0]!, four[0]!]), objective: "evidence", barMs },
      chosen,
      20,
    );
    expect(wordedTest(pbo!)).toEqual({
      name: "pbo",
      outcome: "not run",
      reason: "all ranked sets make the same trades",
      figure: null,
      threshold: "needs a probability of overfitting of at most 0.5",
      figures: {},
    });
    expect(deflated!.figures).toMatchObject({ trials: 1, sets: 1, expected_best: 0 });
    expect(trialTests({ blockSums: sumsOf(four), objective: "evidence", barMs }, chosen, 20)[0]!.outcome).not.toBe(
      "not run",
    );
    // Two sets, neither of which has trades enough in any half, were a choice: one that cannot be judged.
    expect(trialTests({ blockSums: sumsOf([[1], [2]]), objective: "evidence", barMs }, chosen, 20)[0]).toMatchObject({
      outcome: "warning",
      figure: null,
    });
  });

  it("are no neighbours: without any other the plateau is not run, and says why", () => {
    expect(wordedTest(plateauTest({ neighbours: [], best: 0.4 }))).toMatchObject({
      outcome: "not run",
      reason: "no neighbour in the space makes different trades",
    });
    expect("reason" in plateauTest(null)).toBe(false);
    expect("reason" in plateauTest({ neighbours: [0.1], best: 0.4 })).toBe(false);
  });
});

describe("a search that chooses by features", () => {
  // Scores 1, 2, 3, 3 and groups 1, 1, 2, none.
  const table = {
    count: 4,
    featureNames: ["score", "group"],
    features: [Float64Array.of(1, 2, 3, 3), Float64Array.of(1, 1, 2, Number.NaN)],
  };
  const labels = { objective: Uint8Array.of(1, 0, 0, 0) };
  const chooses = (space: Space, minTrades = 1, minCaptureRate = 0): boolean =>
    choosesByFeatures(space, table, labels, { minTrades, minCaptureRate });

  it("has filters of which two candidates capture different rows", () => {
    expect(chooses({ min_score: [1, 2] })).toBe(true);
    expect(chooses({ allowed_group: [[1], [2]] })).toBe(true);
    expect(chooses({ allowed_group: [[1], [1, 7]], min_score: [2, 1] })).toBe(true);
  });

  it("needs a filter that varies, and that rejects what it is asked about", () => {
    expect(chooses({ atr_tp_multiplier: [1, 2, 3] })).toBe(false);
    expect(chooses({ min_score: [2], atr_tp_multiplier: [1, 2, 3] })).toBe(false);
    expect(chooses({ min_score: [0, 0.5, 1] })).toBe(false);
    expect(chooses({ min_score: [3], max_score: [3, 9] })).toBe(false);
    expect(chooses({ allowed_group: [[1], [1, 7]] })).toBe(false);
    expect(chooses({ min_score: [2.5, 3], require_group: [false, true] })).toBe(false);
  });

  it("needs two that may be ranked", () => {
    expect(chooses({ min_score: [1, 3] }, 3)).toBe(false);
    expect(chooses({ min_score: [1, 3] }, 2)).toBe(true);
    // Only the first row is an objective one.
    expect(chooses({ min_score: [1, 2] }, 1, 0.5)).toBe(false);
    expect(chooses({ min_score: [9, 10] }, 0)).toBe(false);
  });

  it("is one of which two sets capture different rows, whatever the space", () => {
    const some = <T>(...values: T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray(values, { minLength: 1 });
    fc.assert(
      fc.property(
        fc.integer(),
        fc.record(
          {
            min_score: some(0, 5, 8, 20),
            max_level: some(9, 4, 1),
            require_flag: some(false, true),
            allowed_group: some<number[] | "any">("any", [0, 1], [0, 1, 2, 3], [3]),
            atr_tp_multiplier: some(1, 2),
          },
          { requiredKeys: [] },
        ),
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 12 }),
        (seed, space, minTrades, rows) => {
          const { table, labels } = randomCase(seed, rows, 60);
          const captured = allSets(space as Space).map((set) => capturedRows(table, filtersOf(set)));
          const ranked = captured.filter(({ length }) => length > 0 && length >= minTrades);
          const isChoice = new Set(ranked.map((chosenRows) => chosenRows.join())).size > 1;
          expect(choosesByFeatures(space as Space, table, labels, { minTrades })).toBe(isChoice);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is what the selection test is about: without, it is not run and says why", () => {
    const reason = "no filter of the space distinguishes ranked sets";
    expect(wordedTest(selectionTest({ reason: { code: "NO_TELLING_FILTER" } }))).toEqual({
      name: "selection",
      outcome: "not run",
      figure: null,
      threshold: "needs p of at most 0.05",
      figures: {},
      reason,
    });
  });
});
