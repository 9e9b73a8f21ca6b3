import { type Candles, type Market, openTimeMs } from "../candles/candles.ts";
import type { CoreRules } from "../core/paths.ts";
import { CoreFault } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { holdingBarsOf } from "../space/exits.ts";
import type { ExitParameters } from "../space/parameters.ts";
import type { TradeRules } from "./trades.ts";

/** Candles in the order of the table's symbols. */
export function candlesOf(table: OpportunityTable, market: Market): Candles[] {
  return table.symbols.map((symbol) => {
    const candles = market.bySymbol.get(symbol);
    if (!candles) throw new CoreFault("NO_CANDLES", `the table names ${symbol}, which the market does not hold`);
    return candles;
  });
}

/** The rules as the core reads them. */
export function coreRulesOf(rules: TradeRules, timeframeMs: number): CoreRules {
  return {
    cost: 2 * (rules.fee + rules.slippage),
    fundingPer8h: rules.fundingPer8h,
    barsPer8h: (8 * 3_600_000) / timeframeMs,
    intrabar: rules.intrabar,
    summaryBars: rules.summaryBars,
  };
}

/** Bars that a set's trade may last: its holding time, or what the summary model looks ahead. */
export function barsHeldAtMost(exit: ExitParameters, rules: TradeRules, timeframeMs: number): number {
  return rules.summaryBars ?? holdingBarsOf(exit.holdingHours, timeframeMs);
}

/** Rows whose path of `bars` bars fits the data, in table order. */
export function rowsThatFit(table: OpportunityTable, candles: readonly Candles[], bars: number): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++)
    if (table.bar[row]! + bars < candles[table.symbol[row]!]!.count) rows.push(row);
  return Uint32Array.from(rows);
}

/** Entry times in bars since the first one's. */
export function entryTicksOf(table: OpportunityTable, timeframeMs: number): Uint32Array {
  const { timestampMs } = table;
  let first = Number.POSITIVE_INFINITY;
  for (let row = 0; row < table.count; row++) if (timestampMs[row]! < first) first = timestampMs[row]!;
  const ticks = new Uint32Array(table.count);
  for (let row = 0; row < table.count; row++) ticks[row] = Math.round((timestampMs[row]! - first) / timeframeMs);
  return ticks;
}

/** Open time of the bar `bars` after a row's signal bar. */
export function exitTimeMs(candles: Candles, bar: number, bars: number): number {
  return openTimeMs(candles, bar + bars);
}
