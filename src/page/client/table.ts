import type { TableData } from "../data/frame.ts";
import { el } from "./dom.ts";
import { texts } from "./texts.ts";

/** A table that scrolls sideways by itself where it is wider than the screen; its first column names the rows. */
export function table({ caption, columns, rows, more = 0 }: TableData): HTMLElement {
  const head = columns.map((text, k) =>
    text === "" && k === 0
      ? el("td")
      : el("th", { scope: "col", class: isFigure(rows, k) ? "figure" : undefined }, text),
  );
  const body = rows.map((cells) =>
    el(
      "tr",
      {},
      ...cells.map((text, k) =>
        k === 0
          ? el("th", { scope: "row" }, text)
          : el("td", { class: isFigure(rows, k) ? "figure" : undefined }, text),
      ),
    ),
  );
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
    more > 0 && el("p", { class: "more" }, texts.more(more)),
  );
}

const figure = /^(-|[+-]?[\d.,]+([eEkKMG%]|[+-]\d+)*( \S{1,6})?)$/;

/** A column of numbers stands flush right. */
function isFigure(rows: TableData["rows"], column: number): boolean {
  return column > 0 && rows.length > 0 && rows.every((cells) => figure.test(cells[column] ?? "-"));
}
