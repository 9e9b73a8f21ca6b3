import { skipReasons } from "../../portfolio/portfolio.ts";
import type { PortfolioResult } from "../../portfolio/result.ts";
import type { DaySeries } from "../../run/drawing/drawn.ts";
import { exactTo } from "../../run/drawing/exactTo.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { count, figure, percent, share, unsignedPercent } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { AccountData } from "../data/trades.ts";

export const dayMs = 86_400_000;
/** Days that a curve has; of longer spans every second, third ... stands for those before it. */
const mostDays = 1500;

/** Equity at the end of each day, from the capital on the day before the first. */
export function equitySeries({ options, first_day, daily_equity }: PortfolioResult): DaySeries {
  const first = Math.floor((first_day ?? 0) / dayMs) - 1;
  const all = [options.capital, ...daily_equity];
  const step = Math.ceil(all.length / mostDays);
  const values: number[] = [];
  for (let k = 0; k < all.length; k += step) values.push(exactTo(all[Math.min(all.length - 1, k + step - 1)]!, 2));
  return { firstDay: first, step, values };
}

/** A purse's account: its curve, its figures, and what it gained by month. */
export function accountOf(account: PortfolioResult, set: string, texts: Texts): AccountData {
  const { page: words } = texts.portfolio;
  return {
    equity: equitySeries(account),
    words: {
      whose: words.whose(account.metrics.trades, set),
      heading: words.curves,
      curve: words.curve,
      under: words.under,
    },
    figures: figuresOf(account, texts),
    months: monthsOf(account, texts),
  };
}

function figuresOf({ options, metrics, skipped }: PortfolioResult, texts: Texts): TableData {
  const { page: words } = texts.portfolio;
  const rounded = (value: number): string => figure(Number(value.toFixed(2)));
  const { names } = words;
  const left = skipReasons.filter((why) => skipped[why] > 0);
  return {
    caption: words.figures(figure(options.capital), options.stake, figure(options.leverage)),
    columns: words.figureColumns,
    rows: [
      [names.equity, rounded(metrics.final_equity)],
      [names.gained, percent(metrics.total_return)],
      [names.yearly, percent(metrics.cagr)],
      [names.fell, words.fellFor(unsignedPercent(metrics.max_drawdown), metrics.max_drawdown_days)],
      [names.ratios, [metrics.sharpe, metrics.sortino, metrics.calmar].map(rounded).join(" / ")],
      [names.exposure, share(metrics.exposure)],
      [names.margin, share(metrics.margin_used)],
      [names.turnover, rounded(metrics.turnover)],
      [names.taken, words.takenOf(metrics.trades, share(metrics.win_rate))],
      [names.liquidated, count(metrics.liquidations)],
      ...left.map((why) => [words.skipped[why], count(skipped[why])]),
    ],
  };
}

/** What equity gained in each month, percent of it at the month's beginning. */
function monthsOf(
  { options, first_day, daily_equity }: PortfolioResult,
  { portfolio: { page: words } }: Texts,
): TableData {
  const rows: string[][] = [];
  let before = options.capital;
  for (const [day, equity] of daily_equity.entries()) {
    const timeMs = (first_day ?? 0) + day * dayMs;
    const month = new Date(timeMs).toISOString().slice(0, 7);
    const isLast = day === daily_equity.length - 1 || new Date(timeMs + dayMs).toISOString().slice(0, 7) !== month;
    if (!isLast) continue;
    rows.push([month, before > 0 ? percent(100 * (equity / before - 1)) : "-", figure(Number(equity.toFixed(2)))]);
    before = equity;
  }
  return { caption: words.months, columns: words.monthColumns, rows };
}
