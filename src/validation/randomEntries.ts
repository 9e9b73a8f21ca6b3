import { type Candles, candleFromTime, fitsPath, type Market } from "../candles/candles.ts";
import { uniformFrom } from "../core/random.ts";
import { wilderAtr } from "../opportunities/indicators.ts";
import { type BarExit, walkSummary, walkTrade } from "../search/plainWalk.ts";
import type { Trade, TradeRules } from "../search/trades.ts";

/** A set's trades with their entries moved about, and what they then return. */
export interface RandomEntries {
  /** avg_return (points) of the trades that could be moved, where they are. */
  readonly observed: number;
  /** Trades that could be moved. */
  readonly moved: number;
  /** avg_return (points) of each run. */
  readonly runs: Float64Array;
}

export interface RandomEntriesInput {
  /** Trades of the hold-out. */
  readonly trades: readonly Trade[];
  readonly market: Market;
  readonly exit: BarExit;
  readonly rules: TradeRules;
  /** Entries move to bars that open at or after this, epoch ms. */
  readonly fromMs: number;
  readonly seed: number;
  readonly runs: number;
}

/**
 * Moves the entry of each trade to a random bar of its own symbol - its close and ATR 14, the whole path inside the data and
 * across no break - and leaves as before, again and again. Null where no trade can be moved.
 */
export function enterAtRandom(input: RandomEntriesInput): RandomEntries | null {
  const { trades, market, exit, rules, fromMs } = input;
  const series = new Map<string, { candles: Candles; atr: Float64Array; bars: Uint32Array }>();
  for (const symbol of new Set(trades.map((trade) => trade.symbol))) {
    const candles = market.bySymbol.get(symbol)!;
    const atr = wilderAtr(candles);
    series.set(symbol, { candles, atr, bars: possibleBars(candles, atr, fromMs, exit.holdingBars) });
  }
  const movable = trades.filter(({ symbol }) => series.get(symbol)!.bars.length > 0);
  if (movable.length === 0) return null;
  const uniform = uniformFrom(input.seed);
  const runs = new Float64Array(input.runs);
  for (let run = 0; run < runs.length; run++) {
    let total = 0;
    for (const { symbol, direction } of movable) {
      const { candles, atr, bars } = series.get(symbol)!;
      const bar = bars[Math.floor(uniform() * bars.length)]!;
      const signal = { bar, direction, entry: candles.close[bar]!, atr: atr[bar]! };
      const walked =
        rules.summaryBars === null
          ? walkTrade(candles, signal, exit, rules)
          : walkSummary(candles, signal, exit, rules, rules.summaryBars);
      total += 100 * walked.return;
    }
    runs[run] = total / movable.length;
  }
  const observed = movable.reduce((sum, trade) => sum + 100 * trade.return, 0) / movable.length;
  return { observed, moved: movable.length, runs };
}

function possibleBars(candles: Candles, atr: Float64Array, fromMs: number, holdingBars: number): Uint32Array {
  const bars: number[] = [];
  for (let bar = candleFromTime(candles, fromMs); bar < candles.count; bar++)
    if (atr[bar]! > 0 && fitsPath(candles, bar, holdingBars)) bars.push(bar);
  return Uint32Array.from(bars);
}
