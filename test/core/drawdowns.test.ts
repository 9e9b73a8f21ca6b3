import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { isOnlyBound } from "../../src/search/keys.ts";
import { randomFrom } from "../support/random.ts";
import { fewEntries, SettleMemory, type SettleOptions } from "../support/settleMemory.ts";
import { type Entry, inOrder } from "../support/sweepMemory.ts";

const some: SettleOptions = { ...fewEntries, objective: "calmar" };

/** Every set with a bound of its own, in a mixed order. */
function boundsOf(held: SettleMemory, seed: number, draw: (random: () => number) => number): Entry[] {
  const random = randomFrom(seed);
  const sets: { set: Entry; at: number }[] = [];
  for (let exit = 0; exit < held.exits; exit++)
    for (let cell = 0; cell < held.cells; cell++) {
      const rank = (exit * 37 + cell * 101) % 10007;
      sets.push({ set: { key: draw(random), rank, exit, cell }, at: random() });
    }
  return sets.sort((a, b) => a.at - b.at).map(({ set }) => set);
}

/** The key with the drawdown in it, by the objective's rule; null where the drawdown is more than is allowed. */
function exactKey({ options }: SettleMemory, bound: number, drawdown: number): number | null {
  if (drawdown > options.most) return null;
  if (options.objective === "calmar") return bound > 0 ? bound / Math.max(drawdown, 1) : bound;
  if (options.objective !== "balanced" || bound < abi.GAIN_KEY) return bound;
  return abi.GAIN_KEY + Math.max(0, bound - abi.GAIN_KEY - Math.max(0, drawdown - options.limit) / 100);
}

/** The leaderboard that walking every set would give. */
function expectLeaders(held: SettleMemory, sets: readonly Entry[]): void {
  const all = sets.flatMap((set) => {
    const key = exactKey(held, set.key, held.drawdownOf(set.exit, set.cell));
    return key === null ? [] : [{ ...set, key }];
  });
  const best = inOrder(all).slice(0, held.options.top);
  const found = inOrder(held.heap(held.leaders));
  expect(found.map(({ rank, exit, cell }) => [rank, exit, cell])).toEqual(
    best.map(({ rank, exit, cell }) => [rank, exit, cell]),
  );
  for (const [k, { key }] of best.entries()) expect(Math.abs(found[k]!.key - key)).toBeLessThan(3e-9);
  const pool = inOrder(held.heap(held.pool));
  // Whatever stands in the pool stands there with its exact key.
  const keys = new Map(all.map(({ rank, key }) => [rank, key]));
  for (const { rank, key } of pool) expect(Math.abs(key - (keys.get(rank) ?? Number.NaN))).toBeLessThan(3e-9);
  expect(pool.slice(0, best.length)).toEqual(found);
}

/** Key of a gaining set, of few bits: the last bit of a key has a meaning of its own. */
const gaining = (score: number): number => abi.GAIN_KEY + Math.floor(score * 2 ** 20) / 2 ** 20;

const cases: readonly (readonly [
  name: string,
  options: Partial<SettleOptions>,
  draw: (random: () => number) => number,
])[] = [
  ["calmar", {}, (random) => 40 * random() - 10],
  ["calmar, with a most", { most: 20 }, (random) => 40 * random() - 10],
  ["calmar of few ties", { top: 12 }, (random) => Math.floor(8 * random()) - 3],
  ["balanced", { objective: "balanced", limit: 4 }, (random) => gaining(0.4 * random())],
  ["balanced with ties", { objective: "balanced", limit: 6 }, (random) => gaining(Math.floor(3 * random()) / 10)],
  [
    "balanced, some losing",
    { objective: "balanced", limit: 4, most: 30 },
    (random) => (random() < 0.9 ? 0.05 * random() : gaining(0.2 * random())),
  ],
  [
    "balanced where drawdowns take every score, with a most",
    { objective: "balanced", limit: 1, most: 12.5, top: 12 },
    (random) => gaining(0.03 * random()),
  ],
  ["balanced with no limit", { objective: "balanced", limit: 0 }, (random) => gaining(0.4 * random())],
  ["a large total with a most", { objective: "total", most: 12.5, limit: 1 }, (random) => 1000 + 50 * random()],
  ["a total with a most", { objective: "total", most: 18 }, (random) => 80 * random() - 60],
  ["a total that nothing reaches", { objective: "total", most: 0.5 }, (random) => 80 * random() - 60],
];

describe("settling sets", () => {
  for (const [name, options, draw] of cases)
    it(`finds the best by ${name}, whatever order they come in`, () => {
      for (let seed = 0; seed < 6; seed++) {
        const held = new SettleMemory(seed, { ...some, ...options });
        const sets = boundsOf(held, seed, draw);
        const { memory, sweep } = held;
        for (const { key, rank, exit, cell } of sets) memory.core.settleSet(sweep, key, rank, exit, cell);
        expectLeaders(held, sets);
        expect(held.settled).toBeGreaterThan(0);
        expect(held.settled).toBeLessThanOrEqual(sets.length);
      }
    });

  it("tells sets that just reach the floor from those that just do not, whatever their drawdown takes", () => {
    for (const [objective, limit, draw] of [
      ["calmar", 0, (random) => 30 * random()],
      ["balanced", 0, (random) => gaining(0.35 + random())],
      ["balanced", 5, (random) => gaining(0.1 + 0.2 * random())],
    ] as const satisfies readonly (readonly [string, number, (random: () => number) => number])[])
      for (let seed = 0; seed < 4; seed++) {
        const held = new SettleMemory(seed, { ...some, objective, limit, entries: 90, ticks: 60 });
        const { memory, pool, sweep } = held;
        for (const { key, rank, exit, cell } of boundsOf(held, seed, draw)) {
          const exact = exactKey(held, key, held.drawdownOf(exit, cell))!;
          if (exact <= abi.GAIN_KEY && objective === "balanced") continue;
          for (const [floor, isReached] of [
            [exact - 1e-6, true],
            [exact + 1e-6, false],
          ] as const) {
            memory.view.setUint32(pool, 0, true);
            memory.view.setUint32(held.leaders, 0, true);
            held.write(abi.SETTLE_FLOOR, floor);
            memory.core.settleSet(sweep, key, rank, exit, cell);
            const found = held.heap(pool);
            expect(found.length).toBe(isReached ? 1 : 0);
            if (isReached) expect(Math.abs(found[0]!.key - exact)).toBeLessThan(3e-9);
          }
        }
      }
  });

  it("walks a set only where its bound reaches what is wanted", () => {
    const held = new SettleMemory(1, { ...some, objective: "total" });
    held.write(abi.SETTLE_FLOOR, 10);
    const settle = (key: number): void => {
      held.memory.core.settleSet(held.sweep, key, 0, 0, 0);
    };
    settle(9);
    expect(held.settled).toBe(0);
    settle(10);
    settle(10 - 5e-9);
    settle(11);
    expect(held.settled).toBe(3);
    expect(inOrder(held.heap(held.pool)).map(({ key }) => key)).toEqual([11, 10, 10 - 5e-9]);
  });

  it("keeps a set whose key only bounds it among the candidates, where its key says so, and not among the leaders", () => {
    const held = new SettleMemory(1, { ...some, objective: "balanced", limit: 1000 });
    const settle = (key: number, rank: number): void => {
      held.memory.core.settleSet(held.sweep, key, rank, 0, 0);
    };
    const bound = gaining(0.25) + 2 ** -43;
    settle(gaining(0.5), 1);
    settle(bound, 2);
    expect(inOrder(held.heap(held.pool)).map(({ key, rank }) => [key, rank])).toEqual([
      [gaining(0.5), 1],
      [bound, 2],
    ]);
    expect(isOnlyBound("balanced", bound)).toBe(true);
    expect(isOnlyBound("balanced", gaining(0.5))).toBe(false);
    expect(isOnlyBound("total", bound)).toBe(false);
    expect(held.heap(held.leaders).map(({ rank }) => rank)).toEqual([1]);
  });

  it("does not take for leaders what only a replay can tell: a total of 0, a ratio above its cap, a spread that is lost in rounding", () => {
    for (const [objective, bounds, others] of [
      ["total", [0], [1, -1, 1e-9]],
      ["expectancy", [0], [-1e-9]],
      ["evidence", [0], [-2]],
      ["capture", [0], [2]],
      ["calmar", [0], [-3]],
      ["sortino", [abi.BEYOND_KEY, abi.BEYOND_KEY + 5000], [0, 998, abi.CAPPED_KEY + 3]],
      ["profit_factor", [abi.BEYOND_KEY, abi.BEYOND_KEY + 5000], [0, 998, abi.CAPPED_KEY + 3]],
      ["sqn", [abi.REPLAY_KEY], [0, -7, 1e6]],
    ] as const)
      for (const key of [...bounds, ...others]) {
        const isBound = (bounds as readonly number[]).includes(key);
        const held = new SettleMemory(1, { ...some, objective, most: 1e9 });
        held.memory.core.settleSet(held.sweep, key, 5, 0, 0);
        expect(held.heap(held.pool).map((entry) => entry.key)).toEqual([key]);
        expect(held.heap(held.leaders).length).toBe(isBound ? 0 : 1);
        expect(isOnlyBound(objective, key)).toBe(isBound);
      }
  });

  it("knows nothing for certain of a set that may not gain, even where its drawdown takes all of its score", () => {
    const held = new SettleMemory(1, { ...some, axes: [], objective: "balanced", limit: 0 });
    const settle = (key: number, rank: number): void => {
      held.memory.core.settleSet(held.sweep, key, rank, 0, 0);
    };
    expect(held.drawdownOf(0, 0)).toBeGreaterThan(2);
    // The last two bits: it bounds, and the set may not gain.
    settle(gaining(0.01) + 3 * 2 ** -43, 1);
    settle(gaining(0.01) + 2 ** -43, 2);
    const pool = held.heap(held.pool).sort((a, b) => a.rank - b.rank);
    expect(pool.map(({ key }) => isOnlyBound("balanced", key))).toEqual([true, false]);
    expect(Math.abs(pool[0]!.key - abi.GAIN_KEY)).toBeLessThan(1e-12);
    expect(pool[1]!.key).toBe(abi.GAIN_KEY);
    expect(held.heap(held.leaders).map(({ rank }) => rank)).toEqual([2]);
  });

  it("counts a gaining set whose drawdown takes all of its score as 0, and as no less", () => {
    const held = new SettleMemory(1, { ...some, axes: [], objective: "balanced", limit: 0 });
    const fall = held.drawdownOf(0, 0);
    const keyOf = (bound: number): number => {
      held.memory.core.settleSet(held.sweep, bound, bound, 0, 0);
      return held.heap(held.pool).find(({ rank }) => rank === bound)!.key;
    };
    expect(fall).toBeGreaterThan(2);
    expect(keyOf(gaining(fall / 100 - 0.01))).toBe(abi.GAIN_KEY);
    // What rounding could lift above 0 stands a tolerance higher, so that it is looked at.
    const edge = abi.GAIN_KEY + fall / 100;
    expect(Math.abs(keyOf(edge - (edge % 2 ** -42)) - abi.GAIN_KEY - 1e-9)).toBeLessThan(1e-12);
    held.write(abi.SETTLE_DRAWDOWN_LIMIT, 1000);
    expect(Math.abs(keyOf(abi.GAIN_KEY) - abi.GAIN_KEY - 1e-9)).toBeLessThan(1e-12);
  });
});

describe("the key that a set must reach", () => {
  const wanted = (held: SettleMemory): number => held.memory.core.settledKey(held.sweep);
  const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-6 * Math.abs(b));

  it("is the floor, less a billionth of it, while places are free", () => {
    const held = new SettleMemory(1, { ...some, objective: "total", top: 2 });
    expect(wanted(held)).toBe(Number.NEGATIVE_INFINITY);
    held.write(abi.SETTLE_FLOOR, 200);
    expect(wanted(held)).toBe(200 - 200 * 1e-9);
    held.write(abi.SETTLE_FLOOR, 2000);
    expect(wanted(held)).toBe(2000 - 2000 * 1e-9);
    held.write(abi.SETTLE_FLOOR, -0.5);
    expect(wanted(held)).toBe(-0.5 - 1e-9);
    held.memory.core.settleSet(held.sweep, 7, 0, 0, 0);
    expect(wanted(held)).toBe(-0.5 - 1e-9);
  });

  it("is the last place's once all are taken, unless the floor is higher", () => {
    const held = new SettleMemory(1, { ...some, objective: "total", top: 2 });
    for (const key of [7, 5, 9]) held.memory.core.settleSet(held.sweep, key, key, 0, 0);
    near(wanted(held), 7);
    expect(wanted(held)).toBeLessThan(7);
    held.write(abi.SETTLE_FLOOR, 8);
    near(wanted(held), 8);
    held.write(abi.SETTLE_FLOOR, 3);
    near(wanted(held), 7);
  });

  it("under balanced has a tolerance of the score alone, not of the thousand above which gaining sets stand", () => {
    const held = new SettleMemory(1, { ...some, objective: "balanced" });
    held.write(abi.SETTLE_FLOOR, abi.GAIN_KEY + 0.25);
    expect(wanted(held)).toBe(abi.GAIN_KEY + 0.25 - 1e-9);
    held.write(abi.SETTLE_FLOOR, abi.GAIN_KEY);
    expect(wanted(held)).toBe(abi.GAIN_KEY - 1e-9);
    held.write(abi.SETTLE_FLOOR, 0.04);
    expect(wanted(held)).toBe(0.04 - 1e-9);
    held.write(abi.SETTLE_FLOOR, abi.GAIN_KEY + 1.25);
    expect(wanted(held)).toBe(abi.GAIN_KEY + 1.25 - 1.25e-9);
  });
});
