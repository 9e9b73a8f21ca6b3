import type { Candles } from "../candles/candles.ts";

/** Closed bars of 4 h from which on every indicator is warm. */
export const warmFourHourBars = 150;
/** Missing candles that change nothing. */
export const holeTolerated = 4;
/** Candles after a hole that have no opportunity. */
export const barsAfterHole = 20;

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

/** Whether a bar can have an opportunity: every indicator is warm, and there is no hole shortly before it. */
export const barState = { warming: 0, ready: 1, afterHole: 2 } as const;

/**
 * A `barState` for each bar: warm from 150 closed bars of 4 h on, but for the 20 candles after a hole of more than 4 that the market was
 * open in.
 */
export function readyBars(candles: Candles, closedFourHourBars: Int32Array): Uint8Array {
  const state = new Uint8Array(closedFourHourBars.length);
  // The number of closed bars never falls, so everything is ready from the first bar that has enough.
  const first = closedFourHourBars.findIndex((closed) => closed >= warmFourHourBars);
  if (first >= 0) state.fill(barState.ready, first);
  for (const { index, missing } of candles.holes)
    if (missing > holeTolerated)
      for (let bar = index; bar < Math.min(state.length, index + barsAfterHole); bar++)
        if (state[bar] === barState.ready) state[bar] = barState.afterHole;
  return state;
}

/** Whether a bar is one of those after a hole that have no opportunity. */
export function afterHolesOf(holes: Candles["holes"]): (bar: number) => boolean {
  const large = holes.filter(({ missing }) => missing > holeTolerated);
  return (bar) => large.some(({ index }) => bar >= index && bar < index + barsAfterHole);
}

/** The first reason why the gate rejected a moment. */
export type Refusal = "trend" | "volume" | "rsi" | "consensus";

/** Why a moment does not pass the ex-ante gate - a 4 h trend, volume, an RSI away from its middle, a consensus of 2 - or null if it passes. */
export function refusalOf(reading: Reading): Refusal | null {
  const { trends, rsi14, volumeRatio } = reading;
  if (trends[2] === 0) return "trend";
  if (!(volumeRatio >= 1.2)) return "volume";
  if (!(Math.abs(rsi14 - 50) >= 15)) return "rsi";
  return consensusOf(reading) < 2 ? "consensus" : null;
}

/** What passes the gate: its direction is the 4 h trend's side. Null if the gate refuses it. */
export function signalOf(reading: Reading): Signal | null {
  if (refusalOf(reading) !== null) return null;
  const { trends } = reading;
  const side = Math.sign(trends[2]);
  return {
    direction: side as 1 | -1,
    type: Math.sign(trends[1]) === side ? "swing" : "scalping",
    consensus: consensusOf(reading),
  };
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
