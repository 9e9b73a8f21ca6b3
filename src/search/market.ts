import { type Candles, candleAfterBars, crossesBreak, fitsPath, type Market, openTimeMs } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import type { CoreRules } from "../core/paths.ts";
import { CoreFault } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { holdingBarsOf } from "../space/exits.ts";
import type { LevelRules } from "./exitLevels.ts";
import type { TradeRules } from "./trades.ts";

/** Candles in the order of the table's symbols. */
export function candlesOf(table: OpportunityTable, market: Market): Candles[] {
  return table.symbols.map((symbol) => {
    const candles = market.bySymbol.get(symbol);
    if (!candles) throw new CoreFault("NO_CANDLES", `the table has ${symbol}, which is not in the market`);
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

/** What exits as the core reads them depend on. */
export function levelRulesOf({ fee, slippage, summaryBars }: TradeRules, timeframeMs: number): LevelRules {
  return { timeframeMs, cost: 2 * (fee + slippage), summaryBars };
}

/** Bars that a set's trade may last: its holding time, or what the summary model looks ahead. */
export function barsHeldAtMost(
  exit: { readonly holdingHours: number },
  rules: TradeRules,
  timeframeMs: number,
): number {
  return rules.summaryBars ?? holdingBarsOf(exit.holdingHours, timeframeMs);
}

/** Whether a row's path of `bars` bars is in the data to its end and crosses no break. */
export function rowFits(table: OpportunityTable, candles: readonly Candles[], bars: number): (row: number) => boolean {
  return (row) => fitsPath(candles[table.symbol[row]!]!, table.bar[row]!, bars);
}

/** Whether a row's path of `bars` bars would cross a break. */
export function rowCrosses(
  table: OpportunityTable,
  candles: readonly Candles[],
  bars: number,
): (row: number) => boolean {
  if (candles.every(({ breaks }) => breaks.length === 0)) return () => false;
  return (row) => crossesBreak(candles[table.symbol[row]!]!, table.bar[row]!, bars);
}

/** How many rows pass a test. */
export function countRows(table: OpportunityTable, test: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < table.count; row++) if (test(row)) count++;
  return count;
}

/** Rows whose path of `bars` bars is in the data to its end and crosses no break, in table order. */
export function rowsThatFit(table: OpportunityTable, candles: readonly Candles[], bars: number): Uint32Array {
  const rows: number[] = [];
  const fits = rowFits(table, candles, bars);
  for (let row = 0; row < table.count; row++) if (fits(row)) rows.push(row);
  return Uint32Array.from(rows);
}

/**
 * When each row's path of `bars` bars and its label of `lookaheadBars` are over, epoch ms: where the path ends in a hole, at the candle
 * after it.
 */
export function overMsOf(
  table: OpportunityTable,
  candles: readonly Candles[],
  bars: number,
  lookaheadBars: number,
): Float64Array {
  return table.timestampMs.map((timestampMs, row) => {
    const series = candles[table.symbol[row]!]!;
    const last = Math.min(series.count - 1, candleAfterBars(series, table.bar[row]!, bars));
    const horizonMs = Math.max(bars, lookaheadBars) * series.timeframeMs;
    return Math.max(timestampMs + horizonMs, openTimeMs(series, last));
  });
}

/** Entry times as the core counts them: ticks since the first, a whole number of them per bar. */
export interface EntryTicks {
  readonly ticks: Uint32Array;
  readonly barTicks: number;
}

/**
 * Entry times by row in ticks since the first one's. A bar is one tick where the candles of all symbols open at the same moments; where
 * they open at several offsets from the grid, it has a tick for each, so that exits keep their order in time.
 */
export function entryTicksOf(table: OpportunityTable, candles: readonly Candles[]): EntryTicks {
  const timeframeMs = candles[0]?.timeframeMs ?? 1;
  const offsets = [...new Set(candles.map(({ firstOpenTimeMs }) => firstOpenTimeMs % timeframeMs))].sort(
    (a, b) => a - b,
  );
  const barTicks = Math.max(1, offsets.length);
  const firsts = candles.map(({ firstOpenTimeMs }) => {
    const offset = firstOpenTimeMs % timeframeMs;
    return ((firstOpenTimeMs - offset) / timeframeMs) * barTicks + offsets.indexOf(offset);
  });
  const tickOf = (row: number): number => {
    const symbol = table.symbol[row]!;
    return firsts[symbol]! + slotOf(candles[symbol]!, table.bar[row]!) * barTicks;
  };
  let first = Number.POSITIVE_INFINITY;
  for (let row = 0; row < table.count; row++) first = Math.min(first, tickOf(row));
  const ticks = new Uint32Array(table.count);
  for (let row = 0; row < table.count; row++) ticks[row] = tickOf(row) - first;
  return { ticks, barTicks };
}

/** Time of a candle's slot, epoch ms: its open time, apart from clock changes. Trades are ordered by it. */
export function slotTimeMs(candles: Candles, bar: number): number {
  return candles.firstOpenTimeMs + slotOf(candles, bar) * candles.timeframeMs;
}

/** Open time of the candle at which a trade ended, `bars` bars after a row's signal candle. */
export function exitTimeMs(candles: Candles, bar: number, bars: number): number {
  return openTimeMs(candles, candleAfterBars(candles, bar, bars));
}
