import { portfolioMetricNames } from "../portfolio/rankings.ts";
import { portfolioDefaults, rankingDefaults } from "../run/defaults.ts";
import { flags } from "./flags.ts";

const percent = (fraction: number): number => Math.round(fraction * 1e6) / 1e4;

/** One purse for all trades. */
export const portfolioRows = [
  {
    flags: [flags.capital],
    help: "money at the beginning: trade from one purse (default none)",
  },
  {
    flags: [flags.stake],
    help: "margin of a trade: 100, 10% of equity, or risk:1% at the stop (default 10%, or 100% divided by --max-open)",
  },
  { flags: [flags.leverage], help: `notional over stake, isolated margin (default ${portfolioDefaults.leverage})` },
  {
    flags: [flags.maintenanceMargin],
    help: `percent of the notional at which a position is liquidated (default ${percent(portfolioDefaults.maintenanceMargin)})`,
  },
] as const;

/** How a leaderboard is ranked by what a portfolio makes of its sets. */
export const rankRows = [
  {
    flags: [flags.rank],
    help: `objective, or portfolio: trade the best sets from one purse and rank them by it (default ${rankingDefaults.rank})`,
  },
  {
    flags: [flags.portfolioMetric],
    help: `what a purse is ranked by: ${portfolioMetricNames.join(", ")} (default ${rankingDefaults.metric})`,
  },
  {
    flags: [flags.shortlist],
    help: `how many of the best sets by the objective are traded (default ${rankingDefaults.shortlist})`,
  },
] as const;

/** Positions of a portfolio, where no other replay has a limit of them. */
export const portfolioOpenRow = {
  flags: [flags.maxOpen],
  help: "maximum open positions of a portfolio over all symbols (default no limit)",
} as const;

/** Money, of a verb without other replays. */
export const portfolioGroup = { title: "Portfolio", rows: [...portfolioRows, portfolioOpenRow] } as const;

/** The same where sets are searched, which may be ranked by it. */
export const rankedPortfolioGroup = {
  title: "Portfolio",
  rows: [...portfolioRows, portfolioOpenRow, ...rankRows],
} as const;
