import type { Days } from "./days.ts";
import type { PortfolioMetrics } from "./metrics.ts";
import type { Portfolio } from "./portfolio.ts";

/** One figure that sets may be ranked by. */
interface PortfolioRanking {
  /** What it is, for help. */
  readonly description: string;
  /** Larger is better. */
  readonly value: (metrics: PortfolioMetrics) => number;
  /** Whether it never falls where the final equity rises: then what bounds the one bounds the other. */
  readonly risesWithEquity: boolean;
}

const rows = {
  calmar: { description: "cagr / max_drawdown", value: ({ calmar }) => calmar, risesWithEquity: false },
  sharpe: { description: "mean daily return / its deviation", value: ({ sharpe }) => sharpe, risesWithEquity: false },
  sortino: {
    description: "mean daily return / its downside deviation",
    value: ({ sortino }) => sortino,
    risesWithEquity: false,
  },
  cagr: { description: "return as a rate per year", value: ({ cagr }) => cagr, risesWithEquity: true },
  return: { description: "total return", value: ({ total_return }) => total_return, risesWithEquity: true },
  drawdown: {
    description: "the smallest max_drawdown",
    value: ({ max_drawdown }) => 0 - max_drawdown,
    risesWithEquity: false,
  },
} satisfies Record<string, PortfolioRanking>;

/** What sets may be ranked by once they are traded from one purse. */
export type PortfolioMetric = keyof typeof rows;

/** Every such figure, one row each: help, request checks and searches use these. */
export const portfolioRankings: Readonly<Record<PortfolioMetric, PortfolioRanking>> = rows;

export const portfolioMetricNames = Object.keys(rows) as readonly PortfolioMetric[];

/** How a search ranks its best sets once more: as a bot would trade them. */
export interface Ranking {
  readonly portfolio: Portfolio;
  readonly metric: PortfolioMetric;
  /** Sets that are traded: the best by the objective. */
  readonly shortlist: number;
  /** Days of each account; by default from the first opportunity to the last candle. */
  readonly days?: Days;
}

/**
 * The most that a purse can be worth whose trades gain so many points in all, each with the same stake: no order of them makes more than the
 * gains alone, staked in full. Quote currency; infinite where the stake grows with equity.
 */
export function mostEquity({ capital, stake, leverage }: Portfolio, gainPoints: number): number {
  return stake.kind === "fixed" ? capital + stake.amount * leverage * (gainPoints / 100) : Number.POSITIVE_INFINITY;
}

/** The least points that a set must gain for its purse to reach this equity, by the same bound; null if there is none. */
export function leastGain({ capital, stake, leverage }: Portfolio, equity: number): number | null {
  return stake.kind === "fixed" ? (100 * (equity - capital)) / (stake.amount * leverage) : null;
}
