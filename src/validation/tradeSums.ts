import { isSame } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";

/** Mean return in points; 0 without trades, and if only rounding is left. */
export function meanPoints(trades: readonly Pick<Trade, "return">[]): number {
  if (trades.length === 0) return 0;
  return withoutRounding(trades.reduce((sum, trade) => sum + 100 * trade.return, 0) / trades.length);
}

/** An average in points, 0 if it is only rounding error, so that it is neither above nor below 0. */
export function withoutRounding(points: number): number {
  return isSame(points, 0) ? 0 : points;
}

/** The value below which a share of the sorted values lies (nearest rank, Hyndman and Fan 1996, definition 1). */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}
