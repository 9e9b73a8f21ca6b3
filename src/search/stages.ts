import { exitOf, holdingBarsOf } from "../space/exits.ts";
import type { Parameters, Space } from "../space/parameters.ts";

export const coarseFactors = [0.5, 1, 1.5];
export const fineFactors = [0.8, 0.9, 1, 1.1, 1.2];

const bounds = {
  atr_tp_multiplier: [0.3, 20],
  atr_stop_multiplier: [0.3, 10],
  max_holding_hours: [1, 168],
} as const;

/** `space` without its trailing keys: every set leaves by target, stop or time alone. */
export function withoutTrailing(space: Space): Space {
  return Object.fromEntries(Object.entries(space).filter(([key]) => !key.startsWith("trailing_stop_")));
}

/**
 * The space's filters with exits around one set: each exit value times each factor, within its bounds, holding times in whole bars,
 * duplicates dropped, ascending. An exit that the space does not name stays out.
 */
export function spaceAround(space: Space, center: Parameters, factors: readonly number[], timeframeMs: number): Space {
  const exit = exitOf(center);
  const around = (key: keyof typeof bounds, value: number): number[] => {
    const [least, most] = bounds[key];
    const values = factors.map((factor) => Math.min(most, Math.max(least, tidy(value * factor))));
    return [...new Set(key === "max_holding_hours" ? values.map(wholeBars) : values)].sort((a, b) => a - b);
  };
  const wholeBars = (hours: number): number => (holdingBarsOf(hours, timeframeMs) * timeframeMs) / 3_600_000;
  const replaced: Record<string, number[]> = {
    atr_tp_multiplier: around("atr_tp_multiplier", exit.takeProfit),
    atr_stop_multiplier: around("atr_stop_multiplier", exit.stopLoss),
    max_holding_hours: around("max_holding_hours", exit.holdingHours),
  };
  return Object.fromEntries(Object.entries(space).map(([key, candidates]) => [key, replaced[key] ?? candidates]));
}

/** A product such as 1.5 * 1.2 without its binary tail, since it will stand in somebody's config. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
