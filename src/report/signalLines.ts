import type { SignalCounts } from "../opportunities/notices.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { label, paragraph, reportWidth } from "./lines.ts";

/** What happened to the rows of a signals file; nothing if each is an opportunity of its own, or if there was no file. */
export function signalLines(
  signals: SignalCounts | null,
  width: number = reportWidth,
  { data: words, list }: Texts = en,
): string[] {
  if (signals === null) return [];
  const { rows, dropped, in_holes, duplicates, overlapping } = signals;
  const parts = [
    ...(dropped > 0 ? [words.signalsDropped(dropped, in_holes)] : []),
    ...(duplicates > 0 ? [words.signalsTwice(duplicates)] : []),
    ...(overlapping > 0 ? [words.signalsOverlapping(overlapping)] : []),
  ];
  return parts.length === 0 ? [] : paragraph(label(words.signals), words.signalRows(rows, parts.join(list)), width);
}
