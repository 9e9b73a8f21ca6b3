import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { isOnlyBound } from "../../src/search/keys.ts";
import type { Objective } from "../../src/search/objectives.ts";
import { randomFrom } from "../support/random.ts";
import { SweepMemory } from "../support/sweepMemory.ts";

const bits = new BigUint64Array(1);
const number = new Float64Array(bits.buffer);

/** In place of the key of a set that is not ranked. */
const notListed = Number.NaN;

/** The key that the kernels give one set of trades with these points; that of the metrics; and the key's last bits. */
function keyOf(objective: Objective, points: readonly number[], objectives = 0, tellsNothing = false) {
  const own = points.map((p, k) => ({ points: [p, p, p, p], objective: k < objectives }));
  const tile = new SweepMemory({ axes: [], objective, own: [own], minTrades: 1, capacity: 1, exits: 1, tellsNothing });
  tile.fillSlab(0);
  const { memory, sweep, own: sums } = tile;
  const list = memory.room(4 * abi.ENTRY_BYTES);
  const size = memory.placeWords([0]);
  const flagged = memory.core.finishSlab(sweep, sums, 0);
  const all = { sweep, own: sums, slab: 0, exit: 0, lanes: 1, count: flagged };
  memory.core.listFlagged({ ...all, from: 0, threshold: Number.NEGATIVE_INFINITY, list, size, capacity: 4 });
  const key = memory.readWords(size, 1)[0] === 0 ? notListed : tile.entries(list, 1)[0]!.key;
  number[0] = key;
  const pattern = bits[0]!;
  const last = (count: number): bigint => pattern & ((1n << BigInt(count)) - 1n);
  return { key, plain: tile.keyOf(0, 0), last };
}

const expectNear = (found: number, wanted: number, tolerance: number): void =>
  expect(Math.abs(found - wanted)).toBeLessThan(tolerance);

describe("the ordering key", () => {
  it("is the total, the mean, the captured share of the mean: 1 - 2 + 4 = 3", () => {
    expect(keyOf("total", [1, -2, 4]).key).toBe(3);
    expect(keyOf("calmar", [1, -2, 4]).key).toBe(3);
    expect(keyOf("expectancy", [1, -2, 4]).key).toBe(1);
    expect(keyOf("capture", [1, -2, 4], 2).key).toBe(1);
  });

  it("by evidence is the total over the root of the trades: of four 8 is 4, of nine -6 is -2, of one itself", () => {
    expect(keyOf("evidence", [5, -1, 3, 1]).key).toBe(4);
    expect(keyOf("evidence", [1, -2, 1, -2, 1, -2, 1, -2, -2]).key).toBe(-2);
    expect(keyOf("evidence", [-7]).key).toBe(-7);
    // 3 over the root of 3.
    expectNear(keyOf("evidence", [1, -2, 4]).key, Math.sqrt(3), 1e-9);
    expect(keyOf("evidence", [1, -2, 4], 2).key).toBe(keyOf("evidence", [1, -2, 4]).key);
  });

  it("stands above the cap by the total where there is no loss", () => {
    expect(keyOf("sortino", [1, 0, 4]).key).toBe(abi.CAPPED_KEY + 5);
    expect(keyOf("profit_factor", [1, 0, 4]).key).toBe(abi.CAPPED_KEY + 5);
    expect(keyOf("profit_factor", [1, -2, 4]).key).toBe(2.5);
    // The mean of [3, -4] is -0.5, the mean square of its losses 8.
    expectNear(keyOf("sortino", [3, -4]).key, -0.5 / Math.sqrt(8), 1e-9);
    // A total above the cap is kept to a millionth of a point.
    expectNear(keyOf("sortino", [0.1234567, 7.7654321]).key, abi.CAPPED_KEY + 7.8888888, 1.1e-6);
  });

  it("is none for trades that all made nothing, by every objective whose sums can tell", () => {
    for (const objective of ["sqn", "sortino", "profit_factor", "balanced"] as const)
      for (const points of [[0], [0, 0, 0]]) expect(keyOf(objective, points).key).toBe(notListed);
    // The total alone may be that of gains and losses.
    for (const objective of ["evidence", "total", "expectancy", "capture", "calmar"] as const) {
      expect(keyOf(objective, [0, 0]).key).toBe(0);
      expect(isOnlyBound(objective, 0)).toBe(true);
      expect(keyOf(objective, [0, 0], 0, true).key).toBe(notListed);
      expect(keyOf(objective, [1, -1], 0, true).key).toBe(0);
      expect(keyOf(objective, [1, -3], 1, true).key).toBe(keyOf(objective, [1, -3], 1).key);
    }
  });

  it("stands above 2,000,000,000 for a ratio above the cap, and at the cap where the loss is rounding", () => {
    // 5,000 over 1: better than no loss at all, which counts 999.
    expectNear(keyOf("profit_factor", [5000, -1]).key, abi.BEYOND_KEY + 5000, 1e-5);
    expectNear(keyOf("sortino", [2000, -0.5]).key, abi.BEYOND_KEY + 999.75 / (0.5 / Math.SQRT2), 1e-5);
    expect(keyOf("profit_factor", [998, -1]).key).toBe(998);
    // Where 999 is met it may be either side of it.
    const atCap = keyOf("profit_factor", [999, -1]).key;
    expectNear(atCap, abi.BEYOND_KEY + 999, 1e-5);
    expect(isOnlyBound("profit_factor", atCap)).toBe(true);
    expect(isOnlyBound("profit_factor", keyOf("profit_factor", [998, -1]).key)).toBe(false);
    expect(isOnlyBound("profit_factor", keyOf("profit_factor", [998]).key)).toBe(false);
    expectNear(keyOf("profit_factor", [3, -1e-14]).key, abi.CAPPED_KEY + 3, 1.1e-6);
    expectNear(keyOf("sortino", [3, -1e-14]).key, abi.CAPPED_KEY + 3, 1.1e-6);
    expectNear(keyOf("profit_factor", [3, -1e-8]).key, abi.BEYOND_KEY + 3e8, 1);
    expectNear(keyOf("profit_factor", [3, -5e-9]).key, abi.BEYOND_KEY + 6e8, 1);
  });

  it("is 0 by sqn for one trade and for trades that are equal but for rounding, and asks for a replay where rounding hides a spread", () => {
    expect(keyOf("sqn", [3]).key).toBe(0);
    expect(keyOf("sqn", [2, 2, 2]).key).toBe(0);
    expect(keyOf("sqn", [-0.14, -0.14, -0.14, -0.14 * (1 + 1e-13)]).key).toBe(0);
    expect(keyOf("sqn", Array(5000).fill(0.86)).key).toBe(0);
    expect(keyOf("sqn", [1e-10, -1e-10, 2e-10]).key).toBe(0);
    // What adding may have lost is allowed for: half a percent of the limit for two trades, 18 % for 400.
    const around = (count: number, variance: number): number[] => {
      const deviation = Math.sqrt((variance * (count - 1)) / count);
      return Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 + deviation : 1 - deviation));
    };
    expect(keyOf("sqn", around(2, 0.99e-12)).key).toBe(0);
    expect(keyOf("sqn", around(2, 0.998e-12)).key).toBe(abi.REPLAY_KEY);
    expect(keyOf("sqn", around(2, 1.5e-12)).key).toBe(abi.REPLAY_KEY);
    expect(keyOf("sqn", around(400, 0.75e-12)).key).toBe(0);
    expect(keyOf("sqn", around(400, 0.9e-12)).key).toBe(abi.REPLAY_KEY);
    // A deviation of 3 parts in a million is one.
    expect(keyOf("sqn", [2 - 6e-6, 2 + 6e-6]).key).toBe(abi.REPLAY_KEY);
    // Spreads of 1e-7 and 1e-5 of the squares.
    expect(keyOf("sqn", [2 - 6e-4, 2 + 6e-4]).key).toBe(abi.REPLAY_KEY);
    expectNear(keyOf("sqn", [2 - 6e-3, 2 + 6e-3]).key, (2 / (6e-3 * Math.SQRT2)) * Math.SQRT2, 1e-5);
    // Variances of 8e-13 and 2e-10.
    expect(keyOf("sqn", [8e-7, -6e-7, 9e-7, -8e-7]).key).toBe(abi.REPLAY_KEY);
    const small = keyOf("sqn", [2e-5, -1e-5, 1e-5]);
    expectNear(small.key, small.plain, 1e-9);
    // Two trades 0.9e-6 from 0 have a variance of 1.62e-12, by one degree of freedom; three or two would take it below.
    expect(keyOf("sqn", [0.9e-6, -0.9e-6]).key).toBe(0);
    // Variances of 2e-18 and 0.5e-18: a spread, as a replay must say, and none.
    expect(keyOf("sqn", [1e-9, -1e-9]).key).toBe(abi.REPLAY_KEY);
    expect(keyOf("sqn", [0.5e-9, -0.5e-9]).key).toBe(0);
  });

  it("under balanced is the score of a losing set, never below 0.01", () => {
    expectNear(keyOf("balanced", [-1, -1.5]).key, 0.01 + 0.75 * 0.04, 1e-11);
    expectNear(keyOf("balanced", [-5.5, -5]).key, 0.01, 1e-11);
    expectNear(keyOf("balanced", [-30]).key, 0.01, 1e-11);
  });

  it("under balanced stands above 1000 by the score of a gaining set", () => {
    // Mean 1, payoff 3: 20 + 10 points; half win. Captured all: 15 more.
    expectNear(keyOf("balanced", [3, -1]).key, abi.GAIN_KEY + 0.3, 1e-9);
    expectNear(keyOf("balanced", [3, -1], 1).key, abi.GAIN_KEY + 0.45, 1e-9);
    // Mean 2, payoff 1, three of four win: 40 - 10 - 10.
    expectNear(keyOf("balanced", [4, 4, 4, -4]).key, abi.GAIN_KEY + 0.2, 1e-9);
    // One of four wins: 20 * 1 + 20 - 50 * 0.05.
    expectNear(keyOf("balanced", [10, -2, -2, -2]).key, abi.GAIN_KEY + 0.375, 1e-9);
    // No loss: 100 + 20.
    expectNear(keyOf("balanced", [9, 9, 0]).key, abi.GAIN_KEY + 1.2, 1e-9);
    // Payoffs of 2, 4 and 5: 0, 20 and 20.
    expectNear(keyOf("balanced", [2, -1]).key, abi.GAIN_KEY + 0.1, 1e-9);
    expectNear(keyOf("balanced", [4, -1]).key, abi.GAIN_KEY + 0.5, 1e-9);
    expectNear(keyOf("balanced", [5, -1]).key, abi.GAIN_KEY + 0.6, 1e-9);
    expect(keyOf("balanced", [1, 1, -1.99]).key).toBe(abi.GAIN_KEY);
  });

  it("under balanced bounds a set that might gain or not", () => {
    // Losing by less than rounding may: no win, so a payoff of 0.
    const losing = keyOf("balanced", [-1e-10, -2e-10]).key;
    expectNear(losing, abi.GAIN_KEY, 1e-12);
    // 1 - 1: nothing for the mean, 10 off for a payoff of 1; 8 - 4 * 2: 20 points for the payoff, 5 off for one win in five.
    const even = keyOf("balanced", [8, -2, -2, -2, -2]).key;
    expectNear(even, abi.GAIN_KEY + 0.15, 1e-9);
    for (const key of [losing, even, keyOf("balanced", [1, -1]).key]) expect(isOnlyBound("balanced", key)).toBe(true);
    expect(isOnlyBound("balanced", keyOf("balanced", [1, -0.999]).key)).toBe(false);
  });

  it("under balanced takes the 10 points off only where the payoff is surely below 1.5, and else says that it bounds", () => {
    for (const wins of [2, 3, 5, 7, 11, 19])
      for (const losses of [1, 2, 3]) {
        if (wins < 2 * losses) continue;
        const set = (win: number) => keyOf("balanced", [...Array(wins).fill(win), ...Array(losses).fill(-1)]);
        const mean = (1.5 * wins - losses) / (wins + losses);
        const edge = set(1.5);
        expectNear(edge.key, abi.GAIN_KEY + Math.min(1, mean / 5), 1e-9);
        expect(isOnlyBound("balanced", edge.key)).toBe(true);
        expect(edge.last(11)).toBe(1n);
        // Clearly below, however little, and clearly above.
        const below = set(1.5 - 1e-6);
        expectNear(below.key, abi.GAIN_KEY + Math.min(1, mean / 5) - 0.1, 1e-6);
        const above = set(1.5 + 1e-6);
        expectNear(above.key, abi.GAIN_KEY + Math.min(1, mean / 5), 1e-6);
        for (const { key } of [below, above]) expect(isOnlyBound("balanced", key)).toBe(false);
      }
    // Exactly 0.6 win, and hardly any points.
    expect(isOnlyBound("balanced", keyOf("balanced", [0.03, 0.03, 0.03, -0.02, -0.02]).key)).toBe(true);
    // Fewer than 0.6 win: nothing jumps. And a score of 0 cannot be less.
    expect(isOnlyBound("balanced", keyOf("balanced", [1.5, -1]).key)).toBe(false);
    const tiny = keyOf("balanced", [1.5e-9, 1.5e-9, -1e-9]);
    expect(isOnlyBound("balanced", tiny.key)).toBe(tiny.key > abi.GAIN_KEY);
  });

  it("leaves out the last bits, which the order of adding may change", () => {
    const random = randomFrom(9);
    const kept = new Map<Objective, number>([
      ["total", 20],
      ["expectancy", 20],
      ["sqn", 20],
      ["sortino", 20],
      ["profit_factor", 20],
      ["capture", 20],
      ["calmar", 20],
    ]);
    const least = new Map<string, number>();
    for (let k = 0; k < 60; k++) {
      const points = Array.from({ length: 3 + Math.floor(9 * random()) }, () => 8 * random() - 3.5);
      for (const [objective, count] of kept) {
        const { key, plain, last } = keyOf(objective, points, 2);
        if (key === 0 || key >= abi.CAPPED_KEY) continue;
        expect(last(count)).toBe(0n);
        expectNear(key, plain, 2.5e-10 * Math.abs(plain) + 1e-12);
        least.set(objective, Math.min(least.get(objective) ?? 64, trailingZeros(last)));
      }
      const balanced = keyOf("balanced", points, 2);
      const isGaining = balanced.key >= abi.GAIN_KEY;
      expect(balanced.last(isGaining ? 11 : 20)).toBe(0n);
      expectNear(balanced.key, balanced.plain, isGaining ? 2.4e-10 : 2.5e-10 * balanced.plain);
      const kind = isGaining ? "gaining" : "losing";
      least.set(kind, Math.min(least.get(kind) ?? 64, trailingZeros(balanced.last)));
      const capped = keyOf("sortino", points.map(Math.abs));
      expect(capped.last(3)).toBe(0n);
      expectNear(capped.key, capped.plain, 1.1e-6);
      least.set("capped", Math.min(least.get("capped") ?? 64, trailingZeros(capped.last)));
    }
    // And no more than these.
    for (const [objective, count] of kept) expect(least.get(objective)).toBe(count);
    expect([least.get("gaining"), least.get("losing"), least.get("capped")]).toEqual([11, 20, 3]);
  });

  it("is the same whatever the order of the trades", () => {
    const random = randomFrom(10);
    for (const objective of ["total", "sqn", "sortino", "profit_factor", "balanced", "expectancy"] as const)
      for (let k = 0; k < 20; k++) {
        const points = Array.from({ length: 12 }, () => 8 * random() - 3.5);
        expect(keyOf(objective, [...points].reverse()).key).toBe(keyOf(objective, points).key);
        expect(keyOf(objective, [...points].sort()).key).toBe(keyOf(objective, points).key);
      }
  });
});

/** How many of a key's last bits are 0. */
function trailingZeros(last: (count: number) => bigint): number {
  let count = 0;
  while (count < 64 && last(count + 1) === 0n) count++;
  return count;
}
