import type { CandleCounts } from "../../candles/counts.ts";
import type { Warning } from "../../errors.ts";
import { noSetMakesMoney } from "../../run/noMoney.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { candleNotes } from "../candleLines.ts";
import { cutEnd, padEnd, paragraph, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { dayRange } from "./dates.ts";

/** How a summary looks: colours, columns, and the words of its language (English by default). */
export interface Look {
  readonly paint: Paint;
  readonly width: number;
  readonly texts?: Texts | undefined;
}

/** Columns of a label, with the space after it. */
const labelWidth = 10;

/** A paragraph beneath a label of the summary. */
export function labelled(label: string, text: string, width: number): string[] {
  return paragraph(labelOf(label), text, width);
}

/** A label with the spaces after it. */
export function labelOf(label: string): string {
  return padEnd(label, Math.max(labelWidth, widthOf(label) + 1));
}

/** `7 symbols, 1 Jan to 30 Jun 2025`. */
export function dataText(
  { symbols, from, to }: Pick<CandleCounts, "symbols" | "from" | "to">,
  texts: Texts = en,
): string {
  return `${texts.brief.symbols(symbols)}${texts.comma}${dayRange(from, to, texts)}`;
}

/** What was missing, repaired, dropped or left out of the candles, and how they were read, in at most three lines; nothing if all was as it should be. */
export function candleLine(candles: CandleCounts, width: number, texts: Texts = en): string[] {
  const { length: breaks } = candles.breaks;
  const notes = [...candleNotes(candles, texts), ...(breaks > 0 ? [texts.data.unitChanges(breaks)] : [])];
  return notes.length === 0 ? [] : clipped(labelOf(texts.labels.candles), notes.join(texts.and), width, 3);
}

/** Lines of a summary that has to fit a terminal of 24 rows with its prompt. */
const mostLines = 20;

/**
 * The first of some warnings, and how many more there are: in two lines, and in up to four where a summary of so many other lines has room, because the
 * end of a warning says what to do. That no set makes money is said elsewhere.
 */
export function noteLines(warnings: readonly Warning[], look: Look, otherLines: number): string[] {
  const notes = warnings.filter(({ code }) => code !== noSetMakesMoney);
  return firstNote(
    notes.map(({ message }) => (look.texts ?? en).sentence(message)),
    look,
    Math.min(4, Math.max(2, mostLines - otherLines)),
  );
}

/** The first of some notes in at most so many lines, and how many more there are. */
export function firstNote(notes: readonly string[], { paint, width, texts = en }: Look, most = 2): string[] {
  const first = notes[0];
  if (first === undefined) return [];
  const more = notes.length > 1 ? texts.brief.moreNotes(notes.length - 1) : "";
  return paragraph(`  ${paint.yellow("!")}       `, cutEnd(first, most * (width - 12) - widthOf(more)) + more, width);
}

/** Text of at most so many lines of a paragraph, its end cut off where there is more. */
export function clipped(label: string, text: string, width: number, most: number): string[] {
  const lines = paragraph(label, text, width);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cutEnd(`${lines[most - 1]!} ${lines[most]!.trim()}`, width)];
}
