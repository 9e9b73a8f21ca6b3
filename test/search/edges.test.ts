import { describe, expect, it } from "vitest";
import { type Candles, unbroken } from "../../src/candles/candles.ts";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { orderingKeyOf } from "../../src/search/keys.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { randomCase, randomFrom } from "../support/random.ts";

/** Signals whose next bar ends each trade at its target, 3 ATR, or its stop, 2 ATR, without costs: of an ATR of 1 % of the price, 3 % against 2 %. */
function evenTask(seed: number, signals: number): SearchTask {
  const random = randomFrom(seed);
  const bars = signals * 4;
  const column = (): Float64Array => new Float64Array(bars);
  const [open, high, low, close] = [column(), column(), column(), column()];
  const entry = new Float64Array(signals);
  for (let k = 0; k < signals; k++) {
    const price = Math.round(5000 + 10_000 * random()) / 100;
    const isWon = random() < 0.7;
    entry[k] = price;
    for (let bar = 4 * k; bar < 4 * k + 4; bar++) {
      open[bar] = close[bar] = high[bar] = low[bar] = price;
      if (bar === 4 * k + 1 && isWon) high[bar] = price * 1.04;
      if (bar === 4 * k + 1 && !isWon) low[bar] = price * 0.97;
    }
  }
  const candles: Candles = unbroken({
    symbol: "AAA",
    timeframeMs: 900_000,
    firstOpenTimeMs: 0,
    count: bars,
    open,
    high,
    low,
    close,
    volume: column(),
  });
  const zeros = (): Float64Array => new Float64Array(signals);
  return {
    market: { timeframeMs: 900_000, bySymbol: new Map([["AAA", candles]]) },
    table: {
      count: signals,
      symbols: ["AAA"],
      symbol: new Uint16Array(signals),
      timestampMs: Float64Array.from({ length: signals }, (_, k) => 4 * k * 900_000),
      bar: Int32Array.from({ length: signals }, (_, k) => 4 * k),
      direction: new Int8Array(signals).fill(1),
      types: ["all"],
      type: new Uint8Array(signals),
      entry,
      atr: entry.map((price) => price / 100),
      featureNames: ["score"],
      features: [Float64Array.from({ length: signals }, () => Math.floor(20 * random()))],
    },
    labels: {
      mfe: zeros(),
      mae: zeros(),
      hoursToMfe: zeros(),
      density: zeros(),
      objective: Uint8Array.from({ length: signals }, () => (random() < 0.3 ? 1 : 0)),
    },
    space: {
      min_score: Array.from({ length: 20 }, (_, k) => k),
      atr_tp_multiplier: [3],
      atr_stop_multiplier: [2],
      max_holding_hours: [0.5],
    },
    rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
    objective: "balanced",
    constraints: { minTrades: 1 },
    drawdownLimit: 50,
    top: 5,
    memoryBytes: 4 * 1024 * 1024,
  };
}

describe("the balanced objective takes off 10 points where a high win rate has a payoff below 1.5", () => {
  it("is searched exactly where rounding decides whether 3 % against 2 % is below", () => {
    for (let seed = 0; seed < 20; seed++) {
      const task = evenTask(seed, 60);
      const found = searchTable(task).top.map(({ index, score }) => ({ index, score }));
      expect(found).toEqual(bruteForce(task).top.map(({ index, score }) => ({ index, score })));
    }
  });
});

describe("sets whose drawdown takes all of their score", () => {
  // Hundreds of sets a tile reach into the drawdown's term, so that they are bounded by what they lose over a span before any is walked.
  const task = (seed: number, more: Partial<SearchTask>): SearchTask => ({
    ...randomCase(seed, 150, 300),
    space: {
      min_score: [0, 2, 4, 6, 8],
      min_level: [0, 1, 2, 3],
      require_flag: [false, true],
      allowed_group: ["any", [0, 1], [2, 3]],
      atr_tp_multiplier: [1, 2, 4],
      atr_stop_multiplier: [1, 3],
      max_holding_hours: [2, 6],
      trailing_stop_enabled: [false, true],
      trailing_stop_activation: [0.5],
      trailing_stop_distance: [1],
    },
    rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
    objective: "balanced",
    constraints: { minTrades: 1 },
    drawdownLimit: 0,
    top: 3,
    memoryBytes: 8 * 1024 * 1024,
    ...more,
  });
  const fitting = ({ table, labels, market, ...rest }: SearchTask): SearchTask => {
    const rows = rowsThatFit(table, candlesOf(table, market), 24);
    return { ...rest, market, table: pickRows(table, rows), labels: pickLabels(labels, rows) };
  };

  for (const [name, more] of Object.entries({
    "where the rank decides among zeros": {},
    "where some keep a little": { drawdownLimit: 40 },
    "where most are not allowed their drawdown": { drawdownLimit: 40, constraints: { minTrades: 1, maxDrawdown: 60 } },
    "by return over drawdown": { objective: "calmar" as const },
    "by two threads": { threads: 2 },
    "where opportunities stream through": { memoryBytes: 320 * 1024 },
  }))
    it(`are ranked exactly ${name}`, () => {
      for (let seed = 1; seed <= 2; seed++) {
        const one = fitting(task(seed, more));
        const found = searchTable(one).top.map(({ index, score }) => ({ index, score }));
        expect(found).toEqual(bruteForce(one).top.map(({ index, score }) => ({ index, score })));
      }
    });
});

describe("a search for sets of a certain key at least", () => {
  it("finds those of the whole leaderboard that reach it, and none other", () => {
    for (const objective of ["balanced", "sqn", "total", "evidence"] as const)
      for (let seed = 1; seed <= 4; seed++) {
        const task: SearchTask = { ...evenTask(seed, 60), objective, top: 12 };
        const all = searchTable(task).top;
        for (const { score, metrics } of [all[0]!, all[4]!]) {
          const atLeast = orderingKeyOf(objective, score, metrics);
          const reaching = all.filter((set) => orderingKeyOf(objective, set.score, set.metrics) >= atLeast);
          expect(searchTable({ ...task, atLeast }).top).toEqual(reaching);
        }
        expect(searchTable({ ...task, atLeast: 1e6 }).top).toEqual([]);
      }
  });
});
