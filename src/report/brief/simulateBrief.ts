import type { SimulatedSet } from "../../run/answers.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { figure, percent, share, unsignedPercent } from "../../words/figures.ts";
import { paragraph } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { parametersText } from "../parametersText.ts";
import { portfolioTexts } from "../portfolioLines.ts";
import { printableCopy } from "../printable.ts";
import { exitsText } from "../setLines.ts";
import { candleLine, clipped, dataText, labelled, labelOf, noteLines } from "./parts.ts";

/** A simulation in some twelve lines: what the set makes per trade, then over all trades, how they end, and what to be careful about. */
export function simulateBrief(result: SimulatedSet, paint: Paint, width: number, texts: Texts = en): string {
  const shown = printableCopy(result);
  const { simulate: words, labels } = texts;
  const data = words.simulated(shown.type, shown.opportunities, shown.left_out, dataText(shown.candles, texts));
  const lines = [
    ...paragraph("", simulateHeadline(shown, texts), width).map(paint.bold),
    ...paragraph("", data, width).map(paint.dim),
    "",
    ...clipped(labelOf(labels.set), parametersText(shown.params), width, 4),
    ...(shown.metrics.n === 0 ? [] : figureLines(shown, width, texts)),
    ...(shown.portfolio
      ? portfolioTexts(shown.portfolio, texts).flatMap(([label, text]) => clipped(labelOf(label), text, width, 3))
      : []),
    ...(shown.saved === null ? [] : labelled(labels.written, shown.saved, width)),
    ...candleLine(shown.candles, width, texts),
  ];
  lines.push(...noteLines(shown.warnings, { paint, width, texts }, lines.length));
  return `${lines.join("\n")}\n`;
}

/** The first line: what the set makes. */
export function simulateHeadline({ metrics, opportunities }: SimulatedSet, { simulate: words }: Texts = en): string {
  const { n, avg_return: average } = metrics;
  if (n === 0) return words.noTrades(opportunities);
  return (average > 0 ? words.gains : average < 0 ? words.loses : words.nothing)(percent(average), n);
}

function figureLines(
  { metrics, ambiguous, avg_return_other_rule: other, hole_exits: holes, portfolio }: SimulatedSet,
  width: number,
  texts: Texts,
): string[] {
  const { simulate: words, labels } = texts;
  const trades = words.trades(
    share(metrics.win_rate),
    percent(metrics.avg_win),
    percent(metrics.avg_loss),
    figure(Number(metrics.profit_factor.toFixed(2))),
    figure(Number(metrics.avg_holding_hours.toFixed(1))),
  );
  const captured = words.moves(share(metrics.capture_rate), share(metrics.precision));
  const made = words.made(percent(metrics.total_return), unsignedPercent(metrics.max_drawdown));
  return [
    ...labelled(labels.made, made, width),
    ...labelled(labels.trades, trades, width),
    ...clipped(labelOf(labels.exits), exitsText(metrics, texts), width, 2),
    // A purse takes its place, so that a summary still fits a terminal.
    ...(portfolio ? [] : labelled(labels.moves, captured, width)),
    ...(ambiguous === 0
      ? []
      : labelled(labels.ambiguous, words.ambiguous(ambiguous, metrics.n, percent(other)), width)),
    ...(holes === 0 ? [] : labelled(labels.holes, words.holes(holes), width)),
  ];
}
