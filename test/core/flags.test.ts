import { describe, expect, it } from "vitest";
import type { Kernels } from "../../src/core/kernels.ts";
import { balancedScore } from "../../src/search/scores.ts";
import { CoreMemory } from "../support/coreMemory.ts";
import { randomFrom } from "../support/random.ts";

/** Statistics of one cell, summed down its last axis, under four exits: [statistic][lane]. */
type Statistics = readonly (readonly number[])[];

interface Case {
  readonly blocks: number;
  readonly length: number;
  readonly positions: number;
  /** Own numbers by cell, [statistic][lane]. */
  readonly own: readonly Statistics[];
  readonly weights: readonly number[];
}

const shapes = [
  [1, 1, 1],
  [1, 4, 1],
  [3, 1, 2],
  [2, 3, 5],
] as const;

/** Cells of each shape with own statistics from `draw`. Some weights are NaN: cells that may not be ranked. */
function cases(seed: number, draw: (random: () => number) => Statistics, weightOf: (random: () => number) => number) {
  const random = randomFrom(seed);
  return Array.from({ length: 6 }, () => shapes)
    .flat()
    .map(([blocks, length, positions]): Case => {
      const cells = Array.from({ length: blocks * length * positions });
      return {
        blocks,
        length,
        positions,
        own: cells.map(() => draw(random)),
        weights: cells.map(() => (random() < 0.1 ? Number.NaN : weightOf(random))),
      };
    });
}

/** Each cell's statistics with those of the stricter candidates of the last axis. */
function summedDown({ length, positions, own }: Case): Statistics[] {
  return own.map((first, cell) => {
    const candidate = Math.floor(cell / positions) % length;
    const sums = first.map((lanes) => lanes.map(() => 0));
    for (let c = candidate; c < length; c++)
      for (const [k, lanes] of own[cell + (c - candidate) * positions]!.entries())
        for (const [lane, value] of lanes.entries()) sums[k]![lane]! += value;
    return sums;
  });
}

type FlagKernel = Extract<keyof Kernels, `flag${string}`>;

/** Cells that a kernel flags, ascending. */
function flaggedBy(
  name: FlagKernel,
  { blocks, length, positions, own, weights }: Case,
  constant: number,
  factor: number,
) {
  const memory = new CoreMemory();
  const sums = memory.placeFloats(own.flat(2));
  const weightsAt = memory.placeFloats(weights);
  // One entry more than there are cells: the kernels write the next one before they know whether it counts.
  const flagged = memory.room((own.length + 1) * 4);
  const before = memory.copy();
  const rowBytes = own[0]!.length * 32;
  const slab = { sums, rowBytes, blocks, length, positions, weights: weightsAt, constant, flagged };
  const count =
    name === "flagAll"
      ? memory.core.flagAll(own.length, weightsAt, flagged)
      : name === "flagMeans"
        ? memory.core.flagMeans(slab)
        : memory.core[name]({ ...slab, factor });
  expect(memory.isTouchedOutside(before, flagged, (own.length + 1) * 4)).toBe(false);
  return memory.readWords(flagged, count).sort((a, b) => a - b);
}

/** Cells of which any lane passes. */
function cellsWhere(sums: readonly Statistics[], passes: (cell: number, statistics: readonly number[]) => boolean) {
  return [...sums.keys()].filter((cell) =>
    [0, 1, 2, 3].some((lane) =>
      passes(
        cell,
        sums[cell]!.map((lanes) => lanes[lane]!),
      ),
    ),
  );
}

const whole = (random: () => number, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));
const four = (draw: () => number): number[] => [draw(), draw(), draw(), draw()];

describe("flagAll", () => {
  it("flags every cell that may be ranked", () => {
    for (const one of cases(
      1,
      () => [four(() => 0)],
      (random) => whole(random, 0, 3),
    ))
      expect(flaggedBy("flagAll", one, 0, 0)).toEqual(
        [...one.weights.keys()].filter((cell) => one.weights[cell]! >= 0),
      );
  });
});

describe("flagTotals", () => {
  it("flags where the points of any exit reach constant + factor * weight, and where they equal it", () => {
    const points = (random: () => number) => [four(() => whole(random, -4, 4))];
    for (const one of cases(2, points, (random) => whole(random, 0, 3)))
      for (const [constant, factor] of [
        [3, 0],
        [1, 2],
        [-2, -1],
      ] as const)
        expect(flaggedBy("flagTotals", one, constant, factor)).toEqual(
          cellsWhere(summedDown(one), (cell, [total]) => total! >= constant + factor * one.weights[cell]!),
        );
  });
});

describe("flagRatios", () => {
  it("flags where points are above 0 and their square * (constant + factor * weight) reaches the squares", () => {
    const points = (random: () => number) => [four(() => whole(random, -4, 6)), four(() => whole(random, 1, 40))];
    for (const one of cases(3, points, (random) => whole(random, 0, 3)))
      for (const [constant, factor] of [
        [1, 0],
        [0.5, 0.5],
        [0, 0.25],
        [0.25, 4],
      ] as const)
        expect(flaggedBy("flagRatios", one, constant, factor)).toEqual(
          cellsWhere(
            summedDown(one),
            (cell, [total, squares]) =>
              total! > 0 && total! * total! * (constant + factor * one.weights[cell]!) >= squares!,
          ),
        );
  });
});

describe("flagRatiosBelow", () => {
  it("flags where points are not below 0, or their square * (constant + factor * weight) stays within the squares, or nothing is left between", () => {
    const points = (random: () => number) => [four(() => whole(random, -6, 2)), four(() => whole(random, 1, 40))];
    for (const one of cases(5, points, (random) => whole(random, 0, 3) / 2))
      for (const [constant, factor] of [
        [1, 0],
        [0.5, 0.5],
        [2, -0.5],
      ] as const)
        expect(flaggedBy("flagRatiosBelow", one, constant, factor)).toEqual(
          cellsWhere(summedDown(one), (cell, [total, squares]) => {
            const weight = one.weights[cell]!;
            const lost = total! < 0 ? total! * total! : 0;
            return lost * (constant + factor * weight) <= squares! || lost * weight * (1 + 2e-6) >= squares!;
          }),
        );
  });

  it("flags points that are all alike, whatever they lose", () => {
    // Three trades of -2: total -6, squares 12; as far below any key as can be, and yet without a spread.
    const one: Case = { blocks: 1, length: 1, positions: 1, own: [[four(() => -6), four(() => 12)]], weights: [1 / 3] };
    expect(flaggedBy("flagRatiosBelow", one, 1e6, 0)).toEqual([0]);
    expect(flaggedBy("flagRatiosBelow", { ...one, own: [[four(() => -6), four(() => 12.1)]] }, 1e6, 0)).toEqual([]);
  });
});

describe("flagMeans", () => {
  it("flags where the points of any exit times the weight reach the constant, and where they equal it", () => {
    const points = (random: () => number) => [four(() => whole(random, -4, 4))];
    for (const one of cases(6, points, (random) => whole(random, 1, 4) / 4))
      for (const constant of [-1, 0, 0.75])
        expect(flaggedBy("flagMeans", one, constant, 0)).toEqual(
          cellsWhere(summedDown(one), (cell, [total]) => total! * one.weights[cell]! >= constant),
        );
  });
});

describe("flagFactors", () => {
  it("flags where gains and factor times the losses together reach the constant", () => {
    const points = (random: () => number) => [four(() => whole(random, 0, 6)), four(() => whole(random, -5, 0))];
    for (const one of cases(4, points, () => 0))
      for (const [constant, factor] of [
        [2, 1],
        [-1, 2],
        [0, 1.5],
      ] as const)
        expect(flaggedBy("flagFactors", one, constant, factor)).toEqual(
          cellsWhere(
            summedDown(one),
            (cell, [gains, losses]) => one.weights[cell]! >= 0 && gains! + factor * losses! >= constant,
          ),
        );
  });
});

describe("flagBalanced", () => {
  /** How the points of a trade are drawn: mixed, few large wins, large means, and wins of one and a half losses. */
  const kinds: readonly ((random: () => number) => number)[] = [
    (random) => whole(random, -60, 80) / 16,
    (random) => (random() < 0.15 ? whole(random, 60, 300) : whole(random, -30, 4)) / 16,
    (random) => whole(random, -40, 240) / 16,
    (random) => (random() < 0.75 ? 1.5 : -1),
  ];

  /** Trades of one cell and exit: their points, the gains among them, how many won. */
  const trades = (random: () => number, kind: number, n: number): number[] => {
    const points = Array.from({ length: n }, () => kinds[kind]!(random));
    const gains = points.filter((p) => p > 0);
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    return [sum(points), sum(gains), gains.length];
  };

  /** Points of the objective without its terms for capture and drawdown. */
  const pointsOf = (n: number, total: number, gains: number, wins: number): number => {
    const averageLoss = wins === n ? 0 : (gains - total) / (n - wins);
    return (
      100 *
      balancedScore(
        {
          n,
          avg_return: total / n,
          payoff: averageLoss === 0 ? 999 : wins === 0 ? 0 : gains / wins / averageLoss,
          win_rate: wins / n,
          max_drawdown: 0,
          capture_rate: 0,
        },
        20,
      )
    );
  };

  it("never misses a gaining set that reaches the wanted points, and flags none that gains but is far from them", () => {
    let reached = 0;
    let between = 0;
    for (const wanted of [0.5, 6, 12, 18, 25, 31, 45, 60, 98, 99.5, 110, 119])
      for (const kind of kinds.keys()) {
        const seed = kind;
        const random = randomFrom(seed);
        // Each own cell holds n trades, alike under its four exits; cells of one column so sum to the trades of all stricter ones.
        const sizes: number[] = [];
        const drawn = cases(
          seed,
          () => {
            const n = 1 + Math.floor(random() * 4);
            sizes.push(n);
            const lanes = [0, 1, 2, 3].map(() => trades(random, kind, n));
            return [0, 1, 2].map((k) => lanes.map((lane) => lane[k]!));
          },
          () => 0,
        );
        let from = 0;
        for (const one of drawn) {
          const counts = summedDown({
            ...one,
            own: one.own.map((_, cell) => [[sizes[from + cell]!]]),
          }).map(([lanes]) => lanes![0]!);
          from += one.own.length;
          const weighted = { ...one, weights: one.weights.map((weight, cell) => weight + 1 / counts[cell]!) };
          const flagged = new Set(flaggedBy("flagBalanced", weighted, wanted, 20));
          for (const cell of flagged) expect(cell).toBeLessThan(one.own.length);
          for (const [cell, sums] of summedDown(one).entries()) {
            const points = [0, 1, 2, 3].map((lane) =>
              sums[0]![lane]! > 0 ? pointsOf(counts[cell]!, sums[0]![lane]!, sums[1]![lane]!, sums[2]![lane]!) : 0,
            );
            const isRankable = one.weights[cell]! >= 0;
            if (isRankable && points.some((p) => p >= wanted + 1e-6)) {
              reached++;
              expect(flagged.has(cell)).toBe(true);
            }
            if (!isRankable) expect(flagged.has(cell)).toBe(false);
            else if (
              sums[0]!.every((total) => total > 0) &&
              // The comparison leaves out the 10 points off for many small wins, and that a mean counts 100 points at most.
              sums[0]!.every((total) => total / counts[cell]! < 5) &&
              points.every((p) => p + 10 < wanted - 1e-6)
            ) {
              between++;
              expect(flagged.has(cell)).toBe(false);
            }
          }
        }
      }
    expect(reached).toBeGreaterThan(500);
    expect(between).toBeGreaterThan(200);
  });
});
