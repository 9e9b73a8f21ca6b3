import { describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { randomFrom } from "../support/random.ts";

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
  const candles: Candles = {
    symbol: "AAA",
    timeframeMs: 900_000,
    firstOpenTimeMs: 0,
    count: bars,
    open,
    high,
    low,
    close,
    volume: column(),
    gaps: [],
    defects: { filled: 0, duplicates: 0, dropped: 0 },
  };
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
