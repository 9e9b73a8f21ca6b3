import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, type Market, part } from "../../src/candles/candles.ts";
import { uniformFrom } from "../../src/core/random.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { walkTrade } from "../../src/search/plainWalk.ts";
import { longestTriedBars } from "../../src/search/stages.ts";
import type { Trade, TradeRules } from "../../src/search/trades.ts";
import { neighboursOf } from "../../src/space/neighbours.ts";
import { buyAndHold } from "../../src/validation/baselines.ts";
import { breakdownOf } from "../../src/validation/breakdown.ts";
import { permutationTest, pOf } from "../../src/validation/permutation.ts";
import { plateauOf, plateauTest } from "../../src/validation/plateau.ts";
import { enterAtRandom } from "../../src/validation/randomEntries.ts";
import { ShuffledFeatures, selectionOf, selectionTest } from "../../src/validation/selection.ts";
import { jumpyCandles, randomCase, randomFrom } from "../support/random.ts";

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
  const exit = { takeProfit: 2, stopLoss: 1, holdingBars: 8, trailing: null };
  const trades = [trade({ return: 0.02 }), trade({ return: -0.01, direction: -1 }), trade({ return: 0.005 })];

  it("walk each trade from the bar that the seed chose, in its own direction, and nothing before the split", () => {
    const series = candles(1);
    const fromBar = 120;
    const found = enterAtRandom({
      trades,
      market: market(series),
      exit,
      rules,
      fromMs: fromBar * 900_000,
      seed: 7,
      runs: 20,
    })!;
    expect(found.observed).toBeCloseTo(100 * (0.015 / 3), 12);
    // The same draws by the definition: bars from the split on whose whole path fits; Wilder's ATR by its own recursion.
    const atr = new Float64Array(series.count);
    for (let bar = 1; bar < series.count; bar++) {
      const before = series.close[bar - 1]!;
      const range = Math.max(series.high[bar]!, before) - Math.min(series.low[bar]!, before);
      atr[bar] = range;
    }
    let mean = (series.high[0]! - series.low[0]! + atr.slice(1, 14).reduce((sum, range) => sum + range, 0)) / 14;
    const wilder = new Float64Array(series.count);
    wilder[13] = mean;
    for (let bar = 14; bar < series.count; bar++) {
      mean = (13 * mean + atr[bar]!) / 14;
      wilder[bar] = mean;
    }
    const bars = Array.from({ length: series.count }, (_, bar) => bar).filter(
      (bar) => bar >= fromBar && bar + exit.holdingBars < series.count,
    );
    const uniform = uniformFrom(7);
    for (const run of found.runs) {
      let total = 0;
      for (const { direction } of trades) {
        const bar = bars[Math.floor(uniform() * bars.length)]!;
        const walked = walkTrade(series, { bar, direction, entry: series.close[bar]!, atr: wilder[bar]! }, exit, rules);
        total += 100 * walked.return;
      }
      expect(run).toBeCloseTo(total / trades.length, 9);
    }
  });

  it("never enter where a path would leave the data or cross a break, and say nothing where no trade can move", () => {
    const series = candles(2);
    // From candle 100 on, that one alone has 8 bars before the break; none after it has 8 before the end.
    const broken = { ...part(series, 0, 116), breaks: [{ index: 109, ratio: 1000 }] };
    const input = { trades, market: market(broken), exit, rules, seed: 1, runs: 5 };
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
  it("counts the runs that reach the score, all 99 of them while p may still be small", () => {
    expect(selectionOf(1, (run) => run % 20 === 0)).toEqual({ p: 6 / 100, runs: 99, atLeast: 5, observed: 1 });
    expect(selectionTest(selectionOf(1, () => false))).toMatchObject({ outcome: "passed", figure: 0.01 });
    expect(selectionTest(null)).toMatchObject({ outcome: "not run" });
  });

  it("ends at the tenth run that is as good, with p = 10 / runs, which is never small", () => {
    expect(selectionOf(1, () => true)).toMatchObject({ p: 1, runs: 10 });
    const late = selectionOf(1, (run) => run >= 89);
    expect(late).toMatchObject({ p: 10 / 99, runs: 99 });
    expect(selectionTest(late).outcome).toBe("warning");
  });

  it("deals whole feature rows among those of one symbol and direction", () => {
    const { table } = randomCase(5, 300, 200);
    const shuffled = new ShuffledFeatures(table, uniformFrom(3));
    const rowOf = (from: OpportunityTable, row: number): string =>
      from.features.map((column) => String(column[row])).join(",");
    const rowsOf = (from: OpportunityTable, symbol: number, direction: number): string[] =>
      Array.from({ length: table.count }, (_, row) => row)
        .filter((row) => table.symbol[row] === symbol && table.direction[row] === direction)
        .map((row) => rowOf(from, row));
    let moved = 0;
    for (let deal = 0; deal < 3; deal++) {
      const dealt = shuffled.next();
      for (const symbol of [0, 1])
        for (const direction of [1, -1]) {
          expect(rowsOf(dealt, symbol, direction).sort()).toEqual(rowsOf(table, symbol, direction).sort());
          moved += rowsOf(dealt, symbol, direction).filter(
            (row, k) => row !== rowsOf(table, symbol, direction)[k],
          ).length;
        }
    }
    expect(moved).toBeGreaterThan(500);
    expect(shuffled.table.timestampMs).toBe(table.timestampMs);
  });

  it("deals every order alike", () => {
    const { table } = randomCase(5, 3, 200);
    const same = {
      ...table,
      symbol: new Uint16Array(3),
      direction: new Int8Array(3).fill(1),
      features: [Float64Array.of(0, 1, 2)],
    };
    const shuffled = new ShuffledFeatures(same, uniformFrom(11));
    const counts = new Map<string, number>();
    for (let deal = 0; deal < 6000; deal++) {
      const order = String(shuffled.next().features[0]);
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
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
