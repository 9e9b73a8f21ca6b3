import { candlesOf, exitTimeMs } from "../search/market.ts";
import { metricsOf } from "../search/metrics.ts";
import type { Metrics, Trade } from "../search/trades.ts";
import { dayMs } from "./days.ts";
import { type PortfolioResult, portfolioResultOf } from "./result.ts";
import { type Account, type AccountTask, accountOf, type ExitsOf } from "./walk.ts";

/** A set traded from one purse, as sets are compared and shown. */
export interface Purse {
  /** The trades that it took, each as it ended there: liquidated ones with `liquidation` as their reason. In entry order. */
  readonly trades: readonly Trade[];
  /** Of each day: what equity gained, percent of equity at the end of the day before. */
  readonly returns: Float64Array;
  /** Of each day: notional of its entries over equity at the end of the day before. */
  readonly entered: Float64Array;
  readonly result: PortfolioResult;
}

/** What a purse makes of a set's trades, or of those of several sets, day by day. */
export function purseOf(task: AccountTask, exits: ExitsOf, trades: readonly Trade[]): Purse {
  const account = accountOf(task, exits, trades);
  const { portfolio } = task;
  const { equity, days } = account;
  const returns = new Float64Array(days.count);
  const entered = new Float64Array(days.count);
  const before = (day: number): number => (day === 0 ? portfolio.capital : equity[day - 1]!);
  for (let day = 0; day < days.count; day++)
    returns[day] = before(day) > 0 ? 100 * (equity[day]! / before(day) - 1) : 0;
  for (const { trade, taken } of account.trades) {
    if (!taken) continue;
    const day = Math.min(days.count - 1, Math.max(0, Math.floor((trade.entryTimeMs - days.firstMs) / dayMs)));
    if (before(day) > 0) entered[day]! += (taken.stake * portfolio.leverage) / before(day);
  }
  return { trades: takenTrades(account, task), returns, entered, result: portfolioResultOf(account, portfolio) };
}

/** The trades that an account took, as they ended in it. */
function takenTrades({ trades }: Account, { table, market }: AccountTask): Trade[] {
  const candles = candlesOf(table, market);
  return trades.flatMap(({ trade, taken }) => {
    if (!taken) return [];
    if (taken.reason !== "liquidation") return [trade];
    const { bars, exit, reason, return: made } = taken;
    const { partialTimeMs: _time, partialReturn: _part, ...whole } = trade;
    const timeMs = exitTimeMs(candles[table.symbol[trade.row]!]!, table.bar[trade.row]!, bars);
    const other = { ambiguous: false, otherReturn: made };
    return [{ ...whole, ...other, exitTimeMs: timeMs, bars, exit, reason, return: made, halfBars: 2 * bars }];
  });
}

/** Metrics of trades some of which may have been liquidated: their share is one more of the exits. */
export function metricsOfTaken(trades: readonly Trade[], objectiveTotal: number, hoursPerBar: number): Metrics {
  const metrics = metricsOf(trades, objectiveTotal, hoursPerBar);
  const liquidated = trades.filter(({ reason }) => reason === "liquidation").length;
  if (liquidated === 0) return metrics;
  return { ...metrics, exits: { ...metrics.exits, liquidation: liquidated / trades.length } };
}
