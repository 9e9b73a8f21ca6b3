import type { CandleCounts } from "../candles/counts.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { day, minute } from "../words/figures.ts";
import { label, paragraph, reportWidth } from "./lines.ts";

const named = 5;

/** What was read from the candles: symbols, span, and what was missing, repaired, dropped or left out; then each change of unit. */
export function candleLines(candles: CandleCounts, width: number = reportWidth, texts: Texts = en): string[] {
  const { data: words, and } = texts;
  const span = words.span(candles.symbols, candles.candles, day(candles.from), day(candles.to));
  return [
    ...paragraph(label(words.candles), [span, ...candleNotes(candles, texts)].join(and), width),
    ...breakLines(candles, width, texts),
  ];
}

/** Notes on candles besides their number, one phrase each. */
export function candleNotes(candles: CandleCounts, { data: words, sentence, list }: Texts = en): string[] {
  const { closed, left_out: leftOut, funding } = candles;
  const listed = (names: readonly string[]): string => {
    const first = names.slice(0, named).join(list);
    return names.length > named ? words.andMore(first, names.length - named) : first;
  };
  return [
    ...(candles.filled > 0 ? [words.missing(candles.filled, candles.holes)] : []),
    ...(candles.duplicates > 0 ? [words.duplicates(candles.duplicates)] : []),
    ...(candles.repaired > 0 ? [words.repaired(candles.repaired)] : []),
    ...(candles.dropped > 0 ? [words.dropped(candles.dropped)] : []),
    ...(candles.unfinished > 0 ? [words.unfinished(candles.unfinished)] : []),
    ...closed
      .slice(0, named)
      .map(({ when, symbols }) =>
        candles.symbols > 1 ? words.closedOf(sentence(when), symbols) : words.closed(sentence(when)),
      ),
    ...(funding ? [words.funding(funding.payments)] : []),
    ...(leftOut.length > 0 ? [words.leftOut(listed(leftOut))] : []),
    ...candles.read_as.slice(0, named).map(sentence),
    ...(candles.read_as.length > named ? [words.otherWays(candles.read_as.length - named)] : []),
  ];
}

/** Each change of unit: nothing trades across one, and none should be mistaken for a move. */
export function breakLines(
  { breaks }: CandleCounts,
  width: number = reportWidth,
  { data: words, list }: Texts = en,
): string[] {
  if (breaks.length === 0) return [];
  const texts = breaks
    .slice(0, named)
    .map(({ symbol, time, ratio }) => `${symbol} ${minute(time)} UTC ${ratioText(ratio)}`);
  const more = breaks.length > named ? words.moreChanges(breaks.length - named) : "";
  return paragraph(label(words.breaks), words.unitChangesAt(texts.join(list) + more), width);
}

/** How many of the left-out opportunities would cross a change of unit, if any. */
export function crossingText(crossing: number, { data }: Texts = en): string {
  return crossing > 0 ? data.crossing(crossing) : "";
}

/** A price ratio in words, such as 1:1000 if the price falls to a thousandth. */
export function ratioText(ratio: number): string {
  const digits = (value: number): string => String(Number(value.toPrecision(4)));
  return ratio < 1 ? `1:${digits(1 / ratio)}` : `${digits(ratio)}:1`;
}
