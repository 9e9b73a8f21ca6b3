import type { Candles } from "../candles/candles.ts";
import { higherGrid } from "../candles/higherGrid.ts";
import { slotOf } from "../candles/slots.ts";
import { emasOf } from "./indicators.ts";
import { requireScanTimeframe } from "./scanTimeframe.ts";
import { emaDistance, trendsOf } from "./trends.ts";

const hourMs = 3_600_000;

/** Closes of the complete bars of a higher timeframe, and how many of them had closed by each base bar's close. */
export interface Aggregated {
  readonly close: Float64Array;
  /** One element per base bar; a bar that closes with the base bar counts. */
  readonly closedBars: Int32Array;
}

/**
 * Aggregates candles to bars of `spanMs` on the epoch grid, or as far off it as the candles are. A bar closes with the last candle before
 * its end; if that is missing, it is known to have closed at the next candle. A bar needs a candle; at the start of the series it needs its
 * first one, and at the end it counts once closed. Refuses a timeframe that does not divide one hour.
 */
export function aggregate(candles: Candles, spanMs: number): Aggregated {
  const { timeframeMs, count, close } = candles;
  requireScanTimeframe(timeframeMs, candles.symbol);
  const { candlesPerBar, firstSlot } = higherGrid(candles, spanMs);
  const closes = new Float64Array(count);
  let closed = 0;
  const closedBars = new Int32Array(count);
  let span = Math.floor(firstSlot / candlesPerBar);
  let isOpen = firstSlot % candlesPerBar === 0;
  for (let bar = 0; bar < count; bar++) {
    const slot = firstSlot + slotOf(candles, bar);
    if (Math.floor(slot / candlesPerBar) !== span) {
      if (isOpen) closes[closed++] = close[bar - 1]!;
      span = Math.floor(slot / candlesPerBar);
      isOpen = true;
    }
    if (isOpen && (slot + 1) % candlesPerBar === 0) {
      closes[closed++] = close[bar]!;
      isOpen = false;
    }
    closedBars[bar] = closed;
  }
  return { close: closes.slice(0, closed), closedBars };
}

/** A higher timeframe's values at each base bar, from its bars that had closed by that bar's close. */
export interface HigherTimeframe {
  /** Closed bars so far. */
  readonly closedBars: Int32Array;
  /** -2..2; 0 while the EMAs are not warm. */
  readonly trend: Int8Array;
  /** Distance of EMA 20 and 50, a fraction; NaN while not warm. */
  readonly emaDistance: Float64Array;
}

/** A timeframe of the given hours, read at each base bar. */
export function higherTimeframe(candles: Candles, hours: number): HigherTimeframe {
  const { close, closedBars } = aggregate(candles, hours * hourMs);
  const emas = emasOf(close);
  const trends = trendsOf(close, emas);
  const trend = new Int8Array(closedBars.length);
  const distance = new Float64Array(closedBars.length).fill(Number.NaN);
  for (let bar = 0; bar < closedBars.length; bar++) {
    const last = closedBars[bar]! - 1;
    if (last < 0) continue;
    trend[bar] = trends[last]!;
    distance[bar] = emaDistance(emas.ema20[last]!, emas.ema50[last]!);
  }
  return { closedBars, trend, emaDistance: distance };
}
