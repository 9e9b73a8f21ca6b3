import type { OverviewData } from "../../data/overview.ts";
import { equityChart } from "../charts/equity.ts";
import { el } from "../dom.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { texts } from "../texts.ts";

export const renderOverview: Renderer<OverviewData> = (place, { decisions, equity, notes, undo }) => {
  if (decisions.rows.length > 0) place.append(table(decisions));
  place.append(el("div", { class: "pair" }, ...equity.map(equityChart)));
  for (const { text, isWarning } of notes) place.append(el("p", { class: isWarning ? "note warning" : "note" }, text));
  for (const command of undo)
    place.append(
      el("p", { class: "note" }, texts.overview.undo, el("code", { class: "command", tabindex: 0 }, command)),
    );
};
