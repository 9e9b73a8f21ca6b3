import type { CandleCounts } from "../../candles/counts.ts";
import type { Warning } from "../../errors.ts";
import { noSetMakesMoney } from "../../run/noMoney.ts";
import { counted } from "../../words/figures.ts";
import { paragraph, shorten, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { dayRange } from "./dates.ts";

/** `7 symbols, 1 Jan to 30 Jun 2025`. */
export function dataText({ symbols, from, to }: Pick<CandleCounts, "symbols" | "from" | "to">): string {
  return `${counted(symbols, "symbol")}, ${dayRange(from, to)}`;
}

/** The first of some warnings in at most two lines, and how many more there are. That no set makes money is said elsewhere. */
export function noteLines(warnings: readonly Warning[], paint: Paint, width: number): string[] {
  const notes = warnings.filter(({ code }) => code !== noSetMakesMoney);
  return firstNote(
    notes.map(({ message }) => message),
    paint,
    width,
  );
}

/** The first of some notes in at most two lines, and how many more there are. */
export function firstNote(notes: readonly string[], paint: Paint, width: number): string[] {
  const first = notes[0];
  if (first === undefined) return [];
  const more = notes.length > 1 ? ` (and ${counted(notes.length - 1, "more note")}: --verbose)` : "";
  return paragraph(`  ${paint.yellow("!")}       `, shorten(first, 2 * (width - 12) - more.length) + more, width);
}

/** Text of at most so many lines of a paragraph, its end cut off where there is more. */
export function clipped(label: string, text: string, width: number, most: number): string[] {
  const lines = paragraph(label, text, width);
  if (lines.length <= most) return lines;
  const last = lines[most - 1]!;
  const cut = widthOf(last) > width - 2 ? last.slice(0, width - 2 - widthOf(last)) : last;
  return [...lines.slice(0, most - 1), `${cut.trimEnd()} …`];
}
