import type { Market } from "../candles/candles.ts";
import { type CandleCounts, candleCountsOf } from "../candles/counts.ts";
import { type Baseline, BaselineSums, excursionOf } from "../opportunities/baseline.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { GateCounts } from "../opportunities/scan.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import type { Phase1 } from "./results.ts";

/** Where opportunities came from: the scanner's gate, or the rows of a user's own signals; the other is null. */
export interface Origin {
  readonly gates: GateCounts | null;
  readonly signals: SignalCounts | null;
}

/** What was read and found, by type. */
export function phase1Of(market: Market, table: OpportunityTable, labels: Labels, origin: Origin): Phase1 {
  const sums = table.types.map(() => new BaselineSums());
  for (let row = 0; row < table.count; row++) sums[table.type[row]!]!.add(excursionOf(table, labels, row));
  const types = table.types.map((type, code) => [type, sums[code]!.result()] as const);
  return phase1With(candleCountsOf(market), Object.fromEntries(types), origin);
}

/** Phase 1's result from its parts. */
export function phase1With(
  candles: CandleCounts,
  types: Readonly<Record<string, Baseline>>,
  { gates, signals }: Origin,
): Phase1 {
  const opportunities = Object.values(types).reduce((sum, baseline) => sum + baseline.opportunities, 0);
  const { symbols, candles: there, filled, dropped, from, to, ...rest } = candles;
  const zeroAtr = gates?.zero_atr ?? 0;
  return {
    symbols,
    candles: there,
    filled,
    dropped,
    zero_atr: zeroAtr,
    from,
    to,
    opportunities,
    types,
    ...rest,
    gates,
    signals,
  };
}

/** Why a scan found little, in words: how many moments each gate rejected; null if it found enough to search. */
export function whyLittle({ moments, ...gates }: GateCounts, opportunities: number): string | null {
  if (opportunities >= fewOpportunities || moments === 0) return null;
  if (gates.zero_volume === moments)
    return "volume is 0 in every candle, so the scanner's gate, which needs a volume ratio of 1.2, passes nothing";
  const reasons: readonly (readonly [count: number, text: string])[] = [
    [gates.warming, "before 150 four-hour bars had closed"],
    [gates.after_hole, "within 20 candles of a hole"],
    [gates.trend, "without a 4 h trend"],
    [gates.volume, "with a volume ratio below 1.2"],
    [gates.rsi, "with an RSI within 15 of 50"],
    [gates.consensus, "with an indicator consensus below 2"],
    [gates.zero_atr, "with an ATR of 0"],
  ];
  const named = reasons.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  return `of ${moments} moments the scanner rejected ${named.join(", ")}`;
}

const fewOpportunities = 50;
