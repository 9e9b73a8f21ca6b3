import { endTimeMs, type Market } from "../candles/candles.ts";

/** Last moment that any candle covers: the close of the last one. */
export function marketEndMs(market: Market): number {
  return Math.max(...[...market.bySymbol.values()].map(endTimeMs));
}
