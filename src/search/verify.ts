import type { Market } from "../candles/candles.ts";
import { CoreFault } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { exitOf, holdingBarsOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { walkSummary, walkTrade } from "./plainWalk.ts";
import type { Trade, TradeRules } from "./trades.ts";

/** Walks every trade of a set once more by the plain rule; a difference in exit bar, reason or return is a CoreFault. */
export function verifyTrades(
  trades: readonly Trade[],
  parameters: Parameters,
  table: OpportunityTable,
  market: Market,
  rules: TradeRules,
): void {
  const exit = exitOf(parameters);
  const barExit = { ...exit, holdingBars: holdingBarsOf(exit.holdingHours, market.timeframeMs) };
  for (const trade of trades) {
    const candles = market.bySymbol.get(trade.symbol)!;
    const signal = {
      bar: table.bar[trade.row]!,
      direction: trade.direction,
      entry: trade.entry,
      atr: table.atr[trade.row]!,
      exitBars: table.exitBars?.[trade.row] ?? 0,
    };
    const walked =
      rules.summaryBars === null
        ? walkTrade(candles, signal, barExit, rules)
        : walkSummary(candles, signal, barExit, rules, rules.summaryBars);
    if (walked.bars !== trade.bars || walked.reason !== trade.reason || walked.return !== trade.return)
      throw new CoreFault("CORE_DISAGREES", "the core and the plain exit rule disagree on a trade", {
        where: `${trade.symbol} ${trade.direction === 1 ? "long" : "short"} at ${trade.entryTimeMs}, ${JSON.stringify(parameters)}`,
        found: `core: ${trade.reason} after ${trade.bars} bars, return ${trade.return}`,
        expected: `plain rule: ${walked.reason} after ${walked.bars} bars, return ${walked.return}`,
        remedy: "this is a bug in Sluice: do not use the result of this run, and please report it with the data",
      });
  }
}
