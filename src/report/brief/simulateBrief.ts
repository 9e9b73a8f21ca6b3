import type { SimulateResult } from "../../run/answers.ts";
import { count, counted, figure, percent, share, unsignedPercent } from "../../words/figures.ts";
import { paragraph } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { parametersText } from "../parametersText.ts";
import { printableCopy } from "../printable.ts";
import { exitsText } from "../setLines.ts";
import { clipped, dataText, noteLines } from "./parts.ts";

/** A simulation in some twelve lines: what the set makes per trade, then over all trades, how they end, and what to be careful about. */
export function simulateBrief(result: SimulateResult, paint: Paint, width: number): string {
  const shown = printableCopy(result);
  const { metrics } = shown;
  const leftOut = shown.left_out > 0 ? `, ${count(shown.left_out)} left out` : "";
  const data = `${shown.type}: ${counted(shown.opportunities, "opportunity", "opportunities")}${leftOut}, ${dataText(shown.candles)}`;
  const lines = [
    ...paragraph("", headline(shown), width).map(paint.bold),
    ...paragraph("", data, width).map(paint.dim),
    "",
    ...clipped("Set       ", parametersText(shown.params), width, 4),
    ...(metrics.n === 0 ? [] : figureLines(shown, width)),
    ...(shown.saved === null ? [] : paragraph("Trades    ", shown.saved, width)),
    ...noteLines(shown.warnings, paint, width),
  ];
  return `${lines.join("\n")}\n`;
}

function headline({ metrics, opportunities }: SimulateResult): string {
  const { n, avg_return: average } = metrics;
  if (n === 0) return `NO TRADES: the filters reject all ${counted(opportunities, "opportunity", "opportunities")}`;
  const made = average > 0 ? "GAINS" : average < 0 ? "LOSES" : "MAKES NOTHING";
  return `${made}: ${percent(average)} net per trade over ${counted(n, "trade")}`;
}

function figureLines(
  { metrics, ambiguous, avg_return_other_rule: other, hole_exits: holes }: SimulateResult,
  width: number,
): string[] {
  const made =
    `${percent(metrics.total_return)} in all, at its deepest ${unsignedPercent(metrics.max_drawdown)} below its peak ` +
    "(percent of one stake, every trade with the same)";
  const trades =
    `${share(metrics.win_rate)} win; average win ${percent(metrics.avg_win)}, loss ${percent(metrics.avg_loss)}; ` +
    `profit factor ${figure(Number(metrics.profit_factor.toFixed(2)))}; held ${figure(Number(metrics.avg_holding_hours.toFixed(1)))} h on average`;
  const captured = `${share(metrics.capture_rate)} of the big moves captured, ${share(metrics.precision)} of trades were one`;
  const doubtful =
    `${count(ambiguous)} of ${counted(metrics.n, "trade")} ended in a bar that touched both stop and target ` +
    `(under the other rule ${percent(other)} per trade)`;
  return [
    ...paragraph("Made      ", made, width),
    ...paragraph("Trades    ", trades, width),
    ...clipped("Exits     ", exitsText(metrics), width, 2),
    ...paragraph("Moves     ", captured, width),
    ...(ambiguous === 0 ? [] : paragraph("Ambiguous ", doubtful, width)),
    ...(holes === 0
      ? []
      : paragraph("Holes     ", `${counted(holes, "trade")} ended in a hole of the candles, at the next open`, width)),
  ];
}
