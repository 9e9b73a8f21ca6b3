import type { DrawnCandles } from "../../../run/drawing/drawn.ts";
import { canvas } from "./canvas.ts";
import { color } from "./colors.ts";

/** A trade as it is drawn among its candles. */
export interface CandleTrade {
  readonly entryMs: number;
  readonly exitMs: number;
  /** Exit in percent of entry. */
  readonly exitPercent: number;
  readonly isWin: boolean;
}

/** Candles around a trade: price in percent of the entry, a line from entry to exit. */
export function candleChart(candles: DrawnCandles, trade: CandleTrade, label: string, height = 150): HTMLCanvasElement {
  const steps = stepsOf(candles);
  const count = (steps.at(-1)?.step ?? 0) + 1;
  const lows = steps.map(({ low }) => low);
  const highs = steps.map(({ high }) => high);
  const least = Math.min(0, trade.exitPercent, ...lows);
  const most = Math.max(0, trade.exitPercent, ...highs);
  return canvas(label, height, (context, width) => {
    const [left, right, top, bottom] = [2, 44, 6, 6];
    const room = (width - left - right) / count;
    const x = (step: number): number => left + (step + 0.5) * room;
    const y = (percent: number): number => top + ((most - percent) / (most - least || 1)) * (height - top - bottom);
    const stepAt = (timeMs: number): number => (timeMs - candles.fromMs) / candles.stepMs;
    context.strokeStyle = color("grid");
    context.fillStyle = color("faint");
    for (const percent of [least, 0, most]) {
      line(context, left, y(percent), width - right, y(percent));
      // The entry's 0 gives way where it would stand on another figure.
      if (percent === 0 && Math.min(Math.abs(y(0) - y(least)), Math.abs(y(0) - y(most))) < 12) continue;
      context.fillText(`${percent > 0 ? "+" : ""}${percent.toFixed(1)}%`, width - right + 4, y(percent) + 4);
    }
    for (const { step, open, high, low, close } of steps) {
      const name = close >= open ? "good" : "bad";
      context.strokeStyle = color(name);
      context.fillStyle = color(name);
      line(context, x(step), y(high), x(step), y(low));
      const body = Math.max(1, Math.abs(y(open) - y(close)));
      context.fillRect(x(step) - 0.35 * room, Math.min(y(open), y(close)), Math.max(1, 0.7 * room), body);
    }
    const [from, to] = [stepAt(trade.entryMs), stepAt(trade.exitMs)];
    context.lineWidth = 2;
    context.strokeStyle = color("ink");
    line(context, x(from), y(0), x(to), y(trade.exitPercent));
    for (const [at, percent, name] of [
      [from, 0, "ink"],
      [to, trade.exitPercent, trade.isWin ? "good" : "bad"],
    ] as const) {
      context.fillStyle = color(name);
      context.beginPath();
      context.arc(x(at), y(percent), 4, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  });
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** The candles in percent, each with its step. */
function stepsOf({ prices, gaps }: DrawnCandles) {
  const missing = new Set(gaps);
  const steps = [];
  for (let at = 0, step = 0; at < prices.length; step++) {
    if (missing.has(step)) continue;
    const [open, high, low, close] = prices.slice(at, at + 4).map((price) => price / 100) as [
      number,
      number,
      number,
      number,
    ];
    steps.push({ step, open, high, low, close });
    at += 4;
  }
  return steps;
}
