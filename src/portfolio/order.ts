import type { Candles } from "../candles/candles.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { slotTimeMs } from "../search/market.ts";

/** The feature by which simultaneous signals are ordered, where a table has it. */
export const scoreFeature = "signal_score";

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Larger first, and no number last. */
const byScore = (a: number, b: number): number => Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || b - a || 0;

/**
 * The order in which rows are entered: by time of the signal; of one time the higher `signal_score` first, then the symbol by code unit, long before
 * short, the type by code unit, and what else tells two trades apart: entry, ATR, the bar of an exit signal. Rows that are equal in all of it make
 * the same trade, so that no result depends on where a row stands in its table.
 */
export function entryOrderOf(table: OpportunityTable, candles: readonly Candles[]): (a: number, b: number) => number {
  const score = table.features[table.featureNames.indexOf(scoreFeature)];
  const timeMs = Float64Array.from({ length: table.count }, (_, row) =>
    slotTimeMs(candles[table.symbol[row]!]!, table.bar[row]!),
  );
  return (a, b) =>
    timeMs[a]! - timeMs[b]! ||
    (score ? byScore(score[a]!, score[b]!) : 0) ||
    byText(table.symbols[table.symbol[a]!]!, table.symbols[table.symbol[b]!]!) ||
    table.direction[b]! - table.direction[a]! ||
    byText(table.types[table.type[a]!]!, table.types[table.type[b]!]!) ||
    table.entry[a]! - table.entry[b]! ||
    table.atr[a]! - table.atr[b]! ||
    (table.exitBars?.[a] ?? 0) - (table.exitBars?.[b] ?? 0) ||
    a - b;
}
