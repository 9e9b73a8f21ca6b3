import type { CandleCounts } from "../candles/counts.ts";
import { count, counted, day, minute } from "../words/figures.ts";
import { paragraph } from "./lines.ts";

const named = 5;

/** What was read of the candles: symbols, span, and whatever was missing, repaired, dropped or left out; then each change of unit. */
export function candleLines(candles: CandleCounts): string[] {
  const span = `${counted(candles.symbols, "symbol")}, ${counted(candles.candles, "candle")}, ${day(candles.from)} to ${day(candles.to)}`;
  return [...paragraph("Candles  ", [span, ...candleNotes(candles)].join("; ")), ...breakLines(candles)];
}

/** What is to be said of candles beside their number, a phrase each. */
export function candleNotes(candles: CandleCounts): string[] {
  const { closed, left_out: leftOut } = candles;
  return [
    ...(candles.filled > 0 ? [`${count(candles.filled)} missing in ${counted(candles.holes, "hole")}`] : []),
    ...(candles.duplicates > 0 ? [counted(candles.duplicates, "duplicate")] : []),
    ...(candles.repaired > 0 ? [`${count(candles.repaired)} repaired for rounding`] : []),
    ...(candles.dropped > 0 ? [`${count(candles.dropped)} dropped as impossible`] : []),
    ...(candles.unfinished > 0 ? [`${counted(candles.unfinished, "unfinished candle")} left out`] : []),
    ...closed
      .slice(0, named)
      .map(({ when, symbols }) => `closed ${when}${candles.symbols > 1 ? ` (${counted(symbols, "symbol")})` : ""}`),
    ...candles.read_as,
    ...(leftOut.length > 0 ? [`without a candle in this span: ${listed(leftOut)}`] : []),
  ];
}

/** Each change of unit: the tool trades across none of them, and nobody should take one for a move. */
export function breakLines({ breaks }: CandleCounts): string[] {
  if (breaks.length === 0) return [];
  const texts = breaks
    .slice(0, named)
    .map(({ symbol, time, ratio }) => `${symbol} ${minute(time)} UTC ${ratioText(ratio)}`);
  const more = breaks.length > named ? `, and ${count(breaks.length - named)} more` : "";
  return paragraph("Breaks   ", `the unit of the price changes, and nothing crosses it: ${texts.join(", ")}${more}`);
}

/** How many of the opportunities that were left out would cross a change of unit, where any would. */
export function crossingText(crossing: number): string {
  return crossing > 0 ? ` (${count(crossing)} across a change of unit)` : "";
}

/** A ratio of prices as people say it, such as 1:1000 where the price falls to a thousandth. */
export function ratioText(ratio: number): string {
  const digits = (value: number): string => String(Number(value.toPrecision(4)));
  return ratio < 1 ? `1:${digits(1 / ratio)}` : `${digits(ratio)}:1`;
}

function listed(names: readonly string[]): string {
  const more = names.length > named ? ` and ${count(names.length - named)} more` : "";
  return names.slice(0, named).join(", ") + more;
}
