import { type Candles, unbroken } from "../engine.ts";
import type { Draws } from "./draws.ts";

/** Steps of the price within a candle: with few, stops would be filled better than the walk allows. */
const stepsPerBar = 64;
export const walkTimeframeMs = 900_000;
export const walkStartMs = Date.UTC(2025, 0, 1);

/** Random walks of several symbols that have a part of their moves in common. */
export interface WalkShape {
  readonly symbols: readonly string[];
  readonly bars: number;
  /** Share of the variance that all symbols have in common. */
  readonly commonShare: number;
  /** Deviation of the log move of a bar. */
  readonly deviationAt: (bar: number) => number;
  /** Log move that a bar of a symbol makes beside the walk, by the symbol's place. */
  readonly driftAt: (symbol: number, bar: number) => number;
}

/** The walks' candles. Without drift a walk pays nobody, long or short. */
export function walks(shape: WalkShape, draws: Draws): Candles[] {
  const { symbols, bars } = shape;
  const common = new Float32Array(bars * stepsPerBar);
  for (let k = 0; k < common.length; k++) common[k] = draws.normal();
  return symbols.map((symbol, place) => walk(symbol, place, shape, common, draws));
}

function walk(symbol: string, place: number, shape: WalkShape, common: Float32Array, { normal }: Draws): Candles {
  const { bars: count, commonShare, deviationAt, driftAt } = shape;
  const column = (): Float64Array => new Float64Array(count);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  const [ofAll, own] = [Math.sqrt(commonShare), Math.sqrt(1 - commonShare)];
  let price = 100;
  for (let bar = 0; bar < count; bar++) {
    open[bar] = price;
    const deviation = deviationAt(bar) / Math.sqrt(stepsPerBar);
    // The mean of a lognormal step is 1.
    const drift = driftAt(place, bar) / stepsPerBar - (deviation * deviation) / 2;
    let [moved, top, bottom] = [0, 0, 0];
    for (let step = 0; step < stepsPerBar; step++) {
      moved += deviation * (ofAll * common[bar * stepsPerBar + step]! + own * normal()) + drift;
      if (moved > top) top = moved;
      if (moved < bottom) bottom = moved;
    }
    high[bar] = price * Math.exp(top);
    low[bar] = price * Math.exp(bottom);
    price *= Math.exp(moved);
    close[bar] = price;
    // More is traded where the price moves more, as a scanner expects it.
    volume[bar] = 1000 * Math.exp(0.7 * normal() + (top - bottom) / deviationAt(bar) / 2);
  }
  return unbroken({
    symbol,
    timeframeMs: walkTimeframeMs,
    firstOpenTimeMs: walkStartMs,
    count,
    open,
    high,
    low,
    close,
    volume,
  });
}
