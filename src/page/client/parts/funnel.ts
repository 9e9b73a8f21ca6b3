import type { FunnelData } from "../../data/funnel.ts";
import { el } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { texts } from "../texts.ts";

const words = texts.funnel;

export const renderFunnel: Renderer<FunnelData> = (place, { subjects, more }) => {
  for (const { name, steps, missed, moreMissed } of subjects) {
    place.append(el("h3", {}, name), stepTable(steps, name));
    if (missed.length > 0)
      place.append(
        table({
          caption: words.missed,
          columns: words.missedColumns,
          rows: missed,
          more: moreMissed,
        }),
      );
  }
  place.append(...moreSubjects(more));
};

function stepTable(steps: FunnelData["subjects"][number]["steps"], name: string): HTMLElement {
  const rows = steps.map(({ label, left, share, bigLost }) => {
    const bar = el("div", { class: "meter" });
    bar.style.width = `${Math.max(0.3, 100 * share)}%`;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      el("td", { class: "figure" }, left.toLocaleString("en-US")),
      el("td", { class: "figure" }, `${(100 * share).toFixed(1)}%`),
      el("td", { class: "wide" }, bar),
      el("td", { class: "figure" }, bigLost === null ? "" : bigLost.toLocaleString("en-US")),
    );
  });
  const heads = words.columns.map((text, k) =>
    el(
      text === "" ? "td" : "th",
      { ...(text !== "" && { scope: "col" }), class: k > 0 && k !== 3 ? "figure" : undefined },
      text,
    ),
  );
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": words.filters(name) },
    el(
      "table",
      { class: "funnel" },
      el("caption", {}, words.caption),
      el("thead", {}, el("tr", {}, ...heads)),
      el("tbody", {}, ...rows),
    ),
  );
}
