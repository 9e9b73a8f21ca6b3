import type { TradesData, TypeTrades } from "../../data/trades.ts";
import { drawdownChart } from "../charts/equity.ts";
import { scatter } from "../charts/scatter.ts";
import { el } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { calendar } from "./calendar.ts";
import { extremes } from "./extremes.ts";
import { tradeTable } from "./tradeTable.ts";

export const renderTrades: Renderer<TradesData> = (place, { subjects, more }) => {
  for (const subject of subjects) place.append(...tradesOf(subject));
  place.append(...moreSubjects(more));
};

function tradesOf({ name, set, splitMs, days, months, exits, trades }: TypeTrades): HTMLElement[] {
  const { runUp, against, points, total } = trades;
  const excursions = `Each trade's run-up and adverse excursion: of ${points.length} trades ${points.filter((value) => value > 0).length} won`;
  return [
    el("h3", {}, name),
    el("p", {}, `${total.toLocaleString("en-US")} trades of ${set}, one position per symbol, after costs.`),
    el(
      "div",
      { class: "halves" },
      el(
        "figure",
        {},
        el("figcaption", {}, el("h4", {}, "Equity and drawdown, points")),
        drawdownChart(name, days, splitMs),
      ),
      el(
        "figure",
        {},
        el(
          "figcaption",
          {},
          el("h4", {}, "How far trades went for and against"),
          el(
            "p",
            {},
            "Rings won, crosses lost. Winners far to the left nearly hit a stop; losers high up gave back a gain.",
          ),
        ),
        scatter(
          {
            x: against,
            y: runUp,
            isGood: (k) => points[k]! > 0,
            xLabel: "against (MAE)",
            yLabel: "in favour (MFE)",
            unit: "%",
          },
          excursions,
        ),
      ),
    ),
    table(exits),
    calendar(months),
    ...extremes(trades),
    tradeTable(name, trades),
  ];
}
