import uPlot from "uplot";
import { el } from "../dom.ts";
import { texts } from "../texts.ts";
import { color, onScheme } from "./colors.ts";

/** A chart of lines over time. */
export interface Plot {
  /** What a reader who cannot see it is told. */
  readonly label: string;
  readonly height: number;
  /** Seconds since 1970, then one array a line. */
  readonly data: uPlot.AlignedData;
  /** Made anew for each drawing, so that colours follow the scheme. */
  readonly series: () => readonly uPlot.Series[];
  readonly unit: string;
  readonly hooks?: () => uPlot.Hooks.Arrays;
}

/** A chart of uPlot in a figure, as wide as its place and drawn again when that or the scheme changes. */
export function plot(chart: Plot): HTMLElement {
  const place = el("div", { class: "plot", role: "img", "aria-label": chart.label });
  let drawn: uPlot | null = null;
  const draw = (): void => {
    drawn?.destroy();
    drawn = new uPlot(optionsOf(chart, Math.max(200, place.clientWidth)), chart.data, place);
  };
  let width = 0;
  new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    width = place.clientWidth;
    if (drawn) drawn.setSize({ width: Math.max(200, width), height: chart.height });
    else draw();
  }).observe(place);
  onScheme(() => drawn && draw());
  return place;
}

/** The legend has the last values unless a reader points at others. */
function withLegend(hooks: uPlot.Hooks.Arrays): uPlot.Hooks.Arrays {
  const showLast = (u: uPlot): void => {
    if (u.cursor.idx === null || u.cursor.idx === undefined) u.setLegend({ idx: u.data[0].length - 1 }, false);
  };
  return { ...hooks, ready: [showLast], setCursor: [showLast] };
}

const { year, month, day, full } = texts.dates;

/** How times are written along an axis, from long steps to short ones: step in seconds, text, and what a new year, day and so on adds. */
const dateTexts: uPlot.Axis.Values = [
  [3600 * 24 * 365, year, null, null, null, null, null, null, 1],
  [3600 * 24 * 28, month, `\n${year}`, null, null, null, null, null, 1],
  [3600 * 24, day, `\n${year}`, null, null, null, null, null, 1],
  [3600, "{HH}:{mm}", `\n${full}`, null, `\n${day}`, null, null, null, 1],
  [60, "{HH}:{mm}", `\n${full}`, null, `\n${day}`, null, null, null, 1],
];

function optionsOf({ height, series, unit, hooks }: Plot, width: number): uPlot.Options {
  const axis = {
    stroke: color("faint"),
    grid: { stroke: color("grid"), width: 1 },
    ticks: { stroke: color("grid"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  return {
    width,
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    series: [{ label: texts.day, value: full }, ...series()],
    axes: [
      { ...axis, values: dateTexts },
      { ...axis, size: 58, values: (_, ticks) => ticks.map((tick) => `${tick}${unit}`) },
    ],
    cursor: { points: { size: 6 }, y: false, drag: { x: true, y: false } },
    legend: { live: true },
    padding: [8, 20, 0, 0],
    hooks: withLegend(hooks?.() ?? {}),
  };
}
