import { widthOf } from "../../src/report/lines.ts";

/** Columns of terminals that every brief summary is tried in. */
export const widths = [72, 80, 100, 120];

/** The columns that each line of a text takes. */
export function lineWidths(text: string): number[] {
  return text.split("\n").map(widthOf);
}
