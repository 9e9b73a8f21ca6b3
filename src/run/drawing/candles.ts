import { type Candles, candleFromTime, openTimeMs, stretchEnd, stretchesOf } from "../../candles/candles.ts";
import type { Trade } from "../../search/trades.ts";
import type { DrawnCandles } from "./drawn.ts";

/** Candles before the entry, and after the exit, at least; and how many a picture has at most. */
const before = 24;
const after = 12;
const mostCandles = 96;

/** The candles around a trade, within its stretch between breaks; several of the market's become one where the trade is long. */
export function candlesAround(candles: Candles, trade: Trade): DrawnCandles {
  const { timeframeMs } = candles;
  const entry = candleFromTime(candles, trade.entryTimeMs);
  const first = Math.max(stretchStart(candles, entry), entry - before);
  const exit = Math.max(entry, candleFromTime(candles, trade.exitTimeMs));
  const last = Math.min(stretchEnd(candles, entry) - 1, exit + after);
  const fromMs = openTimeMs(candles, first);
  const stepBars = Math.ceil((Math.floor((openTimeMs(candles, last) - fromMs) / timeframeMs) + 1) / mostCandles);
  const stepMs = stepBars * timeframeMs;
  const away = (price: number): number => Math.round(10_000 * (price / trade.entry - 1)) || 0;
  const prices: number[] = [];
  const gaps: number[] = [];
  let at = first;
  for (let step = 0; at <= last; step++) {
    const begins = at;
    let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (; at <= last && openTimeMs(candles, at) < fromMs + (step + 1) * stepMs; at++) {
      high = Math.max(high, candles.high[at]!);
      low = Math.min(low, candles.low[at]!);
    }
    if (at === begins) gaps.push(step);
    else prices.push(away(candles.open[begins]!), away(high), away(low), away(candles.close[at - 1]!));
  }
  return { fromMs, stepMs, prices, gaps };
}

function stretchStart(candles: Candles, index: number): number {
  return stretchesOf(candles).findLast(({ first }) => first <= index)?.first ?? 0;
}

/** How far price went for and against a trade from the candle after its signal to the one it left in, percent of entry; 0 and 0 without one. */
export function excursionOf(candles: Candles, trade: Trade): { readonly runUp: number; readonly against: number } {
  const from = candleFromTime(candles, trade.entryTimeMs) + 1;
  const to = Math.min(candles.count - 1, candleFromTime(candles, trade.exitTimeMs));
  let [high, low] = [trade.entry, trade.entry];
  for (let index = from; index <= to; index++) {
    high = Math.max(high, candles.high[index]!);
    low = Math.min(low, candles.low[index]!);
  }
  const up = 100 * (high / trade.entry - 1);
  const down = 100 * (low / trade.entry - 1);
  return trade.direction === 1 ? { runUp: up, against: down } : { runUp: 0 - down, against: 0 - up };
}
