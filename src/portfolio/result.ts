import { type PortfolioMetrics, portfolioMetricsOf } from "./metrics.ts";
import type { Portfolio, SkipReason, StakeRule } from "./portfolio.ts";
import type { Account } from "./walk.ts";

/** A portfolio's options with their defaults in place. */
export interface PortfolioSettings {
  /** Money at the beginning, quote currency. */
  readonly capital: number;
  /** As the option spells it: an amount in quote currency, a share of realised equity such as `10%`, or `risk:1%`. */
  readonly stake: string;
  /** Notional over stake. */
  readonly leverage: number;
  /** Share of the notional at which a position is liquidated. */
  readonly maintenance_margin: number;
  /** Positions open at once; null without a limit. */
  readonly max_open: number | null;
}

/** What one purse made of a set's trades. */
export interface PortfolioResult {
  /** The options, their defaults in place. */
  readonly options: PortfolioSettings;
  /** What it made, by UTC days. */
  readonly metrics: PortfolioMetrics;
  /** Signals of the set that were not traded, by why. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /** Open time of the first day, epoch ms UTC; null without opportunities. */
  readonly first_day: number | null;
  /** Equity at the end of each UTC day, open positions at the day's last closes, quote currency. */
  readonly daily_equity: readonly number[];
}

/** What the bot's one purse makes of the sets of all its types together, on the hold-out. Field names are the JSON's. */
export interface JointAccount {
  /** With the current parameters of every type; null without any. */
  readonly now: PortfolioResult | null;
  /** With the set that is applied, or else the one that was proposed first, and the current one of a type without; null if no set is known. */
  readonly proposed: PortfolioResult | null;
}

/** An account as results give it. */
export function portfolioResultOf({ sums, days, equity }: Account, portfolio: Portfolio): PortfolioResult {
  const { capital, stake, leverage, maintenanceMargin, maxOpen } = portfolio;
  return {
    options: {
      ...{ capital, stake: stakeText(stake), leverage, maintenance_margin: maintenanceMargin },
      max_open: Number.isFinite(maxOpen) ? maxOpen : null,
    },
    metrics: portfolioMetricsOf(sums, portfolio, days),
    skipped: sums.skipped,
    first_day: days.count === 0 ? null : days.firstMs,
    daily_equity: Array.from(equity),
  };
}

/** A stake as the option spells it. */
export function stakeText(stake: StakeRule): string {
  if (stake.kind === "fixed") return String(stake.amount);
  return `${stake.kind === "risk" ? "risk:" : ""}${Number((100 * stake.share).toPrecision(12))}%`;
}
