import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, type Market, part } from "../../src/candles/candles.ts";
import { longestTriedBars } from "../../src/search/stages.ts";
import type { Trade, TradeRules } from "../../src/search/trades.ts";
import { neighboursOf } from "../../src/space/neighbours.ts";
import { buyAndHold } from "../../src/validation/baselines.ts";
import { breakdownOf } from "../../src/validation/breakdown.ts";
import { permutationTest, pOf } from "../../src/validation/permutation.ts";
import { plateauOf, plateauTest } from "../../src/validation/plateau.ts";
import { enterAtRandom } from "../../src/validation/randomEntries.ts";
import { selectionOf, selectionTest } from "../../src/validation/selection.ts";
import { exitInAtrs } from "../support/exits.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

const rules: TradeRules = {
  fee: 0.0005,
  slippage: 0.0002,
  fundingPer8h: 0,
  intrabar: "stop-first",
  summaryBars: null,
};

function trade(more: Partial<Trade>): Trade {
  return {
    row: 0,
    symbol: "AAA",
    type: "all",
    direction: 1,
    entryTimeMs: 0,
    exitTimeMs: 900_000,
    entry: 100,
    exit: 100,
    reason: "timeout",
    bars: 1,
    halfBars: 2,
    return: 0,
    ambiguous: false,
    otherReturn: 0,
    objective: false,
    ...more,
  };
}

describe("neighbours of a set", () => {
  const space = {
    min_score: [40, 50, 60, 70],
    require_flag: [false, true],
    allowed_group: ["any", [1], [2, 3]],
    atr_tp_multiplier: [1, 2],
    trailing_stop_enabled: [false, true],
    trailing_stop_activation: [0.5, 1, 2],
    trailing_stop_distance: [1],
  } as const;
  const set = {
    min_score: 50,
    require_flag: false,
    allowed_group: [1],
    atr_tp_multiplier: 2,
    trailing_stop_enabled: false,
  };

  it("are one step away in a number, and every other value of a switch or a list", () => {
    const changed = neighboursOf(space, set).map((other) =>
      Object.fromEntries(
        Object.entries(other).filter(([key, value]) => (set as Record<string, unknown>)[key] !== value),
      ),
    );
    expect(changed).toEqual([
      { min_score: 40 },
      { min_score: 60 },
      { require_flag: true },
      { allowed_group: "any" },
      { allowed_group: [2, 3] },
      { atr_tp_multiplier: 1 },
      { trailing_stop_enabled: true, trailing_stop_activation: 0.5, trailing_stop_distance: 1 },
    ]);
  });

  it("lose activation and distance with the trailing stop, and step in them with it", () => {
    const trailing = {
      ...set,
      trailing_stop_enabled: true,
      trailing_stop_activation: 1,
      trailing_stop_distance: 1,
    };
    const others = neighboursOf(space, trailing);
    expect(others.filter((other) => other["trailing_stop_enabled"] === false)).toEqual([set]);
    expect(others.map((other) => other["trailing_stop_activation"]).filter((value) => value !== 1)).toEqual([
      undefined,
      0.5,
      2,
    ]);
  });

  it("of a number between candidates are the nearest two, and of one beyond them the nearest", () => {
    const scores = (value: number): unknown[] =>
      neighboursOf({ min_score: space.min_score }, { min_score: value }).map((other) => other["min_score"]);
    expect([scores(55), scores(10), scores(99), scores(40)]).toEqual([[50, 60], [40], [70], [50]]);
  });

  it("are found among more candidates than a call takes arguments", () => {
    const min_score = Array.from({ length: 200_000 }, (_, k) => k);
    const found = neighboursOf({ min_score }, { min_score: 70_000.5 });
    expect(found.map((other) => other["min_score"])).toEqual([70_000, 70_001]);
    expect(longestTriedBars(min_score, 3_600_000)).toBe(199_999);
  });
});

describe("the plateau", () => {
  it("is the neighbours' mean score over the best, 0 where nothing scores", () => {
    expect(plateauOf({ neighbours: [0.2, 0, 0.4, 0.6], best: 0.6 })).toBeCloseTo(0.5, 12);
    expect(plateauOf({ neighbours: [0, 0], best: 0 })).toBe(0);
    expect(plateauTest({ neighbours: [0.1, 0.1], best: 0.4 })).toMatchObject({ outcome: "failed", figure: 0.25 });
    expect(plateauTest({ neighbours: [0.2, 0.1], best: 0.4 }).outcome).toBe("passed");
    expect(plateauTest({ neighbours: [], best: 0.4 }).outcome).toBe("not run");
  });
});

describe("entries at random", () => {
  const candles = (seed: number): Candles => jumpyCandles("AAA", 200, randomFrom(seed));
  const market = (series: Candles): Market => ({ timeframeMs: 900_000, bySymbol: new Map([[series.symbol, series]]) });
  const exit = exitInAtrs({ takeProfit: 2, stopLoss: 1, holdingBars: 8, trailing: null });
  const trades = [trade({ return: 0.02 }), trade({ return: -0.01, direction: -1 }), trade({ return: 0.005 })];

  it("never enter where a path would leave the data or cross a break, and say nothing where no trade can move", () => {
    const series = candles(2);
    // From candle 100 on, that one alone has 8 bars before the break; none after it has 8 before the end.
    const broken = { ...part(series, 0, 116), breaks: [{ index: 109, ratio: 1000 }] };
    const input = { trades, market: market(broken), exit, rules, entry: "signal-close", seed: 1, runs: 5 } as const;
    const only = enterAtRandom({ ...input, fromMs: 100 * 900_000 })!;
    expect(new Set(only.runs).size).toBe(1);
    expect(enterAtRandom({ ...input, fromMs: 101 * 900_000 })).toBeNull();
    expect(permutationTest(null)).toMatchObject({ outcome: "not run", figure: null });
  });

  it("give p as (1 + runs at least as good) / (1 + runs)", () => {
    expect(pOf(1, [0.5, 1, 2, 0])).toBe(3 / 5);
    const runs = Float64Array.from({ length: 199 }, (_, k) => k / 1000);
    expect(permutationTest({ observed: 0.2, moved: 9, runs })).toMatchObject({ outcome: "passed", figure: 1 / 200 });
    expect(permutationTest({ observed: 0.185, moved: 9, runs })).toMatchObject({
      outcome: "warning",
      figure: 15 / 200,
    });
  });
});

describe("selection", () => {
  const finds =
    (first: number) =>
    (run: number): Promise<boolean> =>
      Promise.resolve(run >= first);

  it("is 1 in 20 where none of 19 searches over noise finds as much", async () => {
    const found = await selectionOf(1, finds(19));
    expect(found).toEqual({ p: 1 / 20, runs: 19, atLeast: 0, observed: 1 });
    expect(selectionTest(found)).toMatchObject({ outcome: "passed", figure: 0.05 });
    expect(selectionTest(null)).toMatchObject({ outcome: "not run" });
  });

  it("ends at the first search that finds as much, with p = 1 / runs, which is never small", async () => {
    expect(await selectionOf(1, finds(0))).toMatchObject({ p: 1, runs: 1 });
    const late = await selectionOf(1, finds(18));
    expect(late).toMatchObject({ p: 1 / 19, runs: 19, atLeast: 1 });
    expect(selectionTest(late).outcome).toBe("warning");
  });

  it("gives a p at or below 1/2, 1/10 and 1/20 in no more than 1/2, 1/10 and 1/20 of 20 equally likely places of the truth", async () => {
    // The observed score is the k-th best of 20, and the 19 others come in an order that a seed draws.
    const random = randomFrom(1);
    const shares = [1 / 2, 1 / 10, 1 / 20];
    const small = [0, 0, 0];
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const scores = Array.from({ length: 20 }, random);
      const { p } = await selectionOf(scores[0]!, (run) => Promise.resolve(scores[run + 1]! >= scores[0]!));
      for (const [k, share] of shares.entries()) if (p <= share) small[k]!++;
    }
    for (const [k, share] of shares.entries())
      expect(Math.abs(small[k]! / draws - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
  });
});

describe("baselines and breakdown", () => {
  it("buy each symbol at the open of the first bar of the hold-out and sell at the last close", () => {
    const series = [1, 2].map((seed) => ({ ...jumpyCandles("AAA", 50, randomFrom(seed)), symbol: `S${seed}` }));
    const market: Market = { timeframeMs: 900_000, bySymbol: new Map(series.map((one) => [one.symbol, one])) };
    const expected = series.map(({ open, close }) => 100 * (close[49]! / open[10]! - 1 - 0.0014));
    const held = buyAndHold(market, ["S1", "S2"], 10 * 900_000, rules);
    expect(held.symbols).toBe(2);
    expect(held.return).toBeCloseTo((expected[0]! + expected[1]!) / 2, 9);
    expect(buyAndHold(market, ["S1"], 50 * 900_000, rules)).toEqual({ symbols: 0, return: 0, short_return: 0 });
  });

  it("tell trades apart by symbol, month and side, and lose none", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            symbol: fc.constantFrom("AAA", "BBB"),
            direction: fc.constantFrom<1 | -1>(1, -1),
            entryTimeMs: fc.integer({ min: 0, max: 200 * 86_400_000 }),
            return: fc.integer({ min: -20, max: 20 }).map((value) => value / 128),
          }),
        ),
        fc.nat(),
        (drawn, cut) => {
          const trades = drawn.map(trade);
          const [training, holdout] = [trades.slice(0, cut), trades.slice(cut)];
          const found = breakdownOf(training, holdout);
          for (const rows of Object.values(found))
            for (const part of ["training", "holdout"] as const) {
              const own = part === "training" ? training : holdout;
              const sum = (value: (row: (typeof rows)[number][typeof part]) => number): number =>
                rows.reduce((total: number, row: (typeof rows)[number]) => total + value(row[part]), 0);
              expect(sum(({ n }) => n)).toBe(own.length);
              expect(sum(({ total_return }) => total_return)).toBe(
                own.reduce((total, { return: value }) => total + 100 * value, 0),
              );
              expect(sum(({ win_rate, n }) => Math.round(win_rate * n))).toBe(
                own.filter((one) => one.return > 0).length,
              );
            }
          expect(found.months.map(({ name }) => name)).toEqual(
            [...new Set(trades.map(({ entryTimeMs }) => new Date(entryTimeMs).toISOString().slice(0, 7)))].sort(),
          );
        },
      ),
    );
  });
});
