import type { CandleCounts } from "../candles/counts.ts";
import { count, counted, day, minute } from "../words/figures.ts";
import { paragraph, reportWidth } from "./lines.ts";

const named = 5;

/** What was read from the candles: symbols, span, and what was missing, repaired, dropped or left out; then each change of unit. */
export function candleLines(candles: CandleCounts, width: number = reportWidth): string[] {
  const span = `${counted(candles.symbols, "symbol")}, ${counted(candles.candles, "candle")}, ${day(candles.from)} to ${day(candles.to)}`;
  return [...paragraph("Candles  ", [span, ...candleNotes(candles)].join("; "), width), ...breakLines(candles, width)];
}

/** Notes on candles besides their number, one phrase each. */
export function candleNotes(candles: CandleCounts): string[] {
  const { closed, left_out: leftOut, funding } = candles;
  return [
    ...(candles.filled > 0 ? [`${count(candles.filled)} missing in ${counted(candles.holes, "hole")}`] : []),
    ...(candles.duplicates > 0 ? [counted(candles.duplicates, "duplicate")] : []),
    ...(candles.repaired > 0 ? [`${count(candles.repaired)} with rounding errors repaired`] : []),
    ...(candles.dropped > 0 ? [`${count(candles.dropped)} dropped as invalid`] : []),
    ...(candles.unfinished > 0 ? [`${counted(candles.unfinished, "unfinished candle")} left out`] : []),
    ...closed
      .slice(0, named)
      .map(({ when, symbols }) => `closed ${when}${candles.symbols > 1 ? ` (${counted(symbols, "symbol")})` : ""}`),
    ...(funding ? [counted(funding.payments, "funding payment")] : []),
    ...(leftOut.length > 0 ? [`no candles in this span: ${listed(leftOut)}`] : []),
    ...candles.read_as.slice(0, named),
    ...(candles.read_as.length > named
      ? [`other files in ${count(candles.read_as.length - named)} more ways (read_as in --json)`]
      : []),
  ];
}

/** Each change of unit: nothing trades across one, and none should be mistaken for a move. */
export function breakLines({ breaks }: CandleCounts, width: number = reportWidth): string[] {
  if (breaks.length === 0) return [];
  const texts = breaks
    .slice(0, named)
    .map(({ symbol, time, ratio }) => `${symbol} ${minute(time)} UTC ${ratioText(ratio)}`);
  const more = breaks.length > named ? `, and ${count(breaks.length - named)} more` : "";
  return paragraph(
    "Breaks   ",
    `price unit changes (split or redenomination), nothing trades across them: ${texts.join(", ")}${more}`,
    width,
  );
}

/** How many of the left-out opportunities would cross a change of unit, if any. */
export function crossingText(crossing: number): string {
  return crossing > 0 ? ` (${count(crossing)} across a change of unit)` : "";
}

/** A price ratio in words, such as 1:1000 if the price falls to a thousandth. */
export function ratioText(ratio: number): string {
  const digits = (value: number): string => String(Number(value.toPrecision(4)));
  return ratio < 1 ? `1:${digits(1 / ratio)}` : `${digits(ratio)}:1`;
}

function listed(names: readonly string[]): string {
  const more = names.length > named ? ` and ${count(names.length - named)} more` : "";
  return names.slice(0, named).join(", ") + more;
}
