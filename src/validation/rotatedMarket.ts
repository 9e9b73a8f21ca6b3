import { type Candles, candleFromTime, type Market } from "../candles/candles.ts";
import { wilderAtr } from "../opportunities/indicators.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { slotTimeMs } from "../search/market.ts";
import { nearestAround } from "./lag.ts";

/** A stretch of time whose moves are dealt anew, epoch ms; whole bars. */
export interface Stretch {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** The smallest share of a price that a stretched move leaves of it. */
const leastLeft = 0.01;

/**
 * A market in which every symbol moves within a stretch as it moved one lag of bars before, around the stretch as on a ring, but as wildly as it did at the time
 * itself: each candle's open, high, low and close are those of the other candle against the close before it, times the ratio of the two ATR 14 over price that were known
 * when the candles opened. What moved together still does, calm and storm stay where they were, and nothing that was known tells where prices go. Where no
 * candle stands one lag before, the nearest one serves; the gap at a change of unit is none.
 */
export function rotatedMarket(market: Market, stretch: Stretch, lag: number): Market {
  const bySymbol = [...market.bySymbol].map(([symbol, candles]) => [symbol, rotated(candles, stretch, lag)] as const);
  return { ...market, bySymbol: new Map(bySymbol) };
}

function rotated(candles: Candles, { fromMs, toMs }: Stretch, lag: number): Candles {
  const { timeframeMs, breaks } = candles;
  const [first, end] = [candleFromTime(candles, fromMs), candleFromTime(candles, toMs)];
  const ringBars = Math.ceil((toMs - fromMs) / timeframeMs);
  const places = Array.from({ length: end - first }, (_, k) =>
    Math.floor((slotTimeMs(candles, first + k) - fromMs) / timeframeMs),
  );
  const volatility = volatilityBefore(candles);
  const firsts = new Set([0, ...breaks.map(({ index }) => index)]);
  const [open, high, low, close] = [candles.open, candles.high, candles.low, candles.close].map((column) =>
    column.slice(),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let bar = first; bar < end; bar++) {
    const wanted = (places[bar - first]! - lag + ringBars) % ringBars;
    const from = first + nearestAround(places, wanted, ringBars);
    const base = firsts.has(from) ? candles.open[from]! : candles.close[from - 1]!;
    const before = bar === 0 ? candles.open[0]! : close[bar - 1]!;
    const scale = volatility[bar]! / volatility[from]!;
    const moved = (price: number): number => before * Math.max(leastLeft, 1 + scale * (price / base - 1));
    open[bar] = moved(candles.open[from]!);
    high[bar] = moved(candles.high[from]!);
    low[bar] = moved(candles.low[from]!);
    close[bar] = moved(candles.close[from]!);
  }
  return { ...candles, open, high, low, close };
}

/** ATR 14 over close of the candle before each; the first that is above 0 where there is none yet. */
function volatilityBefore(candles: Candles): Float64Array {
  const atr = wilderAtr(candles);
  const of = (bar: number): number => atr[bar]! / candles.close[bar]!;
  let known = atr.findIndex((value) => value > 0);
  known = Math.max(0, known);
  return candles.close.map((_, bar) => {
    if (bar > 0 && atr[bar - 1]! > 0) known = bar - 1;
    return of(known) || 1;
  });
}

/** The same opportunities in a rotated market: known by what they were, entered at its prices. */
export function enteredIn(table: OpportunityTable, original: Market, rotatedTo: Market): OpportunityTable {
  const level = Float64Array.from(table.entry, (_, row) => {
    const symbol = table.symbols[table.symbol[row]!]!;
    const bar = table.bar[row]!;
    return rotatedTo.bySymbol.get(symbol)!.close[bar]! / original.bySymbol.get(symbol)!.close[bar]!;
  });
  return {
    ...table,
    entry: table.entry.map((price, row) => price * level[row]!),
    atr: table.atr.map((atr, row) => atr * level[row]!),
  };
}
