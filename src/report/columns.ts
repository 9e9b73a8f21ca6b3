import { en, type Texts } from "../words/catalogue/en.ts";
import { widthOf } from "./lines.ts";
import type { Paint } from "./paint.ts";

/** A cell: text, or a heading that spans several columns. */
export type ColumnCell =
  | string
  | { readonly content: string; readonly colSpan: number; readonly hAlign?: "left" | "center" | "right" };

/** Alignment of a column: names to the left, figures to the right. */
export type Alignment = "left" | "right";

/** A cell of a table that is being laid out. */
interface PlacedCell {
  readonly text: string;
  readonly width: number;
  /** First column, and how many. */
  readonly column: number;
  readonly span: number;
  readonly align: "left" | "center" | "right";
}

/** Rows as aligned columns without borders, one line per row; the heading rows are dimmed. No line ends in spaces. */
export function columns(
  headings: readonly (readonly ColumnCell[])[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
  paint: Paint,
  indent = "  ",
): string[] {
  const table = [...headings, ...rows].map((cells) => placed(cells, alignments));
  const widths = widthsOf(table.flat());
  return table.map((cells, index) => {
    const line = cells.map((cell) => aligned(cell, spanWidth(cell, widths))).join(" ");
    const text = (indent + line).trimEnd();
    return index < headings.length ? paint.dim(text) : text;
  });
}

function placed(cells: readonly ColumnCell[], alignments: readonly Alignment[]): PlacedCell[] {
  let column = 0;
  return cells.map((cell) => {
    const { content: text, colSpan: span, hAlign } = typeof cell === "string" ? { content: cell, colSpan: 1 } : cell;
    const at = column;
    column += span;
    return { text, width: widthOf(text), column: at, span, align: hAlign ?? alignments[at] ?? "left" };
  });
}

/** Width of each column: its widest cell's, and of those under a wider heading so much more that it fits. */
function widthsOf(cells: readonly PlacedCell[]): number[] {
  const widths: number[] = [];
  for (const { column, span, width } of cells)
    for (let k = column; k < column + span; k++) widths[k] = Math.max(1, widths[k] ?? 0, span === 1 ? width : 0);
  for (const cell of cells) {
    const { column, span, width } = cell;
    for (let k = 0; k < span; k++) {
      const missing = width - spanWidth(cell, widths);
      if (missing <= 0) break;
      widths[column + k]! += Math.round(missing / (span - k));
    }
  }
  return widths;
}

/** Width of all columns of a cell, a space between them. */
function spanWidth({ column, span }: PlacedCell, widths: readonly number[]): number {
  return widths.slice(column, column + span).reduce((sum, width) => sum + width, span - 1);
}

function aligned({ text, width, align }: PlacedCell, columns: number): string {
  const room = " ".repeat(Math.max(0, columns - width));
  if (align === "left") return text + room;
  if (align === "right") return room + text;
  const before = Math.floor(room.length / 2);
  return room.slice(0, before) + text + room.slice(before);
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
