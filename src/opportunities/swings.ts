import type { Candles } from "../candles/candles.ts";

/** Bars on either side that a swing exceeds; it is known this many bars later. */
export const swingReach = 5;

/** Bars of swing highs and of swing lows, ascending. A swing is the extreme of 5 bars on either side; of equal ones the first counts. */
export interface Swings {
  readonly highs: readonly number[];
  readonly lows: readonly number[];
}

/** All swings of a symbol. The last 5 bars have none yet. */
export function swingsOf({ high, low, count }: Candles): Swings {
  const highs: number[] = [];
  const lows: number[] = [];
  for (let bar = swingReach; bar + swingReach < count; bar++) {
    if (isSwingHigh(high, bar)) highs.push(bar);
    if (isSwingLow(low, bar)) lows.push(bar);
  }
  return { highs, lows };
}

/** Whether a bar with 5 others on either side is a swing high. */
export function isSwingHigh(high: Float64Array, bar: number): boolean {
  for (let k = 1; k <= swingReach; k++) if (high[bar - k]! >= high[bar]! || high[bar + k]! > high[bar]!) return false;
  return true;
}

/** Whether a bar with 5 others on either side is a swing low. */
export function isSwingLow(low: Float64Array, bar: number): boolean {
  for (let k = 1; k <= swingReach; k++) if (low[bar - k]! <= low[bar]! || low[bar + k]! < low[bar]!) return false;
  return true;
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
