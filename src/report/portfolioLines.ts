import type { PortfolioMetrics } from "../portfolio/metrics.ts";
import { type SkipReason, skipReasons } from "../portfolio/portfolio.ts";
import type { PortfolioMetric } from "../portfolio/rankings.ts";
import type { PortfolioResult } from "../portfolio/result.ts";
import type { RankedBy } from "../portfolio/searchResult.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, figure, percent, share, unsignedPercent } from "../words/figures.ts";

/** What one purse made of a set's trades, as labels with their texts: what it made, what it risked, how it was used, what was not traded. */
export function portfolioTexts(
  { options, metrics, skipped }: PortfolioResult,
  { portfolio: words, list, and }: Texts = en,
): (readonly [label: string, text: string])[] {
  const { cagr, days } = metrics;
  const made = words.made(
    figure(options.capital),
    figure(Number(metrics.final_equity.toFixed(2))),
    percent(metrics.total_return),
    percent(cagr),
    days,
  );
  // Where a figure is large, its decimals are noise.
  const rounded = (value: number): string => figure(Number(value.toFixed(Math.abs(value) < 100 ? 2 : 0)));
  const ratios = words.ratios(rounded(metrics.sharpe), rounded(metrics.sortino), rounded(metrics.calmar));
  const fell = words.deepest(unsignedPercent(metrics.max_drawdown), metrics.max_drawdown_days);
  const traded = words.traded(metrics.trades, share(metrics.win_rate), metrics.liquidations);
  const used = words.used(share(metrics.exposure), share(metrics.margin_used), rounded(metrics.turnover));
  const left = skipReasons.filter((reason) => skipped[reason] > 0);
  return [
    [words.label, made],
    [words.risk, metrics.max_drawdown === 0 ? ratios : `${fell}${and}${ratios}`],
    [words.use, `${words.terms(stakeOfText(options.stake), count(options.leverage))}${and}${traded}${and}${used}`],
    ...(left.length === 0
      ? []
      : [[words.skippedLabel, left.map((why: SkipReason) => words.skipped[why](skipped[why])).join(list)] as const]),
  ];
}

/** How a leaderboard was ranked by portfolio, and what the best set's purse made: labels with their texts. */
export function rankingTexts(
  { metric, traded, winner_place, with_ties, exact }: RankedBy,
  best: PortfolioMetrics | undefined,
  { portfolio: words }: Texts = en,
): (readonly [label: string, text: string])[] {
  const text =
    words.ranked(words.metrics[metric], traded, winner_place) +
    (exact ? words.rankedExact : words.rankedNotExact) +
    (with_ties ? "" : words.tiesCut);
  if (!best) return [[words.rankedLabel, text]];
  const made = words.winner(percent(best.total_return), percent(best.cagr), unsignedPercent(best.max_drawdown));
  return [
    [words.rankedLabel, text],
    [words.label, made],
  ];
}

/** What a purse was ranked by, in the digits that matter. */
export function purseFigure(metric: PortfolioMetric, metrics: PortfolioMetrics): string {
  if (metric === "cagr") return percent(metrics.cagr);
  if (metric === "return") return percent(metrics.total_return);
  return metric === "drawdown" ? unsignedPercent(metrics.max_drawdown) : figure(Number(metrics[metric].toFixed(2)));
}

/** A stake in the digits that matter. */
function stakeOfText(stake: string): string {
  return stake.replace(/\d+\.\d{3,}/, (digits) => String(Number(Number(digits).toPrecision(4))));
}
