import { exitOf, holdingBarsOf } from "../space/exits.ts";
import type { Parameters, Space } from "../space/parameters.ts";

export const coarseFactors = [0.5, 1, 1.5];
export const fineFactors = [0.8, 0.9, 1, 1.1, 1.2];

const bounds = {
  atr_tp_multiplier: [0.3, 20],
  atr_stop_multiplier: [0.3, 10],
  max_holding_hours: [1, 168],
} as const;

/** `space` without its trailing keys, except held ones: every other set exits only by target, stop or time. */
export function withoutTrailing(space: Space, held: readonly string[] = []): Space {
  return Object.fromEntries(
    Object.entries(space).filter(([key]) => !key.startsWith("trailing_stop_") || held.includes(key)),
  );
}

/**
 * The space's filters with exits around one set: each exit value times each factor, within its bounds, holding times in whole bars,
 * duplicates dropped, ascending. An exit that the space does not name stays out; one that is `held` stays as the space has it.
 */
export function spaceAround(
  space: Space,
  center: Parameters,
  factors: readonly number[],
  timeframeMs: number,
  held: readonly string[] = [],
): Space {
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
  return Object.fromEntries(
    Object.entries(space).map(([key, candidates]) => [
      key,
      held.includes(key) ? candidates : (replaced[key] ?? candidates),
    ]),
  );
}

/** Longest holding time that any phase will try, in bars: every start's, and what coarse, fine and last search stretch the longest to. */
export function longestTriedBars(startHours: readonly number[], timeframeMs: number): number {
  const start = holdingBarsOf(
    startHours.reduce((most, hours) => Math.max(most, hours), 0),
    timeframeMs,
  );
  const [leastHours, mostHours] = bounds.max_holding_hours;
  let bars = start;
  for (const factors of [coarseFactors, fineFactors, fineFactors]) {
    const hours = ((bars * timeframeMs) / 3_600_000) * Math.max(...factors);
    // Each stage rounds what the one before has rounded, so that one product of all factors would fall short.
    bars = holdingBarsOf(Math.min(mostHours, Math.max(leastHours, tidy(hours))), timeframeMs);
  }
  return Math.max(start, bars);
}

/** A product such as 1.5 * 1.2 without its binary tail, since it will end up in somebody's config. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
