import { type Candles, type Market, unbroken } from "../../src/candles/candles.ts";
import { entryPrice } from "../../src/opportunities/entry.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { walkTrade } from "../../src/search/plainWalk.ts";
import { SetReplayer } from "../../src/search/setReplayer.ts";
import type { Trade, TradeRules } from "../../src/search/trades.ts";
import { checkParameters } from "../../src/space/check.ts";
import { exitOf, holdingBarsOf } from "../../src/space/exits.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import type { FreqtradeCase } from "./freqtradeCases.ts";

/** Length of a bar of the cases. */
export const barMs = 3_600_000;
const symbol = "AAA";
const rules: TradeRules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null };

/** The settings of a case in our words, as far as there are any; levels by leverage, since returns here are of the price. */
export function parametersOf({ stopLoss, roi, trailing, usesExitSignal, leverage }: FreqtradeCase): Parameters {
  const steps = Object.entries(roi).map(([minutes, percent]) => [minutes, percent === -1 ? -1 : percent / leverage]);
  const distance = trailing?.distance ?? stopLoss;
  const parameters = {
    stop_loss_percent: stopLoss / leverage,
    ...(steps.length > 0 ? { roi: Object.fromEntries(steps) } : { take_profit_percent: 100 }),
    ...(trailing && {
      trailing_stop_enabled: true,
      trailing_activation_percent: trailing.only ? trailing.offset : 0,
      trailing_distance_percent: distance / leverage,
    }),
    use_exit_signal: usesExitSignal,
    max_holding_hours: 168,
  };
  return checkParameters(parameters, [], "the settings of a case");
}

/** Candles of a case, and its signals as opportunities that enter at the next open. */
export function opportunitiesOf(one: FreqtradeCase): { market: Market; table: OpportunityTable } {
  const column = (at: number): Float64Array => Float64Array.from(one.candles, (candle) => candle[at]!);
  const candles: Candles = unbroken({
    ...{ symbol, timeframeMs: barMs, firstOpenTimeMs: 0, count: one.candles.length },
    ...{ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(3) },
  });
  const signals = [
    ...one.enterLong.map((bar) => ({ bar, direction: 1, leaves: one.exitLong })),
    ...one.enterShort.map((bar) => ({ bar, direction: -1, leaves: one.exitShort })),
  ].sort((a, b) => a.bar - b.bar);
  const count = signals.length;
  return {
    market: { timeframeMs: barMs, bySymbol: new Map([[symbol, candles]]) },
    table: {
      count,
      symbols: [symbol],
      symbol: new Uint16Array(count),
      timestampMs: Float64Array.from(signals, ({ bar }) => bar * barMs),
      bar: Int32Array.from(signals, ({ bar }) => bar),
      direction: Int8Array.from(signals, ({ direction }) => direction),
      types: ["all"],
      type: new Uint8Array(count),
      entry: Float64Array.from(signals, ({ bar }) => entryPrice(candles, bar, "next-open")),
      atr: new Float64Array(count).fill(1),
      exitBars: Int32Array.from(signals, ({ bar, leaves }) => (leaves.find((leave) => leave > bar) ?? bar) - bar),
      featureNames: [],
      features: [],
    },
  };
}

/** Every opportunity of a case as a trade, by the core. */
export function replayed(one: FreqtradeCase): Trade[] {
  const { market, table } = opportunitiesOf(one);
  const none = new Float64Array(table.count);
  const labels = { mfe: none, mae: none, hoursToMfe: none, density: none, objective: new Uint8Array(table.count) };
  const replayer = new SetReplayer({ table, labels, market, rules, longestBars: 168, memoryBytes: 16 * 1024 * 1024 });
  const trades = replayer.trades(parametersOf(one));
  replayer.release();
  return trades;
}

/** The same by the plain walk. */
export function walked(one: FreqtradeCase) {
  const { market, table } = opportunitiesOf(one);
  const { holdingHours, ...exit } = exitOf(parametersOf(one));
  const holdingBars = holdingBarsOf(holdingHours, barMs);
  return Array.from(table.bar, (bar, row) => {
    const direction = table.direction[row] as 1 | -1;
    const signal = { bar, direction, entry: table.entry[row]!, atr: table.atr[row]!, exitBars: table.exitBars![row]! };
    return walkTrade(market.bySymbol.get(symbol)!, signal, { ...exit, holdingBars }, rules);
  });
}
