import type uPlot from "uplot";
import type { NightsData } from "../../data/nights.ts";
import { type ColorName, color } from "../charts/colors.ts";
import { plot } from "../charts/plot.ts";
import { el } from "../dom.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { texts } from "../texts.ts";

const daySeconds = 86_400;
const colors: readonly ColorName[] = ["proposed", "now", "good", "bad", "held"];

export const renderNights: Renderer<NightsData> = (place, { tables, curves }) => {
  if (curves) place.append(chartOf(curves));
  for (const one of tables) place.append(table(one));
};

/** One line a policy; upright lines are the nights on which parameters changed. */
function chartOf({ label, days, lines, changes }: NonNullable<NightsData["curves"]>): HTMLElement {
  const ends = lines.map(({ name, values }) => `${name} ${values.at(-1)!.toFixed(1)}`);
  return el(
    "figure",
    {},
    el("figcaption", {}, el("p", {}, texts.nights.caption(label))),
    plot({
      label: texts.labelled(label, ends.join(texts.list)),
      height: 320,
      unit: "",
      data: [days.map((one) => one * daySeconds), ...lines.map(({ values }) => [...values])] as uPlot.AlignedData,
      series: () =>
        lines.map(({ name }, k) => ({
          label: name,
          stroke: color(colors[k % colors.length]!),
          width: k === 0 ? 3 : 1.5,
          ...(k >= 2 && { dash: [2 + 3 * k, 4] }),
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value === null ? "-" : value.toFixed(2)),
        })),
      hooks: () => ({ drawClear: [(u) => markNights(u, changes)] }),
    }),
  );
}

function markNights(u: uPlot, changes: readonly number[]): void {
  const { top, height } = u.bbox;
  u.ctx.save();
  u.ctx.fillStyle = color("line");
  for (const one of changes) u.ctx.fillRect(u.valToPos(one * daySeconds, "x", true), top, 1, height);
  u.ctx.restore();
}
