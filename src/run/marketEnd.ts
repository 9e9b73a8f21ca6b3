import { endTimeMs, type Market } from "../candles/candles.ts";

/** The close of the last candle. */
export function marketEndMs(market: Market): number {
  return Math.max(...[...market.bySymbol.values()].map(endTimeMs));
}
