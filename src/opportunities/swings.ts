import type { Candles } from "../candles/candles.ts";

/** Bars on either side that a swing exceeds; it is known so many bars later. */
export const swingReach = 5;

/** Bars of swing highs and of swing lows, ascending. A swing is the extreme of 5 bars on either side; of equal ones the first counts. */
export interface Swings {
  readonly highs: readonly number[];
  readonly lows: readonly number[];
}

export function swingsOf({ high, low, count }: Candles): Swings {
  const highs: number[] = [];
  const lows: number[] = [];
  for (let bar = swingReach; bar + swingReach < count; bar++) {
    let isHigh = true;
    let isLow = true;
    for (let k = 1; k <= swingReach && (isHigh || isLow); k++) {
      if (high[bar - k]! >= high[bar]! || high[bar + k]! > high[bar]!) isHigh = false;
      if (low[bar - k]! <= low[bar]! || low[bar + k]! < low[bar]!) isLow = false;
    }
    if (isHigh) highs.push(bar);
    if (isLow) lows.push(bar);
  }
  return { highs, lows };
}

/** How many of the ascending swing bars are known at the close of `bar`. */
export function knownSwings(swings: readonly number[], bar: number): number {
  let from = 0;
  let to = swings.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (swings[middle]! + swingReach <= bar) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Market structure at the close of a bar in a direction: whether the last two known swing highs and lows both rise (long) or fall
 * (short), and the bars since the last of them became known (0 without structure).
 */
export function structureAt(
  candles: Candles,
  swings: Swings,
  bar: number,
  direction: 1 | -1,
): { holds: boolean; ageBars: number } {
  const highs = knownSwings(swings.highs, bar);
  const lows = knownSwings(swings.lows, bar);
  if (highs < 2 || lows < 2) return { holds: false, ageBars: 0 };
  const lastHigh = swings.highs[highs - 1]!;
  const lastLow = swings.lows[lows - 1]!;
  const highStep = direction * (candles.high[lastHigh]! - candles.high[swings.highs[highs - 2]!]!);
  const lowStep = direction * (candles.low[lastLow]! - candles.low[swings.lows[lows - 2]!]!);
  const holds = highStep > 0 && lowStep > 0;
  return { holds, ageBars: holds ? bar - (Math.max(lastHigh, lastLow) + swingReach) : 0 };
}
