import { unbroken } from "../../src/candles/candles.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";

/** One signal: the price at its bar, its ATR, and what the bars after it do. */
export interface SignalBars {
  readonly price: number;
  readonly atr: number;
  /** High, low and close of each bar that follows, as parts of the price; each opens where the last one closed. */
  readonly bars: readonly (readonly [high: number, low: number, close: number])[];
  readonly features: Readonly<Record<string, number>>;
  readonly direction?: 1 | -1;
  readonly isObjective?: boolean;
}

/** A search over signals that are told bar by bar, one after another on one symbol, without costs, in quarters of an hour. */
export function barsTask(signals: readonly SignalBars[], rest: Partial<SearchTask> = {}): SearchTask {
  const columns: readonly number[][] = [[], [], [], []];
  const [open, high, low, close] = columns as [number[], number[], number[], number[]];
  const at: number[] = [];
  for (const { price, bars } of signals) {
    at.push(open.length);
    let last = price;
    for (const [up, down, end] of [[1, 1, 1] as const, ...bars]) {
      open.push(last);
      high.push(Math.max(last, price * up, price * end));
      low.push(Math.min(last, price * down, price * end));
      last = price * end;
      close.push(last);
    }
  }
  const candles = unbroken({
    symbol: "AAA",
    timeframeMs: 900_000,
    firstOpenTimeMs: 0,
    count: open.length,
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: new Float64Array(open.length).fill(1),
  });
  const count = signals.length;
  const featureNames = Object.keys(signals[0]?.features ?? {});
  const zeros = (): Float64Array => new Float64Array(count);
  return {
    market: { timeframeMs: 900_000, bySymbol: new Map([["AAA", candles]]) },
    table: {
      count,
      symbols: ["AAA"],
      symbol: new Uint16Array(count),
      timestampMs: Float64Array.from(at, (bar) => bar * 900_000),
      bar: Int32Array.from(at),
      direction: Int8Array.from(signals, ({ direction = 1 }) => direction),
      types: ["all"],
      type: new Uint8Array(count),
      entry: Float64Array.from(signals, ({ price }) => price),
      atr: Float64Array.from(signals, ({ atr }) => atr),
      featureNames,
      features: featureNames.map((name) => Float64Array.from(signals, ({ features }) => features[name]!)),
    },
    labels: {
      mfe: zeros(),
      mae: zeros(),
      hoursToMfe: zeros(),
      density: zeros(),
      objective: Uint8Array.from(signals, ({ isObjective = false }) => Number(isObjective)),
    },
    space: {},
    rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
    objective: "total",
    constraints: { minTrades: 1 },
    drawdownLimit: 20,
    top: 5,
    memoryBytes: 8 * 1024 * 1024,
    ...rest,
  };
}
