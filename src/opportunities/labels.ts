import { type Candles, type Market, stretchEnd } from "../candles/candles.ts";
import { candleFrom, slotOf } from "../candles/slots.ts";
import type { Labels, ObjectiveFlags, OpportunityTable } from "./table.ts";

export interface LabelRules {
  /** How many bars after the signal bar count. */
  readonly lookaheadBars: number;
  /** Minimum MFE of an objective opportunity, a fraction of entry. */
  readonly minProfit: number;
}

/**
 * Labels of every row from the candles in the bars after its signal, up to the lookahead and the next break. The time of the MFE is the
 * first bar that reaches it.
 */
export function labelOpportunities(table: OpportunityTable, market: Market, rules: LabelRules): Labels {
  const { count } = table;
  const mfe = new Float64Array(count);
  const mae = new Float64Array(count);
  const hoursToMfe = new Float64Array(count);
  const density = new Float64Array(count);
  const objective = new Uint8Array(count);
  const hoursPerBar = market.timeframeMs / 3_600_000;
  const series = table.symbols.map((symbol) => market.bySymbol.get(symbol)!);
  for (let row = 0; row < count; row++) {
    const candles = series[table.symbol[row]!]!;
    const { high, low } = candles;
    const entry = table.entry[row]!;
    const isLong = table.direction[row] === 1;
    const first = table.bar[row]! + 1;
    const end = lookaheadEnd(candles, first - 1, rules.lookaheadBars);
    let best = 0;
    let worst = 0;
    let bestBar = -1;
    for (let bar = first; bar < end; bar++) {
      const favourable = isLong ? high[bar]! - entry : entry - low[bar]!;
      const adverse = isLong ? low[bar]! - entry : entry - high[bar]!;
      if (favourable > best) {
        best = favourable;
        bestBar = bar;
      }
      if (adverse < worst) worst = adverse;
    }
    const barsToBest = bestBar < 0 ? 0 : slotOf(candles, bestBar) - slotOf(candles, first - 1);
    mfe[row] = best / entry;
    mae[row] = worst / entry;
    hoursToMfe[row] = barsToBest * hoursPerBar;
    density[row] = barsToBest === 0 ? 0 : (100 * mfe[row]!) / hoursToMfe[row]!;
    objective[row] = mfe[row]! >= rules.minProfit ? 1 : 0;
  }
  return { mfe, mae, hoursToMfe, density, objective };
}

/** The objective flags of `labelOpportunities` alone: each path is followed until it reaches the profit. */
export function flagObjective(table: OpportunityTable, market: Market, rules: LabelRules): ObjectiveFlags {
  const objective = new Uint8Array(table.count);
  const series = table.symbols.map((symbol) => market.bySymbol.get(symbol)!);
  for (let row = 0; row < table.count; row++) {
    const candles = series[table.symbol[row]!]!;
    const { high, low } = candles;
    const entry = table.entry[row]!;
    const isLong = table.direction[row] === 1;
    const end = lookaheadEnd(candles, table.bar[row]!, rules.lookaheadBars);
    let reached = 0 >= rules.minProfit;
    for (let bar = table.bar[row]! + 1; bar < end && !reached; bar++)
      reached = (isLong ? high[bar]! - entry : entry - low[bar]!) / entry >= rules.minProfit;
    objective[row] = reached ? 1 : 0;
  }
  return { objective };
}

/** The end (exclusive) of the candles in the bars after a signal's candle, up to the next break. */
function lookaheadEnd(candles: Candles, bar: number, bars: number): number {
  return Math.min(stretchEnd(candles, bar), candleFrom(candles, slotOf(candles, bar) + bars + 1));
}
