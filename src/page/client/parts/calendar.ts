import type { MonthCell } from "../../../run/drawing/drawn.ts";
import { el } from "../dom.ts";
import { texts } from "../texts.ts";

const words = texts.trades;

/** Points by symbol and month: the deeper the colour, the more; the sign says it too. */
export function calendar(cells: readonly MonthCell[]): HTMLElement {
  const months = [...new Set(cells.map(({ month }) => month))].sort();
  const symbols = [...new Set(cells.map(({ symbol }) => symbol))];
  const most = Math.max(1e-9, ...cells.map(({ points }) => Math.abs(points)));
  const found = new Map(cells.map((cell) => [`${cell.symbol} ${cell.month}`, cell]));
  const sumOf = (of: readonly MonthCell[]): string => signed(of.reduce((sum, { points }) => sum + points, 0));
  const rows = symbols.map((symbol) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, symbol),
      ...months.map((month) => cellOf(found.get(`${symbol} ${month}`), most)),
      el("td", {}, sumOf(cells.filter((cell) => cell.symbol === symbol))),
    ),
  );
  const sums = months.map((month) => el("td", {}, sumOf(cells.filter((cell) => cell.month === month))));
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": words.calendar },
    el(
      "table",
      { class: "calendar" },
      el("caption", {}, words.calendarCaption),
      el(
        "thead",
        {},
        el("tr", {}, el("td"), ...[...months, texts.all].map((month) => el("th", { scope: "col" }, month))),
      ),
      el(
        "tbody",
        {},
        ...rows,
        el("tr", {}, el("th", { scope: "row" }, texts.all), ...sums, el("td", {}, sumOf(cells))),
      ),
    ),
  );
}

function cellOf(cell: MonthCell | undefined, most: number): HTMLElement {
  if (!cell) return el("td");
  const { points, trades } = cell;
  const element = el("td", { class: points < 0 ? "down" : "up", title: words.ofMonth(trades) }, signed(points));
  element.style.setProperty("--heat", (0.08 + 0.5 * (Math.abs(points) / most)).toFixed(2));
  return element;
}

const signed = (points: number): string => `${points > 0 ? "+" : ""}${points.toFixed(1)}`;
