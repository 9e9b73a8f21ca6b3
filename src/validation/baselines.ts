import {
  type Candles,
  candleFromTime,
  endTimeMs,
  type Market,
  openTimeMs,
  part,
  stretchesOf,
} from "../candles/candles.ts";
import { ratesBetween } from "../candles/fundingSums.ts";
import type { TradeRules } from "../search/trades.ts";
import { meanOf } from "./permutation.ts";
import type { RandomEntries } from "./randomEntries.ts";

/** Results of simpler strategies on the hold-out; avg_return in points. Field names are those of the JSON. */
export interface Baselines {
  /** The winner's exits on every opportunity of the type. */
  readonly no_filters: { readonly n: number; readonly avg_return: number; readonly total_return: number };
  /** The winner's trades entered at random moments; null if none could be moved. */
  readonly random_entries: { readonly n: number; readonly avg_return: number } | null;
  /** The symbols of the opportunities, bought at the split and sold at the end, costs paid once: the mean over symbols. */
  readonly buy_and_hold: {
    /** Symbols that were held. */
    readonly symbols: number;
    /** Held long. */
    readonly return: number;
    /** The same held short. */
    readonly short_return: number;
  };
}

/**
 * Mean return (points) of buying each symbol at the open of its first candle at or after `fromMs` and selling at its last close, and of the reverse. If its
 * unit changes in between, it is held before and after, and the change itself is left out.
 */
export function buyAndHold(
  market: Market,
  symbols: readonly string[],
  fromMs: number,
  rules: TradeRules,
): Baselines["buy_and_hold"] {
  let [long, short, held] = [0, 0, 0];
  for (const symbol of symbols) {
    const candles = market.bySymbol.get(symbol)!;
    const first = candleFromTime(candles, fromMs);
    if (first >= candles.count) continue;
    const eightHours = (endTimeMs(candles) - openTimeMs(candles, first)) / (8 * 3_600_000);
    const gain = gainOf(part(candles, first, candles.count));
    const costs = 2 * (rules.fee + rules.slippage);
    const { fundingRates } = candles;
    const funding = fundingRates
      ? ratesBetween(fundingRates, openTimeMs(candles, first), endTimeMs(candles))
      : rules.fundingPer8h * eightHours;
    long += 100 * (gain - costs - funding);
    short += 100 * (-gain - costs + funding);
    held++;
  }
  return { symbols: held, return: held === 0 ? 0 : long / held, short_return: held === 0 ? 0 : short / held };
}

/** What holding a series from its first open to its last close gains, a fraction; stretches between breaks compound. */
function gainOf(candles: Candles): number {
  const gains = stretchesOf(candles).map(
    ({ candles: { open, close, count } }) => (close[count - 1]! - open[0]!) / open[0]!,
  );
  return gains.length === 1 ? gains[0]! : gains.reduce((product, gain) => product * (1 + gain), 1) - 1;
}

export function randomEntriesOf(entries: RandomEntries | null): Baselines["random_entries"] {
  return entries && { n: entries.moved, avg_return: meanOf(entries.runs) };
}
