import { type Days, dayMs } from "./days.ts";
import type { Portfolio, SkipReason } from "./portfolio.ts";
import { power } from "./powers.ts";

/** What an account adds up to: what the walk and the core both give, to the bit. */
export interface AccountSums {
  /** Realised equity once all positions are closed, quote currency. */
  readonly finalEquity: number;
  /** Mean of the daily simple returns, fractions. */
  readonly meanReturn: number;
  /** Their sample variance; 0 for less than two days. */
  readonly variance: number;
  /** Mean square of those below 0, over all days. */
  readonly downside: number;
  /** Largest fall of equity at the end of a day from its peak, the capital included, a fraction. */
  readonly maxDrawdown: number;
  /** Days from that peak until equity was as high again, or until the last day. */
  readonly drawdownDays: number;
  /** Mean of equity at the end of each day, quote currency. */
  readonly meanEquity: number;
  /** Notional of all entries, quote currency. */
  readonly notional: number;
  /** Stake of each position times how long it was held, in quote currency times ms. */
  readonly stakeMs: number;
  /** Time with at least one position open, ms. */
  readonly openMs: number;
  readonly trades: number;
  /** Trades that made more than 0. */
  readonly wins: number;
  readonly liquidations: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
}

/** What a portfolio made of a set's trades, by UTC days. Equity at the end of a day counts open positions at the day's last closes. */
export interface PortfolioMetrics {
  /** Realised equity once all positions are closed, quote currency. */
  readonly final_equity: number;
  /** Of the capital, percent. */
  readonly total_return: number;
  /** The same as a rate per year of 365 days, percent; at most 1e12. */
  readonly cagr: number;
  /** Mean of the daily simple returns over their sample standard deviation, times the root of 365; no risk-free rate. 0 where they do not vary. */
  readonly sharpe: number;
  /** Mean of the daily simple returns over the root of the mean square of those below 0 (over all days), times the root of 365; 999 without any. */
  readonly sortino: number;
  /** Largest fall of equity at the end of a day from its peak, percent of the peak. */
  readonly max_drawdown: number;
  /** Days from that peak until equity was as high again, or until the last day. */
  readonly max_drawdown_days: number;
  /** cagr / max_drawdown; 999 without a drawdown. */
  readonly calmar: number;
  /** Share of the time with at least one position open. */
  readonly exposure: number;
  /** Mean stake in open positions over mean equity. */
  readonly margin_used: number;
  /** Notional of all entries over mean equity. */
  readonly turnover: number;
  /** Trades taken. */
  readonly trades: number;
  /** Share of them that made more than 0. */
  readonly win_rate: number;
  /** Positions that were liquidated. */
  readonly liquidations: number;
  /** UTC calendar days: from that of the first opportunity of the table to that of the last candle. */
  readonly days: number;
}

const daysOfYear = 365;
/** Stands for a ratio without a denominator, as in the metrics of a set. */
const noDenominator = 999;
const mostCagr = 1e12;
/** Variance below this is rounding. */
const leastVariance = 1e-18;

/** The metrics of an account. All but equity and days are 0 without trades. */
export function portfolioMetricsOf(sums: AccountSums, { capital }: Portfolio, days: Days): PortfolioMetrics {
  const { trades, wins, liquidations, finalEquity, meanReturn, variance, downside, maxDrawdown, meanEquity } = sums;
  const none = trades === 0;
  const growth = finalEquity / capital;
  const yearly = growth > 0 && days.count > 0 ? power(growth, daysOfYear / days.count) - 1 : -1;
  const cagr = none ? 0 : Math.min(mostCagr, 100 * yearly);
  const drawdown = 100 * maxDrawdown;
  const year = Math.sqrt(daysOfYear);
  return {
    final_equity: finalEquity,
    total_return: 100 * (growth - 1),
    cagr,
    sharpe: variance < leastVariance ? 0 : (meanReturn / Math.sqrt(variance)) * year,
    sortino: none ? 0 : downside === 0 ? noDenominator : (meanReturn / Math.sqrt(downside)) * year,
    max_drawdown: drawdown,
    max_drawdown_days: sums.drawdownDays,
    calmar: drawdown === 0 ? (cagr > 0 ? noDenominator : 0) : cagr / drawdown,
    exposure: none ? 0 : sums.openMs / (days.count * dayMs),
    margin_used: none ? 0 : sums.stakeMs / (days.count * dayMs) / meanEquity,
    turnover: none ? 0 : sums.notional / meanEquity,
    trades,
    win_rate: none ? 0 : wins / trades,
    liquidations,
    days: days.count,
  };
}

/** Mean, variance, downside and drawdown of equity by day; `equity[i]` stands at the end of day i. */
export function daySumsOf(
  equity: ArrayLike<number>,
  capital: number,
): Pick<AccountSums, "meanReturn" | "variance" | "downside" | "maxDrawdown" | "drawdownDays" | "meanEquity"> {
  const count = equity.length;
  const returns: number[] = [];
  for (let day = 0; day < count; day++) {
    const before = day === 0 ? capital : equity[day - 1]!;
    returns.push(before > 0 ? equity[day]! / before - 1 : 0);
  }
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const mean = count === 0 ? 0 : sum(returns) / count;
  const spread = sum(returns.map((value) => (value - mean) * (value - mean)));
  const losses = sum(returns.map((value) => (value < 0 ? value * value : 0)));
  return {
    meanReturn: mean,
    variance: count < 2 ? 0 : spread / (count - 1),
    downside: count === 0 ? 0 : losses / count,
    meanEquity: count === 0 ? capital : sum(Array.from(equity)) / count,
    ...deepestFall(equity, capital),
  };
}

function deepestFall(equity: ArrayLike<number>, capital: number): Pick<AccountSums, "maxDrawdown" | "drawdownDays"> {
  let peak = capital;
  let peakDay = 0;
  let deepest = 0;
  let deepestFrom = 0;
  let length = 0;
  let isOpen = false;
  // Day 0 is the capital, day k the end of the k-th day.
  for (let day = 1; day <= equity.length; day++) {
    const now = equity[day - 1]!;
    if (now >= peak) {
      if (isOpen) length = day - deepestFrom;
      isOpen = false;
      peak = now;
      peakDay = day;
    } else if ((peak - now) / peak > deepest) {
      deepest = (peak - now) / peak;
      deepestFrom = peakDay;
      isOpen = true;
    }
  }
  return { maxDrawdown: deepest, drawdownDays: isOpen ? equity.length - deepestFrom : length };
}
