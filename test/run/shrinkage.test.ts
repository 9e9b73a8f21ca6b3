import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareCore } from "../../src/core/instance.ts";
import { groupMarket, groupUniverse } from "../../src/run/groups/groupData.ts";
import { type Leaders, rankShrunk, type WholeAverages } from "../../src/run/groups/shrinkage.ts";
import { settingsOf } from "../../src/run/request.ts";
import { Run } from "../../src/run/run.ts";
import { Session } from "../../src/run/session.ts";
import { type Part, typePartsOf } from "../../src/run/typeParts.ts";
import type { RunUniverse } from "../../src/run/universe.ts";
import { type Objective, objectiveNames } from "../../src/search/objectives.ts";
import type { Trade } from "../../src/search/trades.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { ownShare } from "../../src/validation/shrunk.ts";
import { type RandomCase, randomCase } from "../support/random.ts";

beforeAll(() => prepareCore());

const barMs = 900_000;
const settings = settingsOf({ minTrades: 5, threads: 1 });
const longestBars = 24;

/** A random market with one group, AAA, and everything that is compared. */
function compared(one: RandomCase) {
  const { market, table, labels } = one;
  const rows = Uint32Array.from(table.symbol.keys()).filter((row) => table.bar[row]! + longestBars < 400);
  const split = { timeMs: Number.POSITIVE_INFINITY, training: rows, holdout: new Uint32Array(0), purged: 0 };
  const universe = { table, labels, split, leftOut: 0, crossingBreaks: 0 };
  const group = { name: "one", symbols: ["AAA"] };
  const own = groupUniverse(universe, group);
  const runOf = (of: typeof market): Run => new Run(new Session(), settings, of, longestBars);
  const partOf = (of: RunUniverse): Part => typePartsOf("all", of.table, of.labels, of.split).training;
  return {
    group: { run: runOf(groupMarket(market, group)), part: partOf(own) },
    whole: { run: runOf(market), part: partOf(universe) },
  };
}

const setOf = fc.record({
  min_score: fc.constantFrom(0, 3, 6),
  max_level: fc.constantFrom(2, 4),
  atr_tp_multiplier: fc.constantFrom(1, 2, 4),
  atr_stop_multiplier: fc.constantFrom(1, 2),
  max_holding_hours: fc.constantFrom(2, 6),
});
const leadersOf: fc.Arbitrary<Leaders> = fc.record({
  group: fc.array(setOf, { maxLength: 8 }),
  whole: fc.array(setOf, { maxLength: 8 }),
});

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Bar by bar: how many of the trades are open, and what part of one each of them is there. */
function slowShare(trades: readonly Trade[]): number {
  if (trades.length < 2) return 0;
  const barsOf = ({ entryTimeMs, exitTimeMs }: Trade): number[] => {
    const bars: number[] = [];
    for (let time = entryTimeMs; time < Math.max(exitTimeMs, entryTimeMs + barMs); time += barMs) bars.push(time);
    return bars;
  };
  const open = new Map<number, number>();
  for (const trade of trades) for (const time of barsOf(trade)) open.set(time, (open.get(time) ?? 0) + 1);
  const n = trades.reduce((sum, trade) => sum + mean(barsOf(trade).map((time) => 1 / open.get(time)!)), 0);
  const points = trades.map((trade) => 100 * trade.return);
  const variance = points.reduce((sum, value) => sum + (value - mean(points)) ** 2, 0) / (points.length - 1);
  return n / (n + variance / 0.2 ** 2);
}

describe("the leaders of a group and of the whole", () => {
  it("are ranked by the group's average shrunk towards the whole's, as computed set by set and trade by trade", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), leadersOf, (seed, leaders) => {
        const { group, whole } = compared(randomCase(seed, 300, 400));
        const ranked = rankShrunk({ group, whole }, leaders, "evidence");
        const texts = new Set<string>();
        const slow = [
          ...leaders.group.map((params) => ({ params, from: "group" })),
          ...leaders.whole.map((params) => ({ params, from: "whole" })),
        ].flatMap(({ params, from }) => {
          const text = JSON.stringify(params);
          if (texts.has(text)) return [];
          texts.add(text);
          const tradesIn = (part: typeof group): Trade[] =>
            part.run.replaying(part.part, (replayer) => replayer.trades(params));
          const [own, all] = [tradesIn(group), tradesIn(whole)];
          if (own.length < 5) return [];
          const share = slowShare(own);
          const [a, b] = [own, all].map((trades) => mean(trades.map((trade) => 100 * trade.return)));
          const shrunk = share * a! + (1 - share) * b!;
          return [
            { params, from, share, shrunk, n: own.length, wholeN: all.length, score: shrunk * Math.sqrt(own.length) },
          ];
        });
        slow.sort((a, b) => b.score - a.score);
        expect(ranked.length).toBe(slow.length);
        for (const [k, found] of ranked.entries()) {
          const { share, shrunk, n, wholeN, score } = slow[k]!;
          expect(found.score).toBeCloseTo(score, 9);
          expect(found.share).toBeCloseTo(share, 9);
          expect(found.shrunk_avg_return).toBeCloseTo(shrunk, 9);
          expect([found.group.n, found.whole.n]).toEqual([n, wholeN]);
        }
        expect(ranked.map(({ params }) => JSON.stringify(params)).sort()).toEqual(
          slow.map(({ params }) => JSON.stringify(params)).sort(),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("are the same whatever was known of the whole before, and however often they are asked", () => {
    const { group, whole } = compared(randomCase(7, 300, 400));
    const set = (tp: number, score: number): Parameters => ({ min_score: score, atr_tp_multiplier: tp });
    const leaders = { group: [set(1, 0), set(2, 3)], whole: [set(4, 0), set(2, 3)] };
    const known: WholeAverages = new Map();
    const once = rankShrunk({ group, whole }, leaders, "evidence", known);
    expect(known.size).toBe(2);
    expect(rankShrunk({ group, whole }, leaders, "evidence", known)).toEqual(once);
    expect(rankShrunk({ group, whole }, leaders, "evidence")).toEqual(once);
  });

  it.each(objectiveNames)(
    "have a score by %s that is the group's own where the group is the whole",
    (objective: Objective) => {
      const { whole } = compared(randomCase(11, 300, 400));
      const sets = [1, 2, 4].map((tp): Parameters => ({ atr_tp_multiplier: tp, max_holding_hours: 6 }));
      for (const { params, score } of rankShrunk({ group: whole, whole }, { group: sets, whole: [] }, objective)) {
        const { metrics } = whole.run.replaying(whole.part, (replayer) => replayer.figures(params));
        const direct = { sqn: metrics.sqn, sortino: metrics.sortino, profit_factor: metrics.profit_factor } as const;
        if (objective in direct) expect(score).toBeCloseTo(direct[objective as keyof typeof direct], 9);
        if (objective === "evidence") expect(score).toBeCloseTo(metrics.total_return / Math.sqrt(metrics.n), 9);
        if (objective === "total") expect(score).toBeCloseTo(metrics.total_return, 9);
        expect(Number.isFinite(score)).toBe(true);
      }
    },
  );

  it("give the whole's choice where a group has few trades, and the group's own where it has many", () => {
    const trades = (count: number): Trade[] =>
      Array.from(
        { length: count },
        (_, k) =>
          ({
            entryTimeMs: k * 2 * barMs,
            exitTimeMs: (k * 2 + 1) * barMs,
            return: k % 2 === 0 ? 0.02 : -0.02,
          }) as Trade,
      );
    // A deviation of 2 points over one of 0.2 is as much as a hundred trades.
    expect(ownShare(trades(10), barMs)).toBeLessThan(0.1);
    expect(ownShare(trades(100), barMs)).toBeCloseTo(0.5, 2);
    expect(ownShare(trades(1000), barMs)).toBeGreaterThan(0.9);
  });
});
