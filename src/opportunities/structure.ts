import type { Candles } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import { knownSwings, type Swings, swingReach } from "./swings.ts";

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
  const known = Math.max(lastHigh, lastLow) + swingReach;
  return { holds, ageBars: holds ? slotOf(candles, bar) - slotOf(candles, known) : 0 };
}
