import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import type { HalfScore } from "../../src/core/halves.ts";
import type { CoreObjective } from "../../src/core/objective.ts";
import { objectives } from "../../src/search/objectives.ts";
import { CoreMemory } from "../support/coreMemory.ts";
import { randomFrom } from "../support/random.ts";

/** Sums of one set over some blocks. */
interface Sums {
  n: number;
  points: number;
  squares: number;
  losingSquares: number;
  gains: number;
  losses: number;
  objective: number;
  wins: number;
}

const nothing: Sums = {
  n: 0,
  points: 0,
  squares: 0,
  losingSquares: 0,
  gains: 0,
  losses: 0,
  objective: 0,
  wins: 0,
};

function sumsOf(trades: readonly number[], objective = 0): Sums {
  const sums = { ...nothing, objective };
  for (const p of trades) {
    sums.n++;
    sums.points += p;
    sums.squares += p * p;
    if (p > 0) {
      sums.gains += p;
      sums.wins++;
    } else {
      sums.losses += p;
      sums.losingSquares += p * p;
    }
  }
  return sums;
}

const names = Object.keys(nothing) as (keyof Sums)[];
const added = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Sums;

/** The columns that objectives read, by their names. */
const named: Readonly<Record<HalfScore["columns"][number], keyof Sums>> = {
  count: "n",
  total: "points",
  squares: "squares",
  losingSquares: "losingSquares",
  gain: "gains",
  loss: "losses",
  objective: "objective",
  wins: "wins",
};

const ratio = (gain: number, loss: number): number => {
  if (loss === 0 && gain === 0) return 0;
  return loss <= 1e-9 * gain ? 999 : gain / loss;
};

/** The rule: [first, second], `second` 0 where there is none. */
function ratingOf(objective: number, sums: Sums, objectiveTotal: number, minCount: number): [number, number] {
  const { n, points, squares, losingSquares, gains, losses, wins } = sums;
  if (n === 0) return [0, 0];
  const mean = points / n;
  const captured = objectiveTotal === 0 ? 0 : sums.objective / objectiveTotal;
  const atCap = (value: number, then: number): [number, number] => {
    if (value !== 999) return [value, 0];
    return n < minCount ? [0, 0] : [value, then];
  };
  switch (objective) {
    case abi.EVIDENCE:
      return [points / Math.sqrt(n), 0];
    case abi.EXPECTANCY:
      return [mean, 0];
    case abi.CAPTURE:
      return [captured * mean, 0];
    case abi.SQN: {
      const variance = n < 2 ? 0 : (squares - n * mean * mean) / (n - 1);
      const share = Math.max(abi.VARIANCE_SHARE_IS_ROUNDING, abi.VARIANCE_SHARE_A_TRADE * n);
      const isRounding = variance < Math.max(abi.VARIANCE_IS_ROUNDING, mean * mean * share);
      return [n < 2 || isRounding ? 0 : (mean / Math.sqrt(variance)) * Math.sqrt(n), 0];
    }
    case abi.SORTINO:
      return atCap(ratio(mean, Math.sqrt(losingSquares / n)), points);
    case abi.PROFIT_FACTOR:
      return atCap(ratio(gains, -losses), gains);
    case abi.BALANCED: {
      if (gains === 0 && losses === 0) return [0, 0];
      if (mean <= 0) return [0, Math.max(0.01, 0.01 + ((mean + 5) / 5) * 0.04)];
      const payoff = ratio(wins === 0 ? 0 : gains / wins, n === wins ? 0 : Math.abs(losses / (n - wins)));
      const winRate = wins / n;
      let score = Math.min(100, 20 * mean);
      if (payoff < 1.5) score -= 20 * (1.5 - payoff);
      else if (payoff >= 2) score += Math.min(20, 10 * (payoff - 2));
      if (winRate < 0.3) score -= 50 * (0.3 - winRate);
      else if (winRate >= 0.6 && payoff < 1.5) score -= 10;
      return [1, Math.max(0, (score + 15 * captured) / 100)];
    }
    case abi.TOTAL:
    case abi.CALMAR:
      return [points, 0];
    default:
      throw new Error(`no rule for objective ${objective}`);
  }
}

const canWin = (sums: Sums, minCount: number): boolean =>
  sums.n >= minCount && (sums.squares !== 0 || sums.points !== 0 || sums.gains !== 0 || sums.losses !== 0);

/** Rows by block placed in memory, and the ratings of all sets over their sum. */
class Rated {
  readonly memory = new CoreMemory();
  readonly first: number;
  readonly second: number;
  readonly ranked: number;
  readonly isClean: boolean;

  constructor(
    { code, halves }: CoreObjective,
    blocks: readonly (readonly Sums[])[],
    objectiveTotal: number,
    minCount: number,
  ) {
    const { memory } = this;
    const sets = blocks[0]!.length;
    const columns = halves.columns.map((name) => named[name]);
    const padded = sets + (sets % 2);
    const rows = blocks.map((block) => {
      const row = new Float64Array(columns.length * padded);
      for (const [k, name] of columns.entries())
        for (const [set, sums] of block.entries()) row[k * padded + set] = sums[name];
      return memory.place(row);
    });
    // One row more than is to be added.
    const list = memory.placeWords([...rows, rows[0]!]);
    const room = memory.room(3 * 8 * padded);
    this.first = room;
    this.ranked = room + 8 * padded;
    this.second = halves.ordersTwice ? room + 16 * padded : 0;
    const before = memory.copy();
    memory.core.rateHalf({
      objective: code,
      rows: list,
      count: rows.length,
      sets,
      objectiveTotal,
      minCount,
      first: this.first,
      second: this.second,
      ranked: this.ranked,
    });
    this.isClean = !memory.isTouchedOutside(before, room, (this.second === 0 ? 2 : 3) * 8 * padded);
  }
}

describe("adding rows", () => {
  it("writes a + b, and nothing past the row", () => {
    const memory = new CoreMemory();
    const a = memory.placeFloats([1, 2, 3, 4]);
    const b = memory.placeFloats([10, 20, 30, 40]);
    const target = memory.room(48);
    const before = memory.copy();
    memory.core.addRows(target, a, b, 32);
    expect(memory.readFloats(target, 4)).toEqual([11, 22, 33, 44]);
    expect(memory.isTouchedOutside(before, target, 32)).toBe(false);
  });
});

describe("rating sets over a half", () => {
  // Trades in points: none, nothing twice, a gain, a loss, both, one gain alone, a small loss beside a large gain, equal ones, many wins of little and one great loss.
  const kinds: readonly (readonly number[])[] = [
    [],
    [0, 0],
    [2, 1],
    [-1, -2],
    [3, -1, 0.5],
    [4],
    [5, -1e-9],
    [999, -1],
    [0.1, 0.1, 0.1],
    [-2, -2],
    [0.5, 0.5, 0.5, 0.5, -1.75],
    [0.25, 0.25, -0.25, -0.125],
    [9, -1, -1, -1, -1],
    [2, 2, -1],
    [1.5, -1, 1.5],
    [30, 20, -1],
    [-6, -3],
    [-1],
    [1, -1],
    [7, -2, -2],
    // A loss that just counts as rounding; gains of 1 without one; gains and a loss far below a point.
    [5, -(5 * abi.LOSS_IS_ROUNDING)],
    [1, 1],
    [1e-5, 1e-5, -1e-5],
  ];

  for (const [name, { core }] of Object.entries(objectives))
    it(`equals the rule to the bit, by ${name}`, () => {
      const random = randomFrom(core.code + 1);
      for (const sets of [1, 2, 5, kinds.length])
        for (const count of [1, 2, 3])
          for (const minCount of [0, 2, 3])
            for (const objectiveTotal of [0, 7]) {
              const blocks = Array.from({ length: count }, (_, block) =>
                Array.from({ length: sets }, (_, set) => {
                  const trades = block === 0 ? kinds[set]! : kinds[Math.floor(random() * kinds.length)]!;
                  return sumsOf(trades, Math.floor(random() * 3));
                }),
              );
              const rated = new Rated(core, blocks, objectiveTotal, minCount);
              const sums = blocks.reduce((all, block) => all.map((one, set) => added(one, block[set]!)));
              const wanted = sums.map((one) => ratingOf(core.code, one, objectiveTotal, minCount));
              const { memory } = rated;
              const plain = (values: number[]): number[] => values.map((value) => value + 0);
              expect(plain(memory.readFloats(rated.first, sets))).toEqual(plain(wanted.map(([first]) => first)));
              if (rated.second !== 0)
                expect(plain(memory.readFloats(rated.second, sets))).toEqual(plain(wanted.map(([, second]) => second)));
              const ranked = sums.map((one, set) =>
                canWin(one, minCount) ? wanted[set]![0] : Number.NEGATIVE_INFINITY,
              );
              expect(plain(memory.readFloats(rated.ranked, sets))).toEqual(plain(ranked));
              if (sets % 2 === 1) {
                expect(memory.readFloats(rated.first + 8 * sets, 1)).toEqual([Number.NaN]);
                expect(memory.readFloats(rated.ranked + 8 * sets, 1)).toEqual([Number.NEGATIVE_INFINITY]);
              }
              expect(rated.isClean).toBe(true);
            }
    });
});

describe("a spread that is only rounding", () => {
  const sqn = objectives.sqn.core;
  const rated = (sums: Partial<Sums>): number => {
    const { memory, first } = new Rated(sqn, [[{ ...nothing, ...sums }]], 0, 0);
    return memory.readFloats(first, 1)[0]!;
  };
  /** Sums of n trades with this mean whose variance is so many times the square of the mean. */
  const spread = (n: number, mean: number, share: number): Partial<Sums> => ({
    n,
    points: n * mean,
    squares: n * mean * mean + (n - 1) * mean * mean * share,
  });

  it("is a share of the squared mean, of many trades a larger one", () => {
    const few = abi.VARIANCE_SHARE_IS_ROUNDING;
    for (const mean of [1, 64]) {
      expect(rated(spread(5, mean, 4 * few))).toBeGreaterThan(0);
      expect(rated(spread(5, mean, few / 4))).toBe(0);
    }
    // So many trades that the share of each is what counts.
    const n = 2 ** Math.ceil(Math.log2((64 * few) / abi.VARIANCE_SHARE_A_TRADE));
    const many = abi.VARIANCE_SHARE_A_TRADE * n;
    expect(rated(spread(n, 1, 4 * many))).toBeGreaterThan(0);
    expect(rated(spread(n, 1, many / 4))).toBe(0);
  });

  it("is less than the least that counts: that one is a spread", () => {
    const mean = 2 ** -30;
    const squares = 2 * mean * mean + abi.VARIANCE_IS_ROUNDING;
    expect(squares - 2 * mean * mean).toBe(abi.VARIANCE_IS_ROUNDING);
    expect(rated({ n: 2, points: 2 * mean, squares })).toBeGreaterThan(0);
    expect(rated({ n: 2, points: 2 * mean, squares: squares * (1 - 1e-6) })).toBe(0);
  });
});

describe("an objective that there is not", () => {
  it("is no half's", () => {
    const { core } = objectives.total;
    expect(() => new Rated({ ...core, code: 99 as never }, [[nothing]], 0, 0)).toThrow("the core crashed in rateHalf");
  });
});
