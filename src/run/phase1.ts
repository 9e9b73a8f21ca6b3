import { type Candles, type Market, openTimeMs } from "../candles/candles.ts";
import { type Baseline, BaselineSums, excursionOf } from "../opportunities/baseline.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import type { Phase1 } from "../report/result.ts";

/** What was read of a market, symbol by symbol. */
export class MarketSums {
  private symbols = 0;
  private candles = 0;
  private filled = 0;
  private dropped = 0;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  add(candles: Candles): void {
    this.symbols++;
    this.candles += candles.count;
    this.filled += candles.defects.filled;
    this.dropped += candles.defects.dropped;
    this.from = Math.min(this.from, candles.firstOpenTimeMs);
    this.to = Math.max(this.to, openTimeMs(candles, candles.count - 1));
  }

  /** The sums, with what was found in that market. */
  with(types: Readonly<Record<string, Baseline>>, zeroAtr: number, signals: SignalCounts | null = null): Phase1 {
    const { symbols, candles, filled, dropped, from, to } = this;
    const opportunities = Object.values(types).reduce((sum, baseline) => sum + baseline.opportunities, 0);
    return { symbols, candles, filled, dropped, zero_atr: zeroAtr, signals, from, to, opportunities, types };
  }
}

/** What was read and found, by type. */
export function phase1Of(
  market: Market,
  table: OpportunityTable,
  labels: Labels,
  zeroAtr: number,
  signals: SignalCounts | null = null,
): Phase1 {
  const read = new MarketSums();
  for (const candles of market.bySymbol.values()) read.add(candles);
  const sums = table.types.map(() => new BaselineSums());
  for (let row = 0; row < table.count; row++) sums[table.type[row]!]!.add(excursionOf(table, labels, row));
  return read.with(Object.fromEntries(table.types.map((type, code) => [type, sums[code]!.result()])), zeroAtr, signals);
}
