import type { Market } from "../candles/candles.ts";
import type { EntryRule } from "../opportunities/entry.ts";
import { uniformFrom } from "../random.ts";
import type { BarExit } from "../search/plainWalk.ts";
import type { Trade, TradeRules } from "../search/trades.ts";
import { EntryBars } from "./entryBars.ts";
import { lagOf } from "./lag.ts";

/** A set's trades with randomly moved entries, and their returns. */
export interface RandomEntries {
  /** avg_return (points) of the trades that could be moved, in their original place. */
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
  /** Where trades are entered, wherever they are moved. */
  readonly entry: EntryRule;
  /** Exits of the signals' own, by the trades' rows: each moves with its trade, as many bars behind it. Left out where the set does not use them. */
  readonly exitBars?: Int32Array;
  /** Entries move to bars that open at or after this, epoch ms. */
  readonly fromMs: number;
  readonly seed: number;
  readonly runs: number;
  /** Called for each symbol and each run; may throw to stop. */
  readonly onStep?: () => void;
}

/**
 * Repeatedly moves all entries by one lag, the same number of bars for every symbol, with the same exits. Entries moved past the end of the
 * hold-out re-enter at its start; simultaneous entries, in one symbol or several, stay together. If the lag leads to a bar where no entry is
 * possible, the nearest one is taken (see EntryBars). The price move there is scaled by the ratio of the entry's ATR over price to that bar's, so
 * that calm periods are not compared with volatile ones. For the lags see `lagOf`. Null if no trade can be moved.
 */
export function enterAtRandom(input: RandomEntriesInput): RandomEntries | null {
  const { trades, market, exit } = input;
  const bySymbol = new Map<string, EntryBars>();
  for (const symbol of new Set(trades.map((trade) => trade.symbol))) {
    input.onStep?.();
    const bars = new EntryBars(market.bySymbol.get(symbol)!, input.fromMs, exit, input.rules, input.entry);
    if (bars.count > 0) bySymbol.set(symbol, bars);
  }
  const movable = trades.filter(({ symbol }) => bySymbol.has(symbol));
  if (movable.length === 0) return null;
  const series = [...bySymbol.values()];
  const firstMs = series.reduce((first, { firstMs }) => Math.min(first, firstMs), Number.POSITIVE_INFINITY);
  const placeOf = (timeMs: number): number => Math.floor((timeMs - firstMs) / market.timeframeMs);
  const ringBars = series.reduce((most, { lastMs }) => Math.max(most, 1 + placeOf(lastMs)), 0);
  const rings = new Map([...bySymbol].map(([symbol, bars]) => [symbol, bars.onRing(ringBars, placeOf(bars.firstMs))]));
  const entries = movable.map(({ symbol, direction, entryTimeMs, row }) => {
    const ring = rings.get(symbol)!;
    const { timeMs, volatility } = ring.bars.at(entryTimeMs);
    return { ring, direction, volatility, place: placeOf(timeMs), exitBars: input.exitBars?.[row] ?? 0 };
  });
  const uniform = uniformFrom(input.seed);
  const runs = new Float64Array(input.runs);
  for (let run = 0; run < runs.length; run++) {
    input.onStep?.();
    const lag = lagOf({ bars: ringBars, leastLag: exit.holdingBars }, uniform());
    let total = 0;
    for (const { ring, direction, volatility, place, exitBars } of entries)
      total += ring.bars.returnAt(ring.nearestTo((place + lag) % ringBars), direction, volatility, exitBars);
    runs[run] = total / movable.length;
  }
  const observed = movable.reduce((sum, trade) => sum + 100 * trade.return, 0) / movable.length;
  return { observed, moved: movable.length, runs };
}
