import { type Candles, stretchEnd } from "../candles/candles.ts";
import type { OpportunityTable } from "./table.ts";

/** Where signals are entered: at the close of their own candle, or at the open of the next one that there is. */
export const entryRules = ["signal-close", "next-open"] as const;
export type EntryRule = (typeof entryRules)[number];

/** Whether a signal of a candle can be entered: `next-open` needs a later candle before the data end or their unit changes. */
export function canEnter(candles: Candles, bar: number, rule: EntryRule): boolean {
  return rule === "signal-close" || bar + 1 < stretchEnd(candles, bar);
}

/** The price at which a signal of a candle is entered, quote currency; its close where it cannot be, so that every row has a price. */
export function entryPrice(candles: Candles, bar: number, rule: EntryRule): number {
  return rule === "next-open" && canEnter(candles, bar, rule) ? candles.open[bar + 1]! : candles.close[bar]!;
}

/** Whether a row can be entered. `candles` stand in the order of the table's symbols. */
export function rowEnters(
  table: OpportunityTable,
  candles: readonly Candles[],
  rule: EntryRule,
): (row: number) => boolean {
  if (rule === "signal-close") return () => true;
  return (row) => canEnter(candles[table.symbol[row]!]!, table.bar[row]!, rule);
}
