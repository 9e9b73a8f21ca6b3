import type { PolicyName, RehearseResult } from "./engine.ts";
import { curve, line, picture, text } from "./svg.ts";

const [width, height] = [720, 420];
const [left, right, top, bottom] = [64, 130, 36, 40];

/** Widest first, so that policies which made the same show around one another. */
const curves: readonly (readonly [policy: PolicyName, name: string, colour: string, width: number])[] = [
  ["never_change", "never change", "#c9c9c9", 8],
  ["passed_only", "PASSED only", "#7a4fa3", 4],
  ["as_configured", "as decided", "#0b6e99", 1.5],
  ["phase3_always", "phase 3 always", "#c4572b", 1.5],
  ["phase2_always", "phase 2 always", "#5a7d2a", 1.5],
];

/** What each policy of a rehearsal had made by each day: running sums of percent of the money in a trade, 0 if nothing is traded. */
export function equityPlot({ policies, nights, end }: Pick<RehearseResult, "policies" | "nights" | "end">): string {
  const first = nights[0]!;
  const title = "Running sum of a rehearsal, percent of the money in a trade, after costs";
  const points = curves.flatMap(([policy]) => policies[policy].equity.map(([, value]) => value));
  const step = niceStep(Math.max(0, ...points) - Math.min(0, ...points));
  const [low, high] = [Math.floor(Math.min(0, ...points) / step), Math.ceil(Math.max(0, ...points) / step)];
  const across = (timeMs: number): number => left + ((timeMs - first) / (end - first)) * (width - left - right);
  const up = (value: number): number =>
    height - bottom - ((value - low * step) / (Math.max(1, high - low) * step)) * (height - top - bottom);
  const parts = [text(left, 20, title, 'font-weight="bold"')];
  for (let k = low; k <= high; k++) {
    parts.push(line(left, up(k * step), width - right, up(k * step)));
    parts.push(text(left - 6, up(k * step) + 4, (k * step).toLocaleString("en-US"), 'text-anchor="end"'));
  }
  for (const month of monthsIn(first, end)) {
    parts.push(line(across(month), top, across(month), height - bottom));
    parts.push(
      text(across(month), height - bottom + 16, new Date(month).toISOString().slice(0, 7), 'text-anchor="middle"'),
    );
  }
  for (const [k, [policy, name, colour, thickness]] of curves.entries()) {
    const equity = [[first, 0] as const, ...policies[policy].equity];
    const places = equity.map(([timeMs, value]) => [across(timeMs).toFixed(1), up(value).toFixed(1)] as const);
    parts.push(curve(places, colour, thickness));
    parts.push(`<rect x="${width - right + 10}" y="${top + 20 * k}" width="10" height="10" fill="${colour}"/>`);
    parts.push(text(width - right + 26, top + 20 * k + 9, name, ""));
  }
  return picture(width, height, title, parts);
}

/** Between lines: 1, 2 or 5 times a power of ten, some five of them over the span. */
function niceStep(span: number): number {
  const rough = Math.max(span, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
}

/** The first moments of every second UTC month in a span, or of every month where it is short. */
function monthsIn(fromMs: number, toMs: number): number[] {
  const months: number[] = [];
  const day = new Date(fromMs);
  for (let k = 1; ; k++) {
    const month = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + k);
    if (month >= toMs) break;
    months.push(month);
  }
  return months.length > 8 ? months.filter((_, k) => k % 2 === 0) : months;
}
