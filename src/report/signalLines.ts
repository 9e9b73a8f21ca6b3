import type { SignalCounts } from "../opportunities/notices.ts";
import { count, counted } from "../words/figures.ts";
import { paragraph, reportWidth } from "./lines.ts";

/** What happened to the rows of a signals file; nothing if each is an opportunity of its own, or if there was no file. */
export function signalLines(signals: SignalCounts | null, width: number = reportWidth): string[] {
  if (signals === null) return [];
  const { rows, dropped, in_holes, duplicates, overlapping } = signals;
  const inHoles = in_holes > 0 ? ` (${count(in_holes)} in holes)` : "";
  const parts = [
    ...(dropped > 0 ? [`${count(dropped)} dropped${inHoles}`] : []),
    ...(duplicates > 0 ? [`${counted(duplicates, "duplicate")} dropped`] : []),
    ...(overlapping > 0 ? [`${count(overlapping)} overlapping`] : []),
  ];
  return parts.length === 0 ? [] : paragraph("Signals  ", `${counted(rows, "row")}: ${parts.join(", ")}`, width);
}
