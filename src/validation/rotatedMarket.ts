import { type Candles, candleFromTime, type Market } from "../candles/candles.ts";
import { sharedCopy } from "../core/crew.ts";
import { type EntryRule, entryPrice } from "../opportunities/entry.ts";
import { wilderAtr } from "../opportunities/indicators.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { slotTimeMs } from "../search/market.ts";
import { nearestAround } from "./lag.ts";

/** A stretch of time whose moves are rotated, epoch ms; whole bars. */
export interface Stretch {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** The minimum share of a price that remains after a scaled move. */
const leastLeft = 0.01;

/**
 * Markets in which every symbol moves within a stretch as it moved one lag of bars earlier (the stretch is a ring), but with its own volatility of the moment:
 * each candle's open, high, low and close are those of the other candle relative to its previous close, times the ratio of the two values of ATR 14 over price known
 * when the candles opened. Symbols that moved together still do, volatility stays where it was, and nothing known predicts prices. If there is no
 * candle one lag earlier, the nearest one is used; a gap at a change of unit counts as none.
 */
export class MarketRotations {
  private readonly rings: readonly SymbolRing[];
  private readonly rotated: Market;

  /** `onSymbol` is called after each symbol and may throw to stop. */
  constructor(market: Market, stretch: Stretch, onSymbol: () => void = () => {}) {
    this.rings = [...market.bySymbol.values()].map((candles) => {
      const ring = new SymbolRing(candles, stretch);
      onSymbol();
      return ring;
    });
    this.rotated = { ...market, bySymbol: new Map(this.rings.map(({ rotated }) => [rotated.symbol, rotated])) };
  }

  /** The market of a lag, 0 to the bars of the stretch. All share the same columns: the next one overwrites it. */
  by(lag: number): Market {
    for (const ring of this.rings) ring.rotate(lag);
    return this.rotated;
  }
}

/** One symbol's stretch as a ring, with everything independent of the lag precomputed: 17 bytes per bar besides the rotated columns. */
class SymbolRing {
  /** Equal to the original outside the stretch; in shared memory, so that all threads of a search see later writes. */
  readonly rotated: Candles;
  private readonly first: number;
  /** Place on the ring of each candle of the stretch, ascending. */
  private readonly places: Int32Array;
  /** The stretch's candle nearest to each place of the ring. */
  private readonly nearest: Int32Array;
  /** ATR 14 over price that was known when each candle of the stretch opened. */
  private readonly volatility: Float64Array;
  /** 1 for each candle of the stretch without one before it in its unit: its moves are counted from its own open. */
  private readonly isFirst: Uint8Array;

  constructor(
    private readonly candles: Candles,
    { fromMs, toMs }: Stretch,
  ) {
    const { timeframeMs, breaks, open, high, low, close } = candles;
    const first = candleFromTime(candles, fromMs);
    const end = candleFromTime(candles, toMs);
    const ringBars = Math.ceil((toMs - fromMs) / timeframeMs);
    const places = new Int32Array(end - first);
    for (let k = 0; k < places.length; k++)
      places[k] = Math.floor((slotTimeMs(candles, first + k) - fromMs) / timeframeMs);
    this.rotated = {
      ...candles,
      open: sharedCopy(open),
      high: sharedCopy(high),
      low: sharedCopy(low),
      close: sharedCopy(close),
    };
    this.first = first;
    this.places = places;
    this.nearest = new Int32Array(ringBars).map((_, place) => nearestAround(places, place, ringBars));
    this.volatility = volatilityBefore(candles).slice(first, end);
    this.isFirst = new Uint8Array(places.length);
    for (const bar of [0, ...breaks.map(({ index }) => index)]) this.isFirst[bar - first] = 1;
  }

  rotate(lag: number): void {
    const { candles, rotated, first, places, nearest, volatility, isFirst } = this;
    const { open, high, low, close } = candles;
    const ringBars = nearest.length;
    let before = first === 0 ? open[0]! : close[first - 1]!;
    for (let k = 0; k < places.length; k++) {
      const other = nearest[(places[k]! - lag + 2 * ringBars) % ringBars]!;
      const from = first + other;
      const base = isFirst[other] === 1 ? open[from]! : close[from - 1]!;
      const scale = volatility[k]! / volatility[other]!;
      rotated.open[first + k] = moved(before, scale, open[from]! / base);
      rotated.high[first + k] = moved(before, scale, high[from]! / base);
      rotated.low[first + k] = moved(before, scale, low[from]! / base);
      before = moved(before, scale, close[from]! / base);
      rotated.close[first + k] = before;
    }
  }
}

/** The price after a move by `ratio`, scaled by the volatility factor. */
function moved(before: number, scale: number, ratio: number): number {
  return before * Math.max(leastLeft, 1 + scale * (ratio - 1));
}

/** ATR 14 over close of the candle before each; the first that is above 0 if there is none yet. */
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

/** The same opportunities in a rotated market: original features, entered at its prices. */
export function enteredIn(
  table: OpportunityTable,
  original: Market,
  rotatedTo: Market,
  rule: EntryRule,
): OpportunityTable {
  const level = Float64Array.from(table.entry, (_, row) => {
    const symbol = table.symbols[table.symbol[row]!]!;
    const bar = table.bar[row]!;
    return rotatedTo.bySymbol.get(symbol)!.close[bar]! / original.bySymbol.get(symbol)!.close[bar]!;
  });
  return {
    ...table,
    entry:
      rule === "next-open"
        ? table.entry.map((_, row) =>
            entryPrice(rotatedTo.bySymbol.get(table.symbols[table.symbol[row]!]!)!, table.bar[row]!, rule),
          )
        : table.entry.map((price, row) => price * level[row]!),
    atr: table.atr.map((atr, row) => atr * level[row]!),
  };
}
