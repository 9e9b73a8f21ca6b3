import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { portfolioMetricsOf } from "../../src/portfolio/metrics.ts";
import { type PortfolioMetric, portfolioMetricNames, portfolioRankings } from "../../src/portfolio/rankings.ts";
import { type RankedOutcome, rankByPortfolio } from "../../src/portfolio/shortlist.ts";
import { accountOf } from "../../src/portfolio/walk.ts";
import { keyTolerance, orderingKeyOf } from "../../src/search/keys.ts";
import { compareSets, type Objective } from "../../src/search/objectives.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Space } from "../../src/space/parameters.ts";
import { allSets, bruteForce, tradesOfAll } from "../oracle/bruteForce.ts";
import { plainPortfolio } from "../support/accounts.ts";
import { portfolioArbitrary } from "../support/portfolios.ts";
import { holedCase, randomCase } from "../support/random.ts";
import { inAnyOrder, intrabarRules, some, taskOf } from "../support/searchCases.ts";

const spaceArbitrary: fc.Arbitrary<Space> = fc
  .record({
    min_score: some(0, 2, 2.5, 5),
    allowed_group: some<"any" | number[]>("any", [0, 1], [1, 2, 3]),
    atr_tp_multiplier: some(0.5, 1, 2),
    atr_stop_multiplier: some(0.5, 1, 3),
    max_holding_hours: some(1, 4, 4.1),
    trailing_stop_enabled: some(false, true),
    trailing_stop_activation: some(0, 1),
    trailing_stop_distance: fc.constant([0.5]),
  })
  .chain(inAnyOrder);

const objectiveArbitrary = fc.constantFrom<Objective>("evidence", "total", "balanced", "calmar", "profit_factor");

/** Every set walked and traded from one purse: those of the shortlist in order, and the best of all sets. */
function plainly(task: SearchTask, metric: PortfolioMetric, portfolio: typeof plainPortfolio, shortlist: number) {
  const { table, market, rules, objective } = task;
  const sets = allSets(task.space);
  const trades = tradesOfAll(task);
  const { top: ranked } = bruteForce({ ...task, top: sets.length });
  const traded = ranked.map((set, k) => {
    const account = accountOf({ table, market, rules, portfolio }, sets[set.index]!, trades[set.index]!);
    const metrics = portfolioMetricsOf(account.sums, portfolio, account.days);
    return { ...set, place_by_sums: k + 1, portfolio: metrics, value: portfolioRankings[metric].value(metrics) };
  });
  const inOrder = [...traded].sort((a, b) => b.value - a.value || compareSets(objective, a, b));
  const keyOf = ({ score, metrics }: (typeof traded)[number]) => orderingKeyOf(objective, score, metrics);
  const last = traded[Math.max(shortlist, task.top) - 1];
  const least = last ? keyOf(last) - keyTolerance(objective, keyOf(last)) : Number.NEGATIVE_INFINITY;
  return { all: inOrder, listed: inOrder.filter((set) => keyOf(set) >= least) };
}

const shown = (sets: readonly (RankedOutcome["top"][number] | ReturnType<typeof plainly>["all"][number])[]) =>
  sets.map(({ index, score, metrics, portfolio }) => ({ index, score, metrics, portfolio }));

/** Expects of random searches what walking and trading every set plainly gives, and counts how they ended. */
function expectPlain(portfolios: typeof portfolioArbitrary, metrics: fc.Arbitrary<PortfolioMetric>, numRuns: number) {
  const met = { whole: 0, proven: 0, further: 0, not: 0 };
  const cases = fc.record({
    seed: fc.integer(),
    caseOf: fc.constantFrom(randomCase, holedCase),
    space: spaceArbitrary,
    objective: objectiveArbitrary,
    metric: metrics,
    portfolio: portfolios,
    intrabar: intrabarRules,
    shortlist: fc.integer({ min: 1, max: 40 }),
    top: fc.constantFrom(1, 3),
  });
  const property = fc.property(cases, ({ seed, caseOf, space, objective, metric, portfolio, ...one }) => {
    const made = taskOf(caseOf(seed, 50, 90), space, objective, { minTrades: 3 }, one.intrabar, 2 ** 22);
    const task = { ...made, top: one.top };
    const { top, ranking } = rankByPortfolio(task, { portfolio, metric, shortlist: one.shortlist });
    const { all, listed } = plainly(task, metric, portfolio, one.shortlist);
    expect(shown(top)).toEqual(shown((ranking.exact ? all : listed).slice(0, task.top)));
    expect(ranking.with_ties).toBe(true);
    const isWhole = listed.length === all.length;
    if (isWhole) expect(ranking.exact).toBe(true);
    if (isWhole || !ranking.exact) expect(ranking.traded).toBe(listed.length);
    met[isWhole ? "whole" : ranking.exact ? "proven" : "not"]++;
    if (ranking.traded > listed.length) met.further++;
    const placeOf = (index: number) => all.find((set) => set.index === index)!.place_by_sums;
    for (const set of top) if (set.place_by_sums !== null) expect(set.place_by_sums).toBe(placeOf(set.index));
    expect(ranking.winner_place).toBe(top[0]?.place_by_sums ?? null);
  });
  fc.assert(property, { numRuns, seed: 3 });
  return met;
}

describe("a leaderboard by portfolio", () => {
  it("is that of every set of the shortlist walked and traded plainly, or of the whole space where it says so", () => {
    const met = expectPlain(portfolioArbitrary, fc.constantFrom(...portfolioMetricNames), 100);
    expect(met.whole).toBeGreaterThan(5);
    expect(met.not).toBeGreaterThan(5);
  });

  it("is proven to be that of the whole space where no gains could reach it, or those that could were traded too", () => {
    const fixed = portfolioArbitrary.filter(({ stake }) => stake.kind === "fixed");
    const met = expectPlain(fixed, fc.constantFrom("return", "cagr"), 60);
    expect(met.proven).toBeGreaterThan(5);
    expect(met.further).toBeGreaterThan(2);
  });

  it("does not depend on threads or memory", () => {
    const space = {
      min_score: [0, 2, 2.5, 5],
      max_level: [4, 3, 1],
      atr_tp_multiplier: [0.5, 1, 2],
      atr_stop_multiplier: [0.5, 1, 3],
      max_holding_hours: [1, 4, 4.1],
    };
    const task = taskOf(randomCase(5, 60, 90), space, "evidence", { minTrades: 3 }, "stop-first", 2 ** 24);
    const ranking = { portfolio: plainPortfolio, metric: "sharpe", shortlist: 50 } as const;
    const { engine: _, ...expected } = rankByPortfolio(task, ranking);
    for (const [threads, memoryBytes] of [
      [1, 2 ** 20],
      [3, 2 ** 24],
    ] as const) {
      const { engine: __, ...found } = rankByPortfolio({ ...task, threads, memoryBytes }, ranking);
      expect(found).toEqual(expected);
    }
  });
});
