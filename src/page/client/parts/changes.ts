import type { ChangesData, ParameterChange } from "../../data/changes.ts";
import { acrossOf, picture, short } from "../charts/frame.ts";
import { el, svg } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { texts } from "../texts.ts";

const words = texts.changes;

type Labels = ChangesData["subjects"][number]["labels"];

export const renderChanges: Renderer<ChangesData> = (place, { subjects, more }) => {
  for (const { name, decision, labels, rows } of subjects) {
    const changed = rows.filter(({ isChanged }) => isChanged);
    const same = rows.filter(({ isChanged }) => !isChanged);
    const hasNow = rows.some(({ now }) => now !== null);
    place.append(el("h3", {}, name));
    if (decision) place.append(el("p", {}, decision));
    if (hasNow && changed.length === 0) place.append(el("p", {}, words.isCurrent));
    if (hasNow) place.append(list(changed, labels));
    if (!hasNow) place.append(list(same, labels));
    else if (same.length > 0)
      place.append(el("details", {}, el("summary", {}, words.same(same.length)), list(same, labels)));
  }
  place.append(el("p", { class: "more" }, words.legend), ...moreSubjects(more));
};

function list(rows: readonly ParameterChange[], labels: Labels): HTMLElement {
  return el("ul", { class: "changes" }, ...rows.map((row) => el("li", {}, ...change(row, labels))));
}

function change(row: ParameterChange, labels: Labels): (HTMLElement | SVGElement)[] {
  const { parameter, now, proposed, isChanged, choices } = row;
  const text = isChanged ? `${now ?? texts.none} → ${proposed ?? texts.none}` : (proposed ?? now ?? texts.none);
  const tried = choices.length > 1 ? [el("p", { class: "more" }, words.tried(choices.join(texts.list)))] : [];
  return [
    el("div", {}, el("strong", {}, parameter.replaceAll("_", " ")), " ", el("span", {}, text)),
    ...(row.scale && row.scale.values.length > 1 ? [scaleOf(row, labels)] : tried),
  ];
}

const area = { width: 340, height: 40, left: 14, right: 14, top: 4, bottom: 20 };

function scaleOf({ parameter, scale }: ParameterChange, [own, name]: Labels): SVGElement {
  const { values, now, proposed } = scale!;
  const shown = [...values, ...(now === null ? [] : [now]), ...(proposed === null ? [] : [proposed])];
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const x = acrossOf(area, least, most);
  const y = 13;
  const label = [
    words.scale(parameter, least, most),
    ...(now === null ? [] : [words.at(own, now)]),
    ...(proposed === null ? [] : [words.at(name, proposed)]),
  ].join("");
  return picture(
    area,
    label,
    svg("line", { x1: x(least), x2: x(most), y1: y, y2: y, class: "axis" }),
    ...values.map((value) => svg("line", { x1: x(value), x2: x(value), y1: y - 4, y2: y + 4, class: "axis" })),
    ...(now !== null && proposed !== null
      ? [svg("line", { x1: x(now), x2: x(proposed), y1: y, y2: y, class: "way" })]
      : []),
    ...(now === null ? [] : [svg("circle", { cx: x(now), cy: y, r: 6, class: "ring" })]),
    ...(proposed === null ? [] : [svg("circle", { cx: x(proposed), cy: y, r: 5, class: "dot" })]),
    svg("text", { x: area.left, y: 36, class: "faint" }, plain(least)),
    svg("text", { x: area.width - area.right, y: 36, "text-anchor": "end", class: "faint" }, plain(most)),
  );
}

const plain = (value: number): string => (Number.isInteger(value) ? String(value) : short(value));
