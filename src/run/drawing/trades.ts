import type { Market } from "../../candles/candles.ts";
import type { Trade } from "../../search/trades.ts";
import { candlesAround, excursionOf } from "./candles.ts";
import type { DrawnCandles, DrawnTrades } from "./drawn.ts";
import { exactTo } from "./exactTo.ts";

/** Trades that are listed, the best and worst whose candles are drawn, and how many others' candles are. */
const mostTrades = 1200;
const extremes = 10;
const otherCandles = 40;

const minuteMs = 60_000;

/** Trades as columns, in order of entry: the best and the worst ten are always among them, then the latest. */
export function drawnTrades(trades: readonly Trade[], market: Market): DrawnTrades {
  const byReturn = [...trades].sort((a, b) => a.return - b.return || a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  const extreme = new Set([...byReturn.slice(0, extremes), ...byReturn.slice(-extremes)]);
  const latest = [...trades].sort((a, b) => b.entryTimeMs - a.entryTimeMs || b.row - a.row);
  const kept = new Set<Trade>(extreme);
  for (const trade of latest) if (kept.size < mostTrades) kept.add(trade);
  const listed = [...kept].sort((a, b) => a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  const symbols = [...new Set(listed.map(({ symbol }) => symbol))].sort();
  const reasons = [...new Set(listed.map(({ reason }) => reason))].sort();
  const excursions = listed.map((trade) => excursionOf(market.bySymbol.get(trade.symbol)!, trade));
  return {
    total: trades.length,
    symbols,
    reasons,
    symbol: listed.map(({ symbol }) => symbols.indexOf(symbol)),
    entryMinute: listed.map(({ entryTimeMs }) => Math.round(entryTimeMs / minuteMs)),
    exitMinute: listed.map(({ exitTimeMs }) => Math.round(exitTimeMs / minuteMs)),
    direction: listed.map(({ direction }) => direction),
    entry: listed.map(({ entry }) => Number(entry.toPrecision(8))),
    exit: listed.map(({ exit }) => Number(exit.toPrecision(8))),
    reason: listed.map(({ reason }) => reasons.indexOf(reason)),
    points: listed.map((trade) => exactTo(100 * trade.return, 4)),
    runUp: excursions.map(({ runUp }) => exactTo(runUp, 3)),
    against: excursions.map(({ against }) => exactTo(against, 3)),
    candles: candlesOf(listed, extreme, market),
  };
}

/** Candles of the best and the worst, then of the latest as long as there is room. */
function candlesOf(
  listed: readonly Trade[],
  extreme: ReadonlySet<Trade>,
  market: Market,
): Record<number, DrawnCandles> {
  const drawn: Record<number, DrawnCandles> = {};
  let room = otherCandles;
  for (let k = listed.length - 1; k >= 0; k--) {
    const trade = listed[k]!;
    if (!extreme.has(trade) && room-- <= 0) continue;
    drawn[k] = candlesAround(market.bySymbol.get(trade.symbol)!, trade);
  }
  return drawn;
}
