import type { Candles } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import { knownSwings, type Swings, swingReach } from "./swings.ts";

/** Whether swings of both sides move in a direction, and for how many bars that has been known; 0 if they do not. */
export interface Structure {
  readonly holds: boolean;
  readonly ageBars: number;
}

/** Of a bar before two swings of each side are known. */
export const noStructure: Structure = { holds: false, ageBars: 0 };

/**
 * Market structure at the close of a bar in a direction: whether the last two known swing highs and lows both rise (long) or fall
 * (short), and the bars since the last of them became known (0 without structure).
 */
export function structureAt(candles: Candles, swings: Swings, bar: number, direction: 1 | -1): Structure {
  const highs = knownSwings(swings.highs, bar);
  const lows = knownSwings(swings.lows, bar);
  if (highs < 2 || lows < 2) return noStructure;
  const lastHigh = swings.highs[highs - 1]!;
  const lastLow = swings.lows[lows - 1]!;
  const known = Math.max(lastHigh, lastLow) + swingReach;
  return structureOf(
    {
      highStep: candles.high[lastHigh]! - candles.high[swings.highs[highs - 2]!]!,
      lowStep: candles.low[lastLow]! - candles.low[swings.lows[lows - 2]!]!,
      ageBars: slotOf(candles, bar) - slotOf(candles, known),
    },
    direction,
  );
}

/** How the last two known swings of each side stand to each other, price units, and the bars since the last of them became known. */
export interface SwingSteps {
  readonly highStep: number;
  readonly lowStep: number;
  readonly ageBars: number;
}

/** The structure that two swings of each side make in a direction. */
export function structureOf({ highStep, lowStep, ageBars }: SwingSteps, direction: 1 | -1): Structure {
  return direction * highStep > 0 && direction * lowStep > 0 ? { holds: true, ageBars } : noStructure;
}
