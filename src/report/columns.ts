import Table from "cli-table3";
import { en, type Texts } from "../words/catalogue/en.ts";
import { widthOf } from "./lines.ts";
import type { Paint } from "./paint.ts";

/** A cell: text, or a heading that spans several columns. */
export type ColumnCell =
  | string
  | { readonly content: string; readonly colSpan: number; readonly hAlign?: "left" | "center" | "right" };

/** Alignment of a column: names to the left, figures to the right. */
export type Alignment = "left" | "right";

const noBorders = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ",
};

/** Rows as aligned columns without borders, one line per row; the heading rows are dimmed. No line ends in spaces. */
export function columns(
  headings: readonly (readonly ColumnCell[])[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
  paint: Paint,
  indent = "  ",
): string[] {
  const table = new Table({
    chars: noBorders,
    colAligns: [...alignments],
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
  });
  for (const heading of headings) table.push(heading.map((cell) => (typeof cell === "string" ? cell : { ...cell })));
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line, index) => {
      const text = (indent + line).trimEnd();
      return index < headings.length ? paint.dim(text) : text;
    });
}

/** How a table fits a width. */
export interface Fit {
  readonly alignments: readonly Alignment[];
  /** Columns that may be left out where the table is too wide, in this order. */
  readonly spare: readonly number[];
  readonly width: number;
  readonly paint: Paint;
  readonly indent?: string;
  /** The words of the language that it is read in; English by default. */
  readonly texts?: Texts;
}

/** Names in the first column, figures in the others. */
export function namesAndFigures(columns: number): Alignment[] {
  return Array.from({ length: columns }, (_, k) => (k === 0 ? "left" : "right"));
}

/** Rows as columns within a width: where they do not fit, the least needed ones are left out, and a line below names them. */
export function fittedColumns(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  { alignments, spare, width, paint, indent = "  ", texts = en }: Fit,
): string[] {
  for (let dropped = 0; ; dropped++) {
    const out = new Set(spare.slice(0, dropped));
    const kept = <Cell>(cells: readonly Cell[]): Cell[] => cells.filter((_, k) => !out.has(k));
    const table = columns([kept(heading)], rows.map(kept), kept(alignments), paint, indent);
    if (dropped < spare.length && Math.max(...table.map(widthOf)) > width) continue;
    const names = spare.slice(0, dropped).map((k) => heading[k]!);
    return dropped === 0 ? table : [...table, paint.dim(indent + texts.data.notShown(names.join(texts.list)))];
  }
}
