import type { Days } from "../portfolio/days.ts";
import type { Purse } from "../portfolio/purse.ts";
import type { Trade } from "../search/trades.ts";

const dayMs = 86_400_000;

/** A stretch of UTC calendar days, including those without a trade. */
export interface DaySpan {
  /** Number of the first day since 1970-01-01. */
  readonly first: number;
  readonly count: number;
}

/** A set's trades summed by the day that they were entered on, one entry for each day of a span. */
export interface DailyPoints {
  /** Points; with a portfolio what its equity gained, percent of it. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** With a portfolio: points of the trades that it entered on the day, and their notional over equity. Without: `sums` and `counts`. */
  readonly traded?: { readonly points: Float64Array; readonly weights: Float64Array };
}

/** The days from one moment to another, both inclusive; one day if the second is not later. Epoch ms. */
export function daySpanOf(fromMs: number, toMs: number): DaySpan {
  const last = Math.floor(toMs / dayMs);
  const first = Number.isFinite(fromMs) ? Math.min(last, Math.floor(fromMs / dayMs)) : last;
  return { first, count: last - first + 1 };
}

/** Points and trades of each day; 0 on days without a trade. A trade outside the span counts on its nearest day. */
export function dailyPoints(trades: readonly Pick<Trade, "entryTimeMs" | "return">[], span: DaySpan): DailyPoints {
  const sums = new Float64Array(span.count);
  const counts = new Float64Array(span.count);
  for (const trade of trades) {
    const day = dayOf(trade, span);
    sums[day]! += 100 * trade.return;
    counts[day]!++;
  }
  return { sums, counts };
}

/** A purse's days: it gains by calendar day, and its trades count on the day of their entry. */
export function purseDays({ trades, returns, entered }: Purse, span: DaySpan): DailyPoints {
  const { sums: points, counts } = dailyPoints(trades, span);
  return { sums: returns, counts, traded: { points, weights: entered } };
}

/** Days of a span as an account covers them. */
export function accountDays({ first, count }: DaySpan): Days {
  return { firstMs: first * dayMs, count };
}

/** Index within the span of the day that a trade was entered on. */
export function dayOf({ entryTimeMs }: Pick<Trade, "entryTimeMs">, { first, count }: DaySpan): number {
  return Math.min(count - 1, Math.max(0, Math.floor(entryTimeMs / dayMs) - first));
}

/** Days with at least one trade. */
export function tradedDays({ counts }: DailyPoints): number {
  return counts.reduce((days, trades) => days + (trades > 0 ? 1 : 0), 0);
}

const leastBlockDays = 5;

/** Mean length in days of the blocks that days are drawn in: five, or twice the longest holding of these trades if that is more. */
export function blockDaysOf(...sets: readonly (readonly Pick<Trade, "entryTimeMs" | "exitTimeMs">[])[]): number {
  let longestMs = 0;
  for (const trades of sets)
    for (const { entryTimeMs, exitTimeMs } of trades) longestMs = Math.max(longestMs, exitTimeMs - entryTimeMs);
  return Math.max(leastBlockDays, (2 * longestMs) / dayMs);
}
