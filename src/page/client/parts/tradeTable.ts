import type { DrawnTrades } from "../../../run/drawing/drawn.ts";
import { el } from "../dom.ts";
import { exitText, texts } from "../texts.ts";
import { timeText, tradeChart } from "./extremes.ts";

/** A column of the table: its text, and what it is sorted by. */
interface Column {
  readonly name: string;
  readonly isFigure: boolean;
  readonly text: (k: number) => string;
  readonly key: (k: number) => number | string;
}

const words = texts.trades;
const first = 25;
const step = 200;

/** Every listed trade: sorted by any column, with its candles if they are in the report. */
export function tradeTable(name: string, trades: DrawnTrades): HTMLElement {
  const columns = columnsOf(trades);
  let order = trades.points.map((_, k) => k).reverse();
  let shown = first;
  const body = el("tbody");
  const chart = el("div", { class: "chosen", "aria-live": "polite" });
  const more = el("button", { type: "button", class: "screen-only" });
  const fill = (): void => {
    body.replaceChildren(...order.slice(0, shown).map((k) => rowOf(columns, trades, k, chart)));
    more.textContent = words.showMore(Math.min(step, order.length - shown));
    more.hidden = shown >= order.length;
  };
  more.addEventListener("click", () => {
    shown += step;
    fill();
  });
  const heads = columns.map((column) => el("th", { scope: "col", class: column.isFigure ? "figure" : undefined }));
  for (const [at, column] of columns.entries()) {
    const button = el("button", { type: "button" }, column.name);
    heads[at]!.append(button);
    button.addEventListener("click", () => {
      const isDown = heads[at]!.getAttribute("aria-sort") !== "descending";
      for (const head of heads) head.removeAttribute("aria-sort");
      heads[at]!.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      order = sortedBy(order, column, isDown);
      fill();
    });
  }
  fill();
  const rest = trades.total - trades.points.length;
  const caption = rest > 0 ? words.captionOfSome(name, rest) : words.caption(name);
  const head = el("thead", {}, el("tr", {}, ...heads, el("th", { scope: "col" }, words.columns.candles)));
  return el(
    "div",
    {},
    el("h4", {}, words.all),
    chart,
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": words.tradesOf(name) },
      el("table", { class: "trades" }, el("caption", {}, caption), head, body),
    ),
    more,
  );
}

function sortedBy(order: readonly number[], { key }: Column, isDown: boolean): number[] {
  const compare = (a: number, b: number): number => {
    const [x, y] = [key(a), key(b)];
    return (x < y ? -1 : x > y ? 1 : 0) * (isDown ? -1 : 1) || a - b;
  };
  return [...order].sort(compare);
}

function columnsOf(trades: DrawnTrades): Column[] {
  const names = words.columns;
  const minutes = (k: number): number => trades.exitMinute[k]! - trades.entryMinute[k]!;
  const points = (name: string, values: readonly number[]): Column => ({
    name,
    isFigure: true,
    text: (k) => `${values[k]! > 0 ? "+" : ""}${values[k]!.toFixed(2)}%`,
    key: (k) => values[k]!,
  });
  const plain = (name: string, text: (k: number) => string): Column => ({ name, isFigure: false, text, key: text });
  return [
    { ...plain(names.entry, (k) => timeText(trades.entryMinute[k]!)), key: (k) => trades.entryMinute[k]! },
    plain(names.symbol, (k) => trades.symbols[trades.symbol[k]!]!),
    plain(names.side, (k) => (trades.direction[k] === 1 ? words.long : words.short)),
    points(names.points, trades.points),
    plain(names.exit, (k) => exitText(trades.reasons[trades.reason[k]!]!)),
    { name: names.hours, isFigure: true, text: (k) => (minutes(k) / 60).toFixed(1), key: minutes },
    points(names.runUp, trades.runUp),
    points(names.against, trades.against),
  ];
}

function rowOf(columns: readonly Column[], trades: DrawnTrades, k: number, chart: HTMLElement): HTMLElement {
  const cells = columns.map(({ isFigure, text }) => el("td", { class: isFigure ? "figure" : undefined }, text(k)));
  if (!trades.candles[k]) return el("tr", {}, ...cells, el("td", {}, "-"));
  const label = words.showCandles(trades.symbols[trades.symbol[k]!]!, timeText(trades.entryMinute[k]!));
  const button = el("button", { type: "button", "aria-label": label }, words.show);
  button.addEventListener("click", () => {
    chart.replaceChildren(tradeChart(trades, k, 320)!);
    chart.scrollIntoView({ block: "nearest" });
  });
  return el("tr", {}, ...cells, el("td", {}, button));
}
