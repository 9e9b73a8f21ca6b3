import type { Candles } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import { NEVER } from "../core/abi.ts";
import { distanceOf } from "../space/exitParts.ts";
import type { Portfolio } from "./portfolio.ts";

/** A position as liquidation sees it. */
export interface Held {
  /** Place of the signal's candle. */
  readonly bar: number;
  readonly direction: 1 | -1;
  /** Quote currency. */
  readonly entry: number;
}

/** How far the price may go against a position, percent of entry: what leverage leaves of the margin above its maintenance. */
export function liquidationPercent({ leverage, maintenanceMargin }: Portfolio): number {
  return 100 / leverage - 100 * maintenanceMargin;
}

/** Excursion, in the position's favour and so below 0, at which it is liquidated, price units. */
function levelOf(percent: number, entry: number): number {
  return -distanceOf({ value: percent, unit: "percent" }, { entry, atr: 0, cost: 0 });
}

/** Price at which a position is liquidated, quote currency: `entry * (1 - (1 / leverage - maintenance margin))` of a long, with + of a short. */
export function liquidationPrice(percent: number, { entry, direction }: Held): number {
  return entry + direction * levelOf(percent, entry);
}

/**
 * The half bar after the signal's in which the price first reaches the liquidation level: 2i-1 where bar i opens at or beyond it, 2i where it is
 * touched inside; NEVER if not within `bars` bars. Independent of any set.
 */
export function liquidationHalfBar(candles: Candles, held: Held, percent: number, bars: number): number {
  const { bar, direction, entry } = held;
  const level = levelOf(percent, entry);
  for (let at = bar + 1; at < candles.count; at++) {
    const i = slotOf(candles, at) - slotOf(candles, bar);
    if (i > bars) break;
    const adverse = direction === 1 ? candles.low[at]! - entry : entry - candles.high[at]!;
    if (adverse <= level) return direction * (candles.open[at]! - entry) <= level ? 2 * i - 1 : 2 * i;
  }
  return NEVER;
}

/** How a trade would end without liquidation. */
export interface TradeEnd {
  readonly halfBars: number;
  readonly isStopped: boolean;
  readonly exit: number;
}

/**
 * Whether a position is liquidated before its exit. In one half bar it is, unless a stop that stands nearer to the entry ends the trade: the price
 * passes that first. An exit at a bar's close comes after all that the bar touched; of a target and the level in one bar the level counts.
 */
export function isLiquidated(halfBar: number, end: TradeEnd, percent: number, held: Held): boolean {
  if (halfBar !== end.halfBars) return halfBar < end.halfBars;
  return !end.isStopped || held.direction * end.exit <= held.direction * liquidationPrice(percent, held);
}
