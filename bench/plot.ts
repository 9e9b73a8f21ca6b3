import type { Plot } from "./question.ts";
import { curve, line, picture, text } from "./svg.ts";

const [width, height] = [640, 400];
const [left, right, top, bottom] = [64, 150, 36, 48];
const colours = ["#0b6e99", "#c4572b", "#5a7d2a", "#7a4fa3"];

interface Axis {
  readonly decades: readonly number[];
  place(value: number): number;
}

/** A log-log plot as SVG, whole decades on both axes: straight lines are powers, and a slope of one is proportional. */
export function plotSvg({ title, x, y, series }: Plot): string {
  const points = series.flatMap((one) => one.points);
  const across = axisOf(
    points.map(([value]) => value),
    left,
    width - right,
  );
  const up = axisOf(
    points.map(([, value]) => value),
    height - bottom,
    top,
  );
  const parts = [
    text(left, 20, title, 'font-weight="bold"'),
    text((left + width - right) / 2, height - 10, x, 'text-anchor="middle"'),
    text(14, height / 2, y, `text-anchor="middle" transform="rotate(-90 14 ${height / 2})"`),
  ];
  for (const value of across.decades) {
    parts.push(line(across.place(value), top, across.place(value), height - bottom));
    parts.push(text(across.place(value), height - bottom + 16, label(value), 'text-anchor="middle"'));
  }
  for (const value of up.decades) {
    parts.push(line(left, up.place(value), width - right, up.place(value)));
    parts.push(text(left - 6, up.place(value) + 4, label(value), 'text-anchor="end"'));
  }
  for (const [k, { name, points: own }] of series.entries()) {
    const colour = colours[k % colours.length]!;
    const places = own.map(([a, b]) => [across.place(a).toFixed(1), up.place(b).toFixed(1)] as const);
    parts.push(curve(places, colour, 2));
    for (const [cx, cy] of places) parts.push(`<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`);
    parts.push(`<rect x="${width - right + 10}" y="${top + 20 * k}" width="10" height="10" fill="${colour}"/>`);
    parts.push(text(width - right + 26, top + 20 * k + 9, name, ""));
  }
  return picture(width, height, title, parts);
}

function axisOf(values: readonly number[], from: number, to: number): Axis {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    decades: Array.from({ length: last - first + 1 }, (_, k) => 10 ** (first + k)),
    place: (value) => from + ((Math.log10(value) - first) / (last - first)) * (to - from),
  };
}

const label = (value: number): string =>
  value >= 0.01 && value < 1e6 ? value.toLocaleString("en-US") : value.toExponential(0).replace("+", "");
