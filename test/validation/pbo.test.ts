import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniformFrom } from "../../src/random.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { compareSets, type Objective, objectiveNames, scoreOf } from "../../src/search/objectives.ts";
import type { Metrics } from "../../src/search/trades.ts";
import { type BlockSums, blocksOf, emptyBlockSums } from "../../src/validation/blocks.ts";
import { backtestOverfitting } from "../../src/validation/pbo.ts";
import { quantileOf } from "../../src/validation/tradeSums.ts";
import { addToBlock } from "../support/blockSums.ts";

/** One captured opportunity: its points in 64ths of 100, so that sums are exact in any order. */
interface Capture {
  readonly block: number;
  readonly sixtyFourths: number;
  readonly objective: boolean;
}

function blockSumsOf(
  sets: readonly (readonly Capture[])[],
  blocks: number,
  objectiveTotals: readonly number[],
): BlockSums {
  const sums = emptyBlockSums(sets.length, blocks);
  sets.forEach((captures, set) => {
    for (const { block, sixtyFourths, objective } of captures)
      addToBlock(sums, set, block, (100 * sixtyFourths) / 64, objective);
  });
  sums.objectiveTotals.set(objectiveTotals);
  return sums;
}

function subsetsOf(size: number, blocks: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: blocks }, (_, block) => block).flatMap((block) =>
    subsetsOf(size - 1, block).map((rest) => [...rest, block]),
  );
}

/** Sets whose figures are equal in every block are one. */
function withoutRepetitions(sets: readonly (readonly Capture[])[], blocks: number): (readonly Capture[])[] {
  const figuresOf = (captures: readonly Capture[]): string =>
    Array.from({ length: blocks }, (_, block) => {
      const own = captures.filter((capture) => capture.block === block);
      const sum = (of: (value: number) => number): number =>
        own.reduce((total, { sixtyFourths: p }) => total + of(p), 0);
      const objective = own.filter((capture) => capture.objective).length;
      const gains = [sum((p) => Number(p > 0)), sum((p) => Math.max(0, p)), sum((p) => Math.max(0, p) ** 2)];
      return [own.length, objective, sum((p) => p), sum((p) => p * p), ...gains].join();
    }).join(";");
  const figures = sets.map(figuresOf);
  return sets.filter((_, set) => figures.indexOf(figures[set]!) === set);
}

/** The rule said slowly: every half's metrics from its trades, the search's own order, ranks by counting. Trades that all made nothing are none. */
function slowOverfitting(
  all: readonly (readonly Capture[])[],
  blocks: number,
  objectiveTotals: readonly number[],
  objective: Objective,
  minTrades: number,
) {
  const sets = withoutRepetitions(all, blocks);
  if (sets.length < 2) return { logits: [], overfitted: 0 };
  const stated = (captures: readonly Capture[], half: readonly number[], index: number) => {
    const own = captures.filter(({ block }) => half.includes(block));
    const trades = own
      .filter(() => own.some(({ sixtyFourths }) => sixtyFourths !== 0))
      .map(({ sixtyFourths, objective }) => ({
        row: 0,
        entryTimeMs: 0,
        exitTimeMs: 0,
        return: sixtyFourths / 64,
        bars: 1,
        reason: "timeout" as const,
        objective,
      }));
    const total = half.reduce((sum, block) => sum + objectiveTotals[block]!, 0);
    const metrics: Metrics = { ...metricsOf(trades, total, 1), max_drawdown: 0 };
    const isUnranked = objective === "sortino" || objective === "profit_factor";
    const score = scoreOf(objective, metrics, 20);
    return { index, metrics, score: isUnranked && score === 999 && metrics.n < minTrades / 2 ? 0 : score };
  };
  const logits: number[] = [];
  let overfitted = 0;
  for (const half of subsetsOf(blocks / 2, blocks)) {
    const others = Array.from({ length: blocks }, (_, block) => block).filter((block) => !half.includes(block));
    const inside = sets
      .map((captures, set) => stated(captures, half, set))
      .filter(({ metrics }) => metrics.n > 0 && metrics.n >= minTrades / 2);
    if (inside.length === 0) continue;
    // Without their indices the search's order has ties.
    const order = (a: (typeof inside)[number], b: (typeof inside)[number]): number =>
      compareSets(objective, { ...a, index: 0 }, { ...b, index: 0 });
    const winners = inside.filter((one) => inside.every((other) => order(one, other) <= 0));
    const outside = sets.map((captures, set) => stated(captures, others, set));
    const ranks = winners.map(({ index }) => {
      const signs = outside.map((other) => order(outside[index]!, other));
      return signs.filter((sign) => sign < 0).length + (signs.filter((sign) => sign === 0).length + 1) / 2;
    });
    overfitted += ranks.filter((rank) => rank / (sets.length + 1) <= 0.5).length / ranks.length;
    const w = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length / (sets.length + 1);
    logits.push(Math.log(w / (1 - w)));
  }
  return { logits: logits.sort((a, b) => a - b), overfitted };
}

const capture = (blocks: number): fc.Arbitrary<Capture> =>
  fc.record({
    block: fc.nat(blocks - 1),
    sixtyFourths: fc.oneof(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 0, max: 2 })),
    objective: fc.boolean(),
  });

describe("blocks of time", () => {
  it("hold equal counts in time order", () => {
    expect([...blocksOf([10, 20, 30, 40, 50, 60], 3)]).toEqual([0, 0, 1, 1, 2, 2]);
    expect([...blocksOf([60, 10, 50, 20, 40, 30], 2)]).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it("keep entries of one time in the block of the first of them", () => {
    expect([...blocksOf([1, 2, 2, 2, 3, 4], 3)]).toEqual([0, 0, 0, 0, 2, 2]);
  });

  it("are as many as asked for wherever all times differ", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 300 }), fc.integer({ min: 1, max: 16 }), (count, blocks) => {
        const sizes = new Array<number>(blocks).fill(0);
        for (const block of blocksOf(
          Float64Array.from({ length: count }, (_, k) => count - k),
          blocks,
        ))
          sizes[block]!++;
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("never run backwards in time", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 60 }), (times) => {
        const blocks = blocksOf(times, 4);
        for (let a = 0; a < times.length; a++)
          for (let b = 0; b < times.length; b++) {
            if (times[a] === times[b]) expect(blocks[a]).toBe(blocks[b]);
            if (times[a]! < times[b]!) expect(blocks[a]!).toBeLessThanOrEqual(blocks[b]!);
          }
      }),
    );
  });
});

describe("probability of backtest overfitting", () => {
  const captures = (points: readonly number[]): Capture[] =>
    points.map((sixtyFourths, block) => ({ block, sixtyFourths, objective: false }));

  it("is 0 where one set is best in every block: w = 2/3, logit ln 2", () => {
    const result = backtestOverfitting(blockSumsOf([captures([1, 1]), captures([2, 2])], 2, [0, 0]), "total", 2);
    expect(result).toMatchObject({ pbo: 0, sets: 2, halves: 2 });
    expect(result.logits?.median).toBeCloseTo(Math.LN2, 15);
  });

  it("is 1 where each set is best in one block only: the winner of a half is the loser of the other", () => {
    const result = backtestOverfitting(blockSumsOf([captures([3, 0]), captures([0, 3])], 2, [0, 0]), "total", 2);
    expect(result.pbo).toBe(1);
    expect(result.logits?.median).toBeCloseTo(-Math.LN2, 15);
  });

  it("counts a winner at the median as overfitted", () => {
    // One set is best in the first block and second of three in the other; in sample there, the best one is last in the first.
    const sets = [captures([3, 2]), captures([2, 1]), captures([1, 3])];
    expect(backtestOverfitting(blockSumsOf(sets, 2, [0, 0]), "total", 2)).toMatchObject({
      pbo: 1,
      logits: { q95: 0 },
    });
  });

  it("takes sets that are the same trades as one: named five times over, they say what they say once", () => {
    const two = [captures([3, 1]), captures([1, 2])];
    const often = [...two, two[0]!, two[0]!, two[1]!, two[0]!];
    const once = backtestOverfitting(blockSumsOf(two, 2, [0, 0]), "total", 2);
    expect(backtestOverfitting(blockSumsOf(often, 2, [0, 0]), "total", 2)).toEqual(once);
    expect(once.sets).toBe(2);
    const one = [two[0]!, two[0]!, two[0]!];
    expect(backtestOverfitting(blockSumsOf(one, 2, [0, 0]), "total", 2)).toMatchObject({ pbo: null, sets: 1 });
  });

  it("never takes a set that made nothing for a winner, where all others lose", () => {
    const sets = [captures([0, 0]), captures([-1, -3]), captures([-2, -2])];
    for (const objective of objectiveNames)
      expect(backtestOverfitting(blockSumsOf(sets, 2, [0, 0]), objective, 2)).toMatchObject({ halves: 2, sets: 3 });
    // In the first block the second set is the best that trades at all; in the second block the third is.
    const { logits } = backtestOverfitting(blockSumsOf(sets, 2, [0, 0]), "total", 2);
    expect(logits?.q05).toBeCloseTo(Math.log(1 / 3), 15);
  });

  it("equals six halves of four blocks worked by hand", () => {
    // Totals in 64ths: A 5 3 1 1, B 1 5 4 1, C 2 2 2 4. Winners of the halves 01 02 03 12 13 23: A 8, A 6, A and C 6, B 9, B and C 6, C 6.
    // Ranks in the other half of A, B, C: 01 -> 23: 2 5 6: A 1; 02 -> 13: 4 6 6: A 1; 03 -> 12: 4 9 4: A and C 1.5; 12 -> 03: 6 2 6: B 1;
    // 13 -> 02: 6 5 4: B 2 and C 1, 1.5 on average; 23 -> 01: 8 6 4: C 1. Ranks up to 2 of 3 have logits up to 0: all six.
    const sets = [captures([5, 3, 1, 1]), captures([1, 5, 4, 1]), captures([2, 2, 2, 4])];
    const result = backtestOverfitting(blockSumsOf(sets, 4, [0, 0, 0, 0]), "total", 2);
    expect(result).toMatchObject({ pbo: 1, halves: 6 });
    expect(result.logits).toMatchObject({ q05: Math.log(1 / 3), median: Math.log(1 / 3) });
    expect(result.logits?.q75).toBeCloseTo(Math.log(1.5 / 2.5), 15);
    expect(result.logits?.q95).toBeCloseTo(Math.log(1.5 / 2.5), 15);
  });

  it("leaves out halves in which no set has trades enough, and says nothing where that is all of them", () => {
    const sets = [captures([1]), captures([2])];
    expect(backtestOverfitting(blockSumsOf(sets, 2, [0, 0]), "total", 2).halves).toBe(1);
    expect(backtestOverfitting(blockSumsOf(sets, 2, [0, 0]), "total", 4)).toEqual({
      pbo: null,
      sets: 2,
      halves: 0,
      logits: null,
      spread: null,
    });
  });

  it("says nothing about a single set, which nobody chose", () => {
    expect(backtestOverfitting(blockSumsOf([captures([1, 1])], 2, [0, 0]), "sqn", 0).pbo).toBeNull();
  });

  it("averages over equals: a half counts by the share of its winners that fall to the median or below", () => {
    const sets = [captures([1, 0]), captures([1, 5]), captures([0, 3])];
    // In sample {0}: sets 0 and 1 tie; they rank 1 and 3 of 3, on average 2, and one of the two is not above the median. In sample {1}: set 1 wins
    // and ranks 2.5.
    const { pbo, logits } = backtestOverfitting(blockSumsOf(sets, 2, [0, 0]), "total", 2);
    expect(pbo).toBe(0.5 / 2);
    expect(logits?.q05).toBe(0);
    expect(logits?.q95).toBeCloseTo(Math.log(2.5 / 1.5), 15);
  });

  it("is the same in any order of the sets, ties and repetitions among them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 4, maxLength: 4 }), {
          minLength: 2,
          maxLength: 30,
        }),
        fc.constantFrom(...objectiveNames),
        fc.infiniteStream(fc.nat()),
        (points, objective, keys) => {
          const keyed = points.map((own) => ({ own, key: keys.next().value as number }));
          const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ own }) => captures(own));
          const of = (sets: readonly Capture[][]) =>
            backtestOverfitting(blockSumsOf(sets, 4, [0, 0, 0, 0]), objective, 2);
          expect(of(shuffled)).toEqual(of(points.map(captures)));
        },
      ),
    );
  });

  for (const objective of objectiveNames)
    it(`equals the slow rule, ${objective}`, () => {
      const blocks = 6;
      fc.assert(
        fc.property(
          fc.array(fc.array(capture(blocks), { maxLength: 25 }), { minLength: 2, maxLength: 6 }),
          fc.array(fc.integer({ min: 0, max: 30 }), { minLength: blocks, maxLength: blocks }),
          fc.integer({ min: 0, max: 12 }),
          (sets, objectiveTotals, minTrades) => {
            const slow = slowOverfitting(sets, blocks, objectiveTotals, objective, minTrades);
            const fast = backtestOverfitting(blockSumsOf(sets, blocks, objectiveTotals), objective, minTrades);
            const { logits, overfitted } = slow;
            expect(fast.halves).toBe(logits.length);
            if (logits.length === 0) expect(fast.pbo).toBeNull();
            else expect(fast.pbo).toBeCloseTo(overfitted / logits.length, 12);
            for (const [name, share] of [
              ["q05", 0.05],
              ["q25", 0.25],
              ["median", 0.5],
              ["q75", 0.75],
              ["q95", 0.95],
            ] as const)
              if (fast.logits) expect(fast.logits[name]).toBeCloseTo(quantileOf(logits, share), 12);
          },
        ),
        { numRuns: 60 },
      );
    });

  it("visits all 12,870 halves of 16 blocks", () => {
    const uniform = uniformFrom(3);
    const sets = Array.from({ length: 40 }, () =>
      captures(Array.from({ length: 16 }, () => Math.round(20 * uniform()) - 10)),
    );
    const result = backtestOverfitting(blockSumsOf(sets, 16, new Array(16).fill(0)), "sqn", 2);
    expect(result.halves).toBe(12_870);
    const slow = slowOverfitting(sets.slice(0, 3), 16, new Array(16).fill(0), "total", 2);
    const fast = backtestOverfitting(blockSumsOf(sets.slice(0, 3), 16, new Array(16).fill(0)), "total", 2);
    expect(fast.pbo).toBeCloseTo(slow.overfitted / 12_870, 12);
  });

  it("is 1 where every set has the same total: what is better in one half is worse in the other", () => {
    const uniform = uniformFrom(9);
    const sets = Array.from({ length: 50 }, () => {
      const points = Array.from({ length: 16 }, () => Math.round(40 * uniform()) - 20);
      points[15] = points[15]! - points.reduce((sum, value) => sum + value, 0);
      return captures(points);
    });
    expect(backtestOverfitting(blockSumsOf(sets, 16, new Array(16).fill(0)), "total", 2).pbo).toBe(1);
  });
});
