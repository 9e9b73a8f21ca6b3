import type { Trade } from "../search/trades.ts";

/** Mean return in points; 0 without trades. */
export function meanPoints(trades: readonly Pick<Trade, "return">[]): number {
  return trades.length === 0 ? 0 : trades.reduce((sum, trade) => sum + 100 * trade.return, 0) / trades.length;
}

/** The value below which a share of the sorted values lies (nearest rank, Hyndman and Fan 1996, definition 1). */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}
