import { type Candles, type Market, openTimeMs } from "../../candles/candles.ts";
import type { Trade } from "../../search/trades.ts";
import type { DaySeries, MonthCell } from "./drawn.ts";
import { exactTo } from "./exactTo.ts";

const dayMs = 86_400_000;
/** Days that a curve has; of longer spans every second, third ... stands for those before it. */
const mostDays = 1500;
/** Symbols that a calendar has. */
const mostSymbols = 60;

/** The first and the last day of a market, since 1970-01-01. */
export interface Days {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** The days that a market's candles cover. */
export function daysOfMarket(market: Market): Days {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const candles of market.bySymbol.values()) {
    first = Math.min(first, Math.floor(openTimeMs(candles, 0) / dayMs));
    last = Math.max(last, Math.floor(openTimeMs(candles, candles.count - 1) / dayMs));
  }
  first = Math.min(first, last);
  return { first, last, step: Math.ceil((last - first + 1) / mostDays) };
}

/** Points made in each step of the days, by the day of the exit. */
export function pointsByDay(trades: readonly Trade[], { first, last, step }: Days): DaySeries {
  const values = new Array<number>(Math.floor((last - first) / step) + 1).fill(0);
  for (const trade of trades) {
    const at = Math.floor((Math.floor(trade.exitTimeMs / dayMs) - first) / step);
    values[Math.min(values.length - 1, Math.max(0, at))]! += 100 * trade.return;
  }
  return { firstDay: first, step, values: values.map((value) => exactTo(value, 4)) };
}

/** Percent that holding symbols gained since a moment, or since the first day, until the end of each step, the mean over those that have candles then, before costs. A change of unit is no gain. */
export function heldByDay(market: Market, symbols: readonly string[], days: Days, sinceMs: number | null): DaySeries {
  const count = Math.floor((days.last - days.first) / days.step) + 1;
  const sums = new Float64Array(count);
  const counts = new Uint32Array(count);
  for (const symbol of symbols) {
    const curve = valueByStep(market.bySymbol.get(symbol)!, days, count);
    const stepMs = days.step * dayMs;
    const steps = sinceMs === null ? 0 : (sinceMs - days.first * dayMs) / stepMs;
    const split = Math.min(count - 1, Math.max(0, Math.ceil(steps) - 1));
    const base = curve.findLast((value, k) => k <= split && value > 0) ?? curve.find((value) => value > 0);
    if (base === undefined) continue;
    for (const [k, value] of curve.entries())
      if (value > 0) {
        sums[k]! += value / base - 1;
        counts[k]!++;
      }
  }
  const values = Array.from(sums, (sum, k) => (counts[k] === 0 ? 0 : exactTo((100 * sum) / counts[k]!, 2)));
  return { firstDay: days.first, step: days.step, values };
}

/** What 1 put into a symbol at its first open is worth at the end of each step; 0 before there is a candle. */
function valueByStep(candles: Candles, { first, step }: Days, count: number): Float64Array {
  const values = new Float64Array(count);
  const breaks = new Set(candles.breaks.map(({ index }) => index));
  let value = 1;
  let before = candles.open[0]!;
  for (let index = 0; index < candles.count; index++) {
    if (breaks.has(index)) before = candles.open[index]!;
    value *= candles.close[index]! / before;
    before = candles.close[index]!;
    values[Math.floor((Math.floor(openTimeMs(candles, index) / dayMs) - first) / step)] = value;
  }
  for (let k = 1; k < count; k++) if (values[k] === 0) values[k] = values[k - 1]!;
  return values;
}

/** Trades and points by symbol and month of the exit; of many symbols those with most trades. */
export function byMonth(trades: readonly Trade[]): MonthCell[] {
  const bySymbol = new Map<string, Map<string, { trades: number; points: number }>>();
  for (const trade of trades) {
    const month = new Date(trade.exitTimeMs).toISOString().slice(0, 7);
    const months = bySymbol.get(trade.symbol) ?? new Map<string, { trades: number; points: number }>();
    const cell = months.get(month) ?? { trades: 0, points: 0 };
    cell.trades++;
    cell.points += 100 * trade.return;
    months.set(month, cell);
    bySymbol.set(trade.symbol, months);
  }
  const countOf = (months: ReadonlyMap<string, { readonly trades: number }>): number =>
    [...months.values()].reduce((sum, cell) => sum + cell.trades, 0);
  const ordered = [...bySymbol].sort(([a, x], [b, y]) => countOf(y) - countOf(x) || (a < b ? -1 : 1));
  return ordered
    .slice(0, mostSymbols)
    .flatMap(([symbol, months]) =>
      [...months]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, cell]) => ({ symbol, month, trades: cell.trades, points: exactTo(cell.points, 4) })),
    );
}
