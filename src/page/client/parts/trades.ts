import type { TradesData, TypeTrades } from "../../data/trades.ts";
import { drawdownChart, purseCharts } from "../charts/equity.ts";
import { scatter } from "../charts/scatter.ts";
import { el } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { texts } from "../texts.ts";
import { calendar } from "./calendar.ts";
import { extremes } from "./extremes.ts";
import { tradeTable } from "./tradeTable.ts";

const words = texts.trades;

export const renderTrades: Renderer<TradesData> = (place, { subjects, more }) => {
  for (const subject of subjects) place.append(...tradesOf(subject));
  place.append(...moreSubjects(more));
};

function tradesOf({ name, set, splitMs, days, months, exits, trades, account }: TypeTrades): HTMLElement[] {
  const { runUp, against, points, total } = trades;
  const excursions = words.excursions(points.length, points.filter((value) => value > 0).length);
  return [
    el("h3", {}, name),
    el("p", {}, account?.words.whose ?? words.whose(total, set)),
    el(
      "div",
      { class: "halves" },
      account
        ? el("figure", {}, el("figcaption", {}, el("h4", {}, account.words.heading)), ...purseCharts(name, account))
        : el("figure", {}, el("figcaption", {}, el("h4", {}, words.curves)), drawdownChart(name, days, splitMs)),
      el(
        "figure",
        {},
        el("figcaption", {}, el("h4", {}, words.howFar), el("p", {}, words.howFarLegend)),
        scatter(
          {
            x: against,
            y: runUp,
            isGood: (k) => points[k]! > 0,
            xLabel: words.against,
            yLabel: words.inFavour,
            unit: "%",
          },
          excursions,
        ),
      ),
    ),
    ...(account ? [el("div", { class: "pair" }, table(account.figures), table(account.months))] : []),
    table(exits),
    calendar(months),
    ...extremes(trades),
    tradeTable(name, trades),
  ];
}
