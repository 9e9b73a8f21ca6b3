import Table from "cli-table3";
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
