import { expect, it } from "vitest";
import { asLabels } from "../../src/opportunities/table.ts";
import { accountsOf, plainPortfolio, usualRules } from "../support/accounts.ts";
import { describeMarkets, marketOf, opportunitiesOf } from "../support/referenceData.ts";

describeMarkets("accounts in the core equal the plain walk on candles of months", (source) => {
  it("with leverage and without", () => {
    const market = marketOf(source);
    const table = opportunitiesOf(source, market);
    const labels = asLabels({ objective: new Uint8Array(table.count) });
    const set = { atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 24 };
    const sets = [set, { ...set, min_signal_score: 60 }, { ...set, atr_stop_multiplier: 8, atr_tp_multiplier: 8 }];
    let liquidations = 0;
    for (const leverage of [1, 10, 75])
      for (const maxOpen of [2, Number.POSITIVE_INFINITY]) {
        const portfolio = { ...plainPortfolio, leverage, maxOpen };
        for (const { sums } of accountsOf({ market, table, labels }, usualRules, portfolio, sets)) {
          expect(sums.trades).toBeGreaterThan(20);
          liquidations += sums.liquidations;
        }
      }
    expect(liquidations).toBeGreaterThan(20);
  });
});
