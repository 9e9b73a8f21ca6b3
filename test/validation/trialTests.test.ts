import { describe, expect, it } from "vitest";
import type { Objective } from "../../src/search/objectives.ts";
import type { Trade } from "../../src/search/trades.ts";
import { blockSumsOf, emptyBlockSums } from "../../src/validation/blocks.ts";
import { trialTests } from "../../src/validation/trialTests.ts";
import { addToBlock } from "../support/blockSums.ts";
import { randomFrom } from "../support/random.ts";

const barMs = 900_000;

function tradeAt(row: number, value: number): Trade {
  return {
    row,
    symbol: "AAA",
    type: "all",
    direction: 1,
    entryTimeMs: row * 40 * barMs,
    exitTimeMs: (row * 40 + 4) * barMs,
    entry: 100,
    exit: 100 * (1 + value),
    reason: "timeout",
    bars: 4,
    halfBars: 8,
    return: value,
    ambiguous: false,
    otherReturn: value,
    objective: false,
  };
}

/** Sets of 10 trades a block; the first gains in every block where `isReal`, all others are noise. */
function trialsOf(isReal: boolean, seed = 4) {
  const random = randomFrom(seed);
  const sums = emptyBlockSums(60, 16);
  for (let set = 0; set < 60; set++)
    for (let block = 0; block < 16; block++)
      for (let k = 0; k < 10; k++)
        addToBlock(sums, set, block, (isReal && set === 0 ? 1 : 0) + 4 * (random() - 0.5), false);
  return { blockSums: sums, objective: "evidence" as const, barMs };
}

const winner = Array.from({ length: 160 }, (_, row) => tradeAt(row, 0.01 + (row % 2 === 0 ? 0.012 : -0.012)));

describe("what the trials say of their winner", () => {
  it("an edge that stands out in every half is passed, by both tests", () => {
    const [pbo, deflated] = trialTests(trialsOf(true), winner, 20);
    expect(pbo).toMatchObject({ name: "pbo", outcome: "passed", figure: 0 });
    expect(deflated).toMatchObject({ name: "deflated_sharpe", outcome: "passed" });
    expect(deflated!.figure).toBeGreaterThan(0.95);
  });

  it("the best of noise is as likely below the median as above", () => {
    const figures = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => trialTests(trialsOf(false, seed), winner, 20)[0]!);
    const mean = figures.reduce((sum, { figure }) => sum + figure!, 0) / figures.length;
    expect(mean).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(0.7);
    expect(figures[0]!.figures["halves"]).toBe(12_870);
  });

  it("are ranked by the objective of their search: of two sets one has the better mean, the other the more evidence", () => {
    // 40 trades of 1 % and one of 2 % in every block, and ten sets that lose.
    const sums = emptyBlockSums(12, 16);
    const counts = [40, 1, ...Array(10).fill(3)];
    for (const [set, n] of counts.entries())
      for (let block = 0; block < 16; block++)
        for (let k = 0; k < n; k++) addToBlock(sums, set, block, set === 0 ? 1 : set === 1 ? 2 : -set, false);
    const logitOf = (objective: Objective): number =>
      trialTests({ blockSums: sums, objective, barMs }, winner, 1)[0]!.figures["median_logit"]!;
    // Either winner stands first out of sample: 12 of 13.
    expect(logitOf("evidence")).toBeCloseTo(Math.log(12), 9);
    expect(logitOf("expectancy")).toBeCloseTo(Math.log(12), 9);
    // With 20 trades wanted a half only the first can win: by its mean it stands second, 11 of 13.
    const among = (objective: Objective): number =>
      trialTests({ blockSums: sums, objective, barMs }, winner, 40)[0]!.figures["median_logit"]!;
    expect(among("evidence")).toBeCloseTo(Math.log(12), 9);
    expect(among("expectancy")).toBeCloseTo(Math.log(11 / 2), 9);
  });

  it("two trades that are alike cannot be computed, which is a warning and no figure", () => {
    const [, deflated] = trialTests(trialsOf(true), [tradeAt(0, 0.01), tradeAt(1, 0.01)], 20);
    expect(deflated).toMatchObject({ outcome: "warning", figure: null, figures: {} });
  });

  it("without trials nothing is run and nothing is claimed", () => {
    expect(trialTests(null, winner, 20).map(({ name, outcome }) => [name, outcome])).toEqual([
      ["pbo", "not run"],
      ["deflated_sharpe", "not run"],
    ]);
  });
});

describe("sums that a search sampled", () => {
  it("stand in columns afterwards, set beside set", () => {
    const sums = Float64Array.from({ length: 2 * 3 * 8 }, (_, k) => k);
    const columns = blockSumsOf({ count: 2, places: Uint32Array.of(0, 1), blocks: 3, sums }, [4, 5, 6]);
    // Second set, third block: the numbers from (1 * 3 + 2) * 8 on.
    const at = 2 * 2 + 1;
    expect([columns.count[at], columns.total[at], columns.squares[at], columns.losingSquares[at]]).toEqual([
      40, 41, 42, 43,
    ]);
    expect([columns.gain[at], columns.loss[at], columns.wins[at], columns.objective[at]]).toEqual([44, 45, 46, 47]);
    expect([...columns.objectiveTotals]).toEqual([4, 5, 6]);
  });
});
