import { type Market, readMarket, syntheticMarket } from "../engine.ts";

const timeframeMs = 900_000;
const symbols = ["ALPHA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "FOXTROT", "GOLF", "HOTEL"].map((name) => `${name}USDT`);
const days = 364;

/** The 15-minute candles of a folder, or where none is given a seeded synthetic market: no file and no network needed. */
export async function benchMarket(folder: string | undefined): Promise<Market> {
  if (folder !== undefined) return readMarket(folder, { timeframeMs, lenient: false });
  const series = syntheticMarket({ seed: 1, symbols, days, timeframeMs, endTimeMs: Date.UTC(2026, 0, 1) });
  return { timeframeMs, bySymbol: new Map(series.map((candles) => [candles.symbol, candles])) };
}

/** The market in a line, for the head of a result. */
export function describeMarket(market: Market, folder: string | undefined): string {
  const bars = [...market.bySymbol.values()].reduce((sum, { count }) => sum + count, 0);
  const kind = folder === undefined ? "synthetic market (seed 1)" : "candles of a folder";
  return `${kind}: ${market.bySymbol.size} symbols, ${bars} bars of 15 minutes`;
}
