import type { DrawnTrades } from "../../../run/drawing/drawn.ts";
import { candleChart } from "../charts/candles.ts";
import { el } from "../dom.ts";
import { exitText, texts } from "../texts.ts";

const mostShown = 10;
const minuteMs = 60_000;

/** The best and the worst trades among their candles. */
export function extremes(trades: DrawnTrades): HTMLElement[] {
  const order = trades.points.map((points, k) => ({ points, k })).sort((a, b) => b.points - a.points);
  const best = order.filter(({ points }) => points > 0).slice(0, mostShown);
  const worst = order
    .filter(({ points }) => points <= 0)
    .slice(-mostShown)
    .reverse();
  const charts = (title: string, shown: readonly { readonly k: number }[]): HTMLElement[] => {
    const drawn = shown.flatMap(({ k }) => tradeChart(trades, k) ?? []);
    return drawn.length === 0 ? [] : [el("h4", {}, title), el("div", { class: "small-charts" }, ...drawn)];
  };
  return [...charts(texts.trades.best, best), ...charts(texts.trades.worst, worst)];
}

/** One trade's candles with what it was; null if they are not in the report. */
export function tradeChart(trades: DrawnTrades, k: number, height?: number): HTMLElement | null {
  const candles = trades.candles[k];
  if (!candles) return null;
  const text = tradeText(trades, k);
  const [entry, exit] = [trades.entry[k]!, trades.exit[k]!];
  const shown = {
    entryMs: trades.entryMinute[k]! * minuteMs,
    exitMs: trades.exitMinute[k]! * minuteMs,
    exitPercent: 100 * (exit / entry - 1),
    isWin: trades.points[k]! > 0,
  };
  return el(
    "figure",
    {},
    el("figcaption", {}, text),
    candleChart(candles, shown, texts.trades.candlesOf(text), height),
  );
}

/** A trade in a few words. */
export function tradeText(trades: DrawnTrades, k: number): string {
  const points = trades.points[k]!;
  const side = trades.direction[k] === 1 ? texts.trades.long : texts.trades.short;
  const reason = exitText(trades.reasons[trades.reason[k]!]!);
  const symbol = trades.symbols[trades.symbol[k]!]!;
  const made = `${points > 0 ? "+" : ""}${points.toFixed(2)}%`;
  return texts.trades.trade(made, symbol, side, timeText(trades.entryMinute[k]!), reason);
}

/** A minute in UTC. */
export function timeText(minute: number): string {
  return new Date(minute * minuteMs).toISOString().slice(0, 16).replace("T", " ");
}
