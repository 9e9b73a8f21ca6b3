import { type Labels, labelOpportunities, type Market, type OpportunityTable, wilderAtr } from "../engine.ts";
import { randomFrom } from "./random.ts";

/** Longest path of any space here, in bars: 72 hours of 15 minutes. */
export const horizonBars = 288;
/** Bars before which the ATR is still settling. */
const warmBars = 100;

export interface Opportunities {
  readonly table: OpportunityTable;
  readonly labels: Labels;
}

/**
 * Random bars and directions in time order, entered at the close, with `featureCount` features f1, f2, ... uniform in [0,1).
 * How fast a search is depends on how many rows pass and how their prices run, not on what the features mean. A moment stands once, as a file
 * must have it, where the market has moments enough.
 */
export function randomOpportunities(market: Market, count: number, featureCount: number, seed: number): Opportunities {
  const random = randomFrom(seed);
  const symbols = [...market.bySymbol.keys()].sort();
  const series = symbols.map((symbol) => market.bySymbol.get(symbol)!);
  const atrs = series.map(wilderAtr);
  const picks: { symbol: number; bar: number; timeMs: number; direction: number }[] = [];
  const seen = new Set<number>();
  const isRoomy = 4 * count <= series.reduce((sum, { count: bars }) => sum + 2 * bars, 0);
  while (picks.length < count) {
    const symbol = Math.floor(random() * symbols.length);
    const { count: bars, firstOpenTimeMs, timeframeMs } = series[symbol]!;
    const bar = warmBars + Math.floor(random() * (bars - warmBars - horizonBars - 1));
    const direction = random() < 0.5 ? 1 : -1;
    const moment = direction * ((bar + 1) * symbols.length + symbol);
    const isNew = !isRoomy || seen.size < seen.add(moment).size;
    if (isNew && atrs[symbol]![bar]! > 0)
      picks.push({ symbol, bar, timeMs: firstOpenTimeMs + bar * timeframeMs, direction });
  }
  picks.sort((a, b) => a.timeMs - b.timeMs || a.symbol - b.symbol);
  const table: OpportunityTable = {
    count,
    symbols,
    symbol: Uint16Array.from(picks, ({ symbol }) => symbol),
    timestampMs: Float64Array.from(picks, ({ timeMs }) => timeMs),
    bar: Int32Array.from(picks, ({ bar }) => bar),
    direction: Int8Array.from(picks, ({ direction }) => direction),
    types: ["all"],
    type: new Uint8Array(count),
    entry: Float64Array.from(picks, ({ symbol, bar }) => series[symbol]!.close[bar]!),
    atr: Float64Array.from(picks, ({ symbol, bar }) => atrs[symbol]![bar]!),
    featureNames: Array.from({ length: featureCount }, (_, k) => `f${k + 1}`),
    features: Array.from({ length: featureCount }, () => Float64Array.from({ length: count }, random)),
  };
  return { table, labels: labelOpportunities(table, market, { lookaheadBars: 96, minProfit: 0.08 }) };
}
