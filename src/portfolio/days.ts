import type { Candles } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { slotTimeMs } from "../search/market.ts";
import type { TradeRules } from "../search/trades.ts";

export const dayMs = 86_400_000;

/** The UTC calendar days that an account covers. */
export interface Days {
  /** Open time of the first, epoch ms. */
  readonly firstMs: number;
  readonly count: number;
}

/** From the day of the table's first opportunity to that of the last candle of its symbols: the same for every set. A table without rows has no days. */
export function daysOf(table: OpportunityTable, candles: readonly Candles[]): Days {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < table.count; row++) {
    const series = candles[table.symbol[row]!]!;
    first = Math.min(first, slotTimeMs(series, table.bar[row]!));
    last = Math.max(last, slotTimeMs(series, series.count - 1));
  }
  if (table.count === 0) return { firstMs: 0, count: 0 };
  const firstMs = Math.floor(first / dayMs) * dayMs;
  return { firstMs, count: Math.floor((last - firstMs) / dayMs) + 1 };
}

/** From the day of the table's first opportunity to that on which a trade of its last one is over at the latest: the days of a part of the data. */
export function daysOfPart({ timestampMs, count }: OpportunityTable, longestMs: number): Days {
  if (count === 0) return { firstMs: 0, count: 0 };
  const first = timestampMs.reduce((least, time) => Math.min(least, time));
  const last = timestampMs.reduce((most, time) => Math.max(most, time)) + longestMs;
  const firstMs = Math.floor(first / dayMs) * dayMs;
  return { firstMs, count: Math.floor((last - firstMs) / dayMs) + 1 };
}

/** What positions are worth at the end of each day, by symbol and day: `symbol * days + day`. */
export interface DayMarks {
  /** Last close of the day, or of the last day with a candle; NaN before the first. */
  readonly close: Float64Array;
  /** Funding that a long of this symbol would have paid until that close, since the symbol's first candle, a fraction. */
  readonly funding: Float64Array;
}

/** Funding that longs paid until a candle's close, since the symbol's first candle, a fraction: only differences between two candles mean something. */
export function fundingUntil(candles: Candles, at: number, rules: TradeRules): number {
  if (candles.fundingSums) return candles.fundingSums[at]!;
  const barsPer8h = (8 * 3_600_000) / candles.timeframeMs;
  return rules.fundingPer8h * (slotOf(candles, at) / barsPer8h);
}

/** The marks of all days of an account. */
export function dayMarksOf(candles: readonly Candles[], days: Days, rules: TradeRules): DayMarks {
  const close = new Float64Array(candles.length * days.count).fill(Number.NaN);
  const funding = new Float64Array(candles.length * days.count);
  for (const [symbol, series] of candles.entries()) {
    let at = -1;
    for (let day = 0; day < days.count; day++) {
      const endMs = days.firstMs + (day + 1) * dayMs;
      while (at + 1 < series.count && slotTimeMs(series, at + 1) < endMs) at++;
      if (at < 0) continue;
      close[symbol * days.count + day] = series.close[at]!;
      funding[symbol * days.count + day] = fundingUntil(series, at, rules);
    }
  }
  return { close, funding };
}
