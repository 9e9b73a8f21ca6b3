import * as v from "valibot";
import { stakeOf, stakeWords } from "../portfolio/portfolio.ts";
import { portfolioMetricNames } from "../portfolio/rankings.ts";
import { maxOpen } from "./options.ts";
import { isPlainObject } from "./plainObject.ts";
import { oneOf, value, whole } from "./values.ts";

/** A portfolio's own options. */
export const portfolioEntries = {
  /** Money at the beginning, quote currency. */
  capital: value(v.pipe(v.number(), v.finite(), v.gtValue(0)), "an amount of money above 0, such as 1000"),
  /**
   * A trade's margin: an amount in quote currency such as `100`, a share of realised equity such as `10%`, or `risk:1%`, what loses that share at the
   * set's stop. Default: `100%` divided by `maxOpen`; `10%` without it.
   */
  stake: v.optional(
    value(
      v.pipe(
        v.union([v.number(), v.string()]),
        v.check((given) => stakeOf(given) !== null),
      ),
      stakeWords,
    ),
  ),
  /** Notional over stake, on isolated margin; default 1. */
  leverage: v.optional(
    value(v.pipe(v.number(), v.minValue(1), v.maxValue(1000)), "a number from 1 to 1000, such as 3"),
  ),
  /** Share of the notional at which a position is liquidated, a fraction; default 0.005. */
  maintenanceMargin: v.optional(
    value(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), "a fraction from 0 to below 1, such as 0.005 for 0.5%"),
  ),
};

/** One purse for all trades: how much money there is, and how much of it a trade gets. */
export interface PortfolioOptions {
  /** Money at the beginning, quote currency. */
  readonly capital: number;
  /** An amount in quote currency, a share of realised equity such as `10%`, or `risk:1%`; default `100%` divided by `maxOpen`, `10%` without it. */
  readonly stake?: number | string | undefined;
  /** Notional over stake, on isolated margin, 1 to 1000; default 1. */
  readonly leverage?: number | undefined;
  /** Share of the notional at which a position is liquidated, a fraction; default 0.005. */
  readonly maintenanceMargin?: number | undefined;
}

/** One purse for all trades. */
export const portfolioOptions = {
  /** One purse for all trades, such as `{ capital: 1000, stake: "10%" }`; default: none, every trade counts with the same stake. */
  portfolio: v.optional(
    value(v.custom<PortfolioOptions>(isPlainObject), 'an object such as { capital: 1000, stake: "10%" }'),
  ),
  /** Maximum positions open at once over all symbols; default: no limit. */
  maxOpen,
};

/** How a leaderboard is ranked once more, by what a portfolio makes of its sets. */
export const rankOptions = {
  /** `objective`, the default: by the objective alone; `portfolio`: the best by the objective are traded from one purse and ranked by what it made. */
  rank: v.optional(oneOf(["objective", "portfolio"])),
  /** By which of the portfolio's figures; default `calmar`. */
  portfolioMetric: v.optional(oneOf(portfolioMetricNames)),
  /** How many of the best sets by the objective are traded; default 10,000. */
  shortlist: v.optional(whole("sets, a whole number", 1)),
};

/** Both, where sets are searched. */
export const rankedPortfolioOptions = { ...portfolioOptions, ...rankOptions };
