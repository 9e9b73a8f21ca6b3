import type { CardPicture } from "../../data/trust.ts";
import { svg } from "../dom.ts";
import { texts } from "../texts.ts";
import { acrossOf, cardArea as area, picture, short, upOf, upright, words } from "./frame.ts";

type PictureOf<Kind extends CardPicture["kind"]> = Extract<CardPicture, { readonly kind: Kind }>;

/** The picture of a test; `label` is what a reader who cannot see it is told. */
export function cardPicture(shown: CardPicture, label: string): SVGElement {
  switch (shown.kind) {
    case "histogram":
      return histogram(shown, label);
    case "bars":
      return bars(shown, label);
    case "strip":
      return strip(shown, label);
    case "dots":
      return dots(shown, label);
  }
}

/** Counts as bars, coloured where they are on the wrong side of a limit, with the set's own value and the limit as lines. */
function histogram(
  { histogram: { from, to, counts }, marks, limit, wrong, unit }: PictureOf<"histogram">,
  label: string,
): SVGElement {
  const shown = [from, to, ...marks.map(({ value }) => value), ...(limit ? [limit.value] : [])];
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const x = acrossOf(area, least, most);
  const y = upOf(area, 0, Math.max(...counts));
  const binWidth = (to - from) / counts.length;
  const edge = limit?.value ?? marks[0]?.value;
  const rectangles = counts.map((count, k) => {
    const middle = from + (k + 0.5) * binWidth;
    const isWrong = edge !== undefined && (wrong === "below" ? middle < edge : middle >= edge);
    const left = binWidth === 0 ? x(from) - 4 : x(from + k * binWidth);
    const width = binWidth === 0 ? 8 : Math.max(0.5, x(from + (k + 1) * binWidth) - left - 0.6);
    return svg("rect", { x: left, y: y(count), width, height: y(0) - y(count), class: isWrong ? "bar wrong" : "bar" });
  });
  return picture(
    area,
    label,
    ...rectangles,
    base(),
    ...(limit ? [svg("line", { x1: x(limit.value), x2: x(limit.value), y1: area.top, y2: y(0), class: "limit" })] : []),
    ...marks.flatMap(({ value, label: name }) => upright(area, x(value), `${name} ${short(value, unit)}`, "mark")),
    words(short(least, unit), area.left, area.height - 8, "start"),
    words(short(most, unit), area.width - area.right, area.height - 8, "end"),
    ...(limit && x(limit.value) > 60 && x(limit.value) < area.width - 60
      ? [words(limit.label, x(limit.value), area.height - 8)]
      : []),
  );
}

/** Bars up or down from 0, each with its value. */
function bars({ bars: given, unit }: PictureOf<"bars">, label: string): SVGElement {
  const values = given.map(({ value }) => value);
  const tall = { ...area, top: 20, bottom: 36 };
  const y = upOf(tall, Math.min(0, ...values), Math.max(0, ...values, 1e-9));
  const room = (area.width - area.left - area.right) / given.length;
  const width = Math.min(56, 0.7 * room);
  return picture(
    area,
    label,
    ...given.flatMap(({ label: name, value, faint }, k) => {
      const middle = area.left + (k + 0.5) * room;
      const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
      return [
        svg("rect", {
          x: middle - width / 2,
          y: top,
          width,
          height: Math.max(1, bottom - top),
          class: faint ? "bar faint" : value < 0 ? "bar wrong" : "bar",
        }),
        words(short(value, given.length > 4 ? "" : unit), middle, value < 0 ? bottom + 12 : top - 4, "middle", "label"),
        words(name, middle, area.height - 4),
      ];
    }),
    svg("line", { x1: area.left, x2: area.width - area.right, y1: y(0), y2: y(0), class: "axis" }),
  );
}

/** One stroke a neighbour on the scale of the best score. */
function strip({ values, marks, limit }: PictureOf<"strip">, label: string): SVGElement {
  const least = Math.min(0, ...values);
  const x = acrossOf(area, least, Math.max(1, ...values));
  return picture(
    area,
    label,
    ...values.map((value) =>
      svg("line", {
        x1: x(value),
        x2: x(value),
        y1: 54,
        y2: 98,
        class: value < limit.value ? "stroke wrong" : "stroke",
      }),
    ),
    ...marks.flatMap(({ value, label: name }) => upright(area, x(value), `${name} ${short(100 * value, "%")}`, "mark")),
    svg("line", { x1: x(limit.value), x2: x(limit.value), y1: 40, y2: area.height - area.bottom, class: "limit" }),
    base(),
    words(`${limit.label} ${short(100 * limit.value, "%")}`, x(limit.value), area.height - 8),
    words(texts.trust.bestScore, x(1), area.height - 8, "end"),
  );
}

/** One dot a search over shuffled outcomes; those that found as good a set are coloured. */
function dots({ total, hits }: PictureOf<"dots">, label: string): SVGElement {
  const across = 10;
  return picture(
    area,
    label,
    ...Array.from({ length: total }, (_, k) =>
      svg("circle", {
        cx: 44 + (k % across) * 28,
        cy: 52 + Math.floor(k / across) * 32,
        r: 9,
        class: k >= total - hits ? "dot wrong" : "dot",
      }),
    ),
    words(texts.trust.shuffled(hits, total), area.width / 2, area.height - 8),
  );
}

function base(): SVGElement {
  const y = area.height - area.bottom;
  return svg("line", { x1: area.left, x2: area.width - area.right, y1: y, y2: y, class: "axis" });
}
