import type { MethodData } from "../../data/method.ts";
import { acrossOf, broad, words } from "../charts/frame.ts";
import { el, svg } from "../dom.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { texts } from "../texts.ts";

const said = texts.method;

export const renderMethod: Renderer<MethodData> = (place, { command, tables, options, memory, glossary }) => {
  if (command !== null)
    place.append(el("h3", {}, said.command), el("p", {}, el("code", { class: "command" }, command)));
  place.append(el("div", { class: "halves" }, ...tables.map(table)));
  if (options) place.append(el("details", {}, el("summary", {}, options.caption), table(options)));
  if (memory) place.append(el("h3", {}, said.memory), memoryPicture(memory));
  place.append(
    el("h3", {}, said.words),
    el("dl", {}, ...glossary.flatMap(([term, meaning]) => [el("dt", {}, term), el("dd", {}, meaning)])),
  );
};

function memoryPicture({ phases, limit }: NonNullable<MethodData["memory"]>): HTMLElement {
  const row = 20;
  const area = { width: 640, height: phases.length * row + 26, left: 80, right: 70, top: 4, bottom: 22 };
  const most = Math.max(limit ?? 0, ...phases.map(({ rss }) => rss));
  const x = acrossOf(area, 0, most);
  const peak = Math.max(...phases.map(({ rss }) => rss));
  const limited = limit === null ? said.noLimit : said.limit(limit);
  return el(
    "figure",
    {},
    el("figcaption", {}, el("p", {}, said.peak(peak, limited))),
    broad(
      area,
      said.byPhase(peak, limited),
      ...phases.flatMap(({ name, rss, linear }, k) => {
        const y = area.top + k * row;
        return [
          words(name, area.left - 6, y + 13, "end", ""),
          svg("rect", { x: x(0), y: y + 3, width: x(rss) - x(0), height: row - 6, class: "bar faint" }),
          svg("rect", { x: x(0), y: y + 3, width: x(linear) - x(0), height: row - 6, class: "bar" }),
          words(`${rss} MiB`, x(rss) + 4, y + 14, "start", ""),
        ];
      }),
      ...(limit === null
        ? []
        : [svg("line", { x1: x(limit), x2: x(limit), y1: 0, y2: area.height - area.bottom, class: "limit" })]),
    ),
  );
}
