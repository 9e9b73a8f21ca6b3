import { expect } from "vitest";
import { type AccountSums, portfolioMetricsOf } from "../../src/portfolio/metrics.ts";
import type { Portfolio } from "../../src/portfolio/portfolio.ts";
import { PortfolioReplayer } from "../../src/portfolio/replayer.ts";
import { type Account, accountOf } from "../../src/portfolio/walk.ts";
import { SetReplayer } from "../../src/search/setReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { exitOf } from "../../src/space/exits.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import type { RandomCase } from "./random.ts";

/** No costs, no funding. */
export const freeRules: TradeRules = {
  fee: 0,
  slippage: 0,
  fundingPer8h: 0,
  intrabar: "stop-first",
  summaryBars: null,
};

/** What most exchanges charge for futures, with funding. */
export const usualRules: TradeRules = { ...freeRules, fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001 };

/** A purse of 1,000 that stakes a tenth, without leverage. */
export const plainPortfolio: Portfolio = {
  capital: 1000,
  stake: { kind: "share", share: 0.1 },
  leverage: 1,
  maintenanceMargin: 0.005,
  maxOpen: Number.POSITIVE_INFINITY,
};

const memoryBytes = 16 * 2 ** 20;

/** Accounts of some sets by the plain walk, each found equal to the core's to the bit. */
export function accountsOf(
  { market, table, labels }: Pick<RandomCase, "market" | "table" | "labels">,
  rules: TradeRules,
  portfolio: Portfolio,
  sets: readonly Parameters[],
): Account[] {
  const longestBars = 400;
  const replayer = new SetReplayer({ table, labels, market, rules, longestBars, memoryBytes });
  const task = { table, market, rules, portfolio };
  const inCore = new PortfolioReplayer({ ...task, longestBars, memoryBytes });
  try {
    return sets.map((params) => {
      const account = accountOf(task, params, replayer.trades(params));
      const { rows, outcomes } = replayer.replay(params);
      const sums: AccountSums = inCore.sums(exitOf(params), rows, outcomes);
      expect(sums).toEqual(account.sums);
      expect(inCore.dayEquity()).toEqual(account.equity);
      expect(inCore.metrics(exitOf(params), rows, outcomes)).toEqual(
        portfolioMetricsOf(account.sums, portfolio, account.days),
      );
      return account;
    });
  } finally {
    inCore.release();
    replayer.release();
  }
}
