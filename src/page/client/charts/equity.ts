import type uPlot from "uplot";
import type { DaySeries } from "../../../run/drawing/drawn.ts";
import type { EquityData } from "../../data/overview.ts";
import type { AccountData } from "../../data/trades.ts";
import { el } from "../dom.ts";
import { texts } from "../texts.ts";
import { type ColorName, color } from "./colors.ts";
import { plot } from "./plot.ts";

const daySeconds = 86_400;

/** Equity of several sets, and of holding, by day: 0 at the split; the days before it, which were searched, are grey. */
export function equityChart({ name, splitMs, sets, held, money }: EquityData): HTMLElement {
  const days = daysOf([...sets.map((set) => set.days), ...(held ? [held] : [])]);
  const split = splitMs === null ? null : splitMs / 1000;
  const lines = sets.map((set) => (money ? valuesOn(set.days, days) : atSplit(days, running(set.days, days), split)));
  const textOf = money ? moneyText : pointsText;
  const holding = held && valuesOn(held, days);
  const labels = [...sets.map(({ label }) => label), ...(holding ? [texts.overview.held] : [])];
  const colors: ColorName[] = [...sets.map(({ isNow }): ColorName => (isNow ? "now" : "proposed")), "held"];
  const ends = labels.map((label, k) => `${label} ${textOf([...lines, ...(holding ? [holding] : [])][k]!.at(-1))}`);
  return el(
    "figure",
    {},
    el("figcaption", {}, el("h3", {}, name), el("p", {}, money ?? texts.overview.points)),
    plot({
      label: texts.overview.equity(name, split !== null, ends.join(texts.list)),
      height: 240,
      unit: "",
      data: [days, ...lines, ...(holding ? [holding] : [])] as uPlot.AlignedData,
      series: () => labels.map((label, k) => lineOf(label, colors[k]!, textOf)),
      ...(split !== null && { hooks: () => ({ drawClear: [(u) => shadeBefore(u, split)] }) }),
    }),
  );
}

/** One set's equity, and below it how far it is under its last peak. */
export function drawdownChart(name: string, series: DaySeries, splitMs: number | null): HTMLElement {
  const days = daysOf([series]);
  const equity = running(series, days);
  let peak = 0;
  const under = equity.map((value) => {
    peak = Math.max(peak, value);
    return value - peak;
  });
  const split = splitMs === null ? null : splitMs / 1000;
  const deepest = Math.min(0, ...under);
  return plot({
    label: texts.trades.curvesOf(name, pointsText(equity.at(-1)), pointsText(deepest)),
    height: 240,
    unit: "",
    data: [days, equity, under] as uPlot.AlignedData,
    series: () => [
      lineOf(texts.trades.equity, "proposed"),
      { ...lineOf(texts.trades.drawdown, "bad"), width: 1, fill: color("shade") },
    ],
    ...(split !== null && { hooks: () => ({ drawClear: [(u) => shadeBefore(u, split)] }) }),
  });
}

/** A purse's equity, and how far it is below its last peak, percent of that. */
export function purseCharts(name: string, { equity, words }: AccountData): HTMLElement[] {
  const days = daysOf([equity]);
  const values = valuesOn(equity, days);
  let peak = 0;
  const under = values.map((value) => {
    peak = Math.max(peak, value ?? 0);
    return value === null || peak <= 0 ? null : 100 * (value / peak - 1);
  });
  const deepest = Math.min(0, ...under.map((value) => value ?? 0));
  return [
    plot({
      label: texts.labelled(`${name}, ${words.curve}`, moneyText(values.at(-1))),
      height: 170,
      unit: "",
      data: [days, values] as uPlot.AlignedData,
      series: () => [lineOf(words.curve, "proposed", moneyText)],
    }),
    plot({
      label: texts.labelled(`${name}, ${words.under}`, pointsText(deepest)),
      height: 120,
      unit: "%",
      data: [days, under] as uPlot.AlignedData,
      series: () => [{ ...lineOf(words.under, "bad"), width: 1, fill: color("shade") }],
    }),
  ];
}

function lineOf(label: string, name: ColorName, textOf: ValueText = pointsText): uPlot.Series {
  return {
    label,
    stroke: color(name),
    width: name === "held" ? 1 : 2,
    ...(name === "held" && { dash: [4, 4] }),
    points: { show: false },
    value: (_, value) => textOf(value),
  };
}

type ValueText = (value: number | null | undefined) => string;

const pointsText: ValueText = (value) =>
  value === null || value === undefined ? "-" : `${value > 0 ? "+" : ""}${value.toFixed(2)}`;

const moneyText: ValueText = (value) => (value === null || value === undefined ? "-" : value.toFixed(2));

/** Every day from the first to the last of several series, seconds. */
function daysOf(all: readonly DaySeries[]): number[] {
  const step = Math.max(1, ...all.map((series) => series.step));
  const first = Math.min(...all.map(({ firstDay }) => firstDay));
  const last = Math.max(...all.map((series) => series.firstDay + series.step * (series.values.length - 1)));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => (first + k * step) * daySeconds);
}

function running(series: DaySeries, days: readonly number[]): number[] {
  let sum = 0;
  let taken = 0;
  return days.map((seconds) => {
    for (; taken < series.values.length && dayAt(series, taken) <= seconds; taken++) sum += series.values[taken]!;
    return sum;
  });
}

function valuesOn(series: DaySeries, days: readonly number[]): (number | null)[] {
  const at = new Map(series.values.map((value, k) => [dayAt(series, k), value]));
  return days.map((seconds) => at.get(seconds) ?? null);
}

const dayAt = ({ firstDay, step }: DaySeries, k: number): number => (firstDay + k * step) * daySeconds;

/** A running sum that is 0 at the split. */
function atSplit(days: readonly number[], sums: readonly number[], split: number | null): number[] {
  if (split === null) return [...sums];
  let base = 0;
  for (const [k, seconds] of days.entries()) if (seconds + daySeconds <= split) base = sums[k]!;
  return sums.map((sum) => sum - base);
}

function shadeBefore(u: uPlot, seconds: number): void {
  const { left, top, width, height } = u.bbox;
  const end = Math.min(left + width, Math.max(left, u.valToPos(seconds, "x", true)));
  u.ctx.save();
  u.ctx.fillStyle = color("searched");
  u.ctx.fillRect(left, top, end - left, height);
  u.ctx.restore();
}
