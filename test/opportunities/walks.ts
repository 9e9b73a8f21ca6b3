import { type Candles, unbroken } from "../../src/candles/candles.ts";

/** Candles from rows of open, high, low, close, volume: for numbers one can check in the head. */
export function candlesFrom(rows: readonly (readonly number[])[], timeframeMs = 900_000, firstOpenTimeMs = 0): Candles {
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  return unbroken({
    symbol: "AAA",
    timeframeMs,
    firstOpenTimeMs,
    count: rows.length,
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
  });
}

/** Prices that drift one way for days, then the other, with bursts of volume: a market with opportunities of both types and directions. */
export function driftingCandles(count: number, random: () => number, symbol = "AAA", timeframeMs = 900_000): Candles {
  let close = 100;
  let drift = 0;
  const rows = Array.from({ length: count }, (_, bar) => {
    if (bar % 300 === 0) drift = 0.004 * (random() - 0.5);
    const open = close;
    close = open * (1 + drift + 0.01 * (random() - 0.5));
    const high = Math.max(open, close) * (1 + 0.004 * random());
    const low = Math.min(open, close) * (1 - 0.004 * random());
    return [open, high, low, close, random() < 0.2 ? 3 + random() : 1 + random()];
  });
  return { ...candlesFrom(rows, timeframeMs), symbol };
}

/** The candles from `from` up to, not including, `to`. */
export function partOf(candles: Candles, from: number, to: number): Candles {
  const { firstOpenTimeMs, timeframeMs, open, high, low, close, volume } = candles;
  return {
    ...candles,
    firstOpenTimeMs: firstOpenTimeMs + from * timeframeMs,
    count: to - from,
    open: open.slice(from, to),
    high: high.slice(from, to),
    low: low.slice(from, to),
    close: close.slice(from, to),
    volume: volume.slice(from, to),
  };
}

/** The same candles with every one after `bar` replaced by something else. */
export function withOtherFuture(candles: Candles, bar: number, random: () => number): Candles {
  const other = candles.close.map(() => 0.3 + 2 * random());
  const scaled = (column: Float64Array): Float64Array =>
    column.map((value, at) => (at > bar ? value * other[at]! : value));
  return {
    ...candles,
    open: scaled(candles.open),
    high: scaled(candles.high),
    low: scaled(candles.low),
    close: scaled(candles.close),
    volume: candles.volume.map((value, at) => (at > bar ? value * 10 * random() : value)),
  };
}
