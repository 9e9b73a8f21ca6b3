import { type Market, openTimeMs } from "../candles/candles.ts";
import { type DaySpan, daySpanOf } from "../validation/days.ts";

/** The calendar days of the hold-out: from the split to the day of the last candle of any symbol. */
export function holdoutDays(splitMs: number, market: Market): DaySpan {
  const last = [...market.bySymbol.values()].map((candles) => openTimeMs(candles, candles.count - 1));
  return daySpanOf(splitMs, Math.max(...last));
}
