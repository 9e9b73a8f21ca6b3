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

describe("the best sets of a half", () => {
  const winners = (ranked: readonly number[], second: readonly number[] | null): number[] => {
    const memory = new CoreMemory();
    const pad = (values: readonly number[], filler: number): number[] =>
      values.length % 2 === 0 ? [...values] : [...values, filler];
    const at = memory.placeFloats(pad(ranked, Number.NEGATIVE_INFINITY));
    const secondAt = second ? memory.placeFloats(pad(second, 99)) : 0;
    const list = memory.room(4 * ranked.length);
    const before = memory.copy();
    const count = memory.core.winnersOf(at, secondAt, ranked.length, list);
    expect(memory.isTouchedOutside(before, list, 4 * ranked.length)).toBe(false);
    return memory.readWords(list, count);
  };
  const none = Number.NEGATIVE_INFINITY;

  it("are all that are equally good, in order", () => {
    expect(winners([1, 3, 2, 3, 3], null)).toEqual([1, 3, 4]);
    expect(winners([4, 4, 1], null)).toEqual([0, 1]);
    expect(winners([-2, -1], null)).toEqual([1]);
  });

  it("are none where no set can win", () => {
    expect(winners([none, none, none], null)).toEqual([]);
    expect(winners([none, none], [5, 5])).toEqual([]);
  });

  it("are told apart by the second figure where the first is equal, and only there", () => {
    expect(winners([3, 3, 3, 2, 3], [1, 4, 4, 9, 2])).toEqual([1, 2]);
    expect(winners([1, 2], [8, 3])).toEqual([1]);
    expect(winners([none, 2, 2], [8, -3, -1])).toEqual([2]);
    expect(winners([2, 5, 5, 5], [9, 3, 3, 2])).toEqual([1, 2]);
  });
});

describe("the rank of a set", () => {
  const rank = (first: readonly number[], second: readonly number[] | null, set: number): number => {
    const memory = new CoreMemory();
    const isOdd = first.length % 2 === 1;
    const at = memory.placeFloats(isOdd ? [...first, Number.NaN] : first);
    const secondAt = second ? memory.placeFloats(isOdd ? [...second, 0] : second) : 0;
    return memory.core.rankOf(at, secondAt, first.length, set);
  };

  it("counts the worse ones, and half of the equal ones", () => {
    const first = [5, 1, 3, 3, 3, 9, 0];
    expect(first.map((_, set) => rank(first, null, set))).toEqual([6, 2, 4, 4, 4, 7, 1]);
    expect(rank([1, 1, 1, 1], null, 2)).toBe(2.5);
  });

  it("takes the second figure where the first is equal", () => {
    const first = [2, 1, 2, 2, 1, 3];
    const second = [7, 9, 8, 7, 3, 0];
    expect(first.map((_, set) => rank(first, second, set))).toEqual([3.5, 2, 5, 3.5, 1, 6]);
  });
});
