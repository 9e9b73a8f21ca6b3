import type { Candles } from "../candles/candles.ts";

const warmFourHourBars = 150;
const gapTolerated = 4;
const barsAfterGap = 20;

/** The two types that the scanner knows. */
export type ScannedType = "scalping" | "swing";

/** Trends of 15 m (the base timeframe), 1 h and 4 h, each -2..2. */
export type Trends = readonly [m15: number, h1: number, h4: number];

/** What the gate looks at, as of a bar's close. */
export interface Reading {
  readonly trends: Trends;
  /** Distance of EMA 20 and 50 on 1 h, a fraction. */
  readonly emaDistance1h: number;
  /** MACD histogram over the close, a fraction. */
  readonly macdShare: number;
  readonly rsi14: number;
  readonly volumeRatio: number;
}

/** A moment that passed the gate. */
export interface Signal {
  readonly direction: 1 | -1;
  readonly type: ScannedType;
  /** 2-5. */
  readonly consensus: number;
}

/**
 * 1 for each bar at which an opportunity may stand: every indicator is warm (150 closed bars of 4 h), and the bar lies in no gap of
 * more than 4 candles nor in the 20 bars after one.
 */
export function readyBars(candles: Candles, closedFourHourBars: Int32Array): Uint8Array {
  const ready = new Uint8Array(closedFourHourBars.length);
  // Closed bars never fall, so that all is ready from the first bar on that has enough.
  const first = closedFourHourBars.findIndex((closed) => closed >= warmFourHourBars);
  if (first >= 0) ready.fill(1, first);
  for (const { bar, bars } of candles.gaps) if (bars > gapTolerated) ready.fill(0, bar, bar + bars + barsAfterGap);
  return ready;
}

/** The ex-ante gate: a 4 h trend, volume and an RSI away from its middle, and a consensus of 2. Null where it does not pass. */
export function signalOf(reading: Reading): Signal | null {
  const { trends, rsi14, volumeRatio } = reading;
  const side = Math.sign(trends[2]);
  if (side === 0 || !(volumeRatio >= 1.2) || !(Math.abs(rsi14 - 50) >= 15)) return null;
  const consensus = consensusOf(reading);
  if (consensus < 2) return null;
  return { direction: side as 1 | -1, type: Math.sign(trends[1]) === side ? "swing" : "scalping", consensus };
}

/** Indicator consensus, 0-5: one point for each of five agreements. */
export function consensusOf({ trends, emaDistance1h, macdShare, rsi14, volumeRatio }: Reading): number {
  let points = 0;
  if (emaDistance1h >= 0.02) points++;
  if (Math.abs(macdShare) >= 0.0001) points++;
  if (rsi14 > 70 || rsi14 < 30 || (rsi14 >= 45 && rsi14 <= 55)) points++;
  if (volumeRatio >= 1.5) points++;
  if (trends.every((trend) => trend > 0) || trends.every((trend) => trend < 0)) points++;
  return points;
}
