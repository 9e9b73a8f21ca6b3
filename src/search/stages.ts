import { tidy } from "../space/exitRule.ts";
import { holdingBounds } from "../space/exitRules/holding.ts";
import { exitRules } from "../space/exitRules/rules.ts";
import { defaultOf, exitKeyOf, holdingBarsOf, isOff } from "../space/exits.ts";
import type { Parameters, ParameterValue, Space } from "../space/parameters.ts";

export const coarseFactors = [0.5, 1, 1.5];
export const fineFactors = [0.8, 0.9, 1, 1.1, 1.2];

/**
 * `space` without the rules that a set can do without, but those held: every other set leaves by target, stop or time alone. A rule that the space
 * never switches off stays (a trailing stop does not), and so do details that a rule that stays may need.
 */
export function withoutVariants(space: Space, held: readonly string[] = []): Space {
  const left = new Set<string>();
  for (const { keys, isVariant } of exitRules) {
    if (isVariant === false) continue;
    const named = Object.keys(keys).filter((key) => space[key]);
    const canBeOff = named.some((key) => space[key]!.some((value) => isOff(key, value)));
    if (isVariant === "always" || canBeOff) for (const key of named) if (!held.includes(key)) left.add(key);
  }
  for (const { details } of exitRules) {
    if (!details) continue;
    const mayCount = details.controls.some((key) => space[key] && !left.has(key));
    for (const key of details.keys) if (space[key] && !held.includes(key)) mayCount ? left.delete(key) : left.add(key);
  }
  return Object.fromEntries(Object.entries(space).filter(([key]) => !left.has(key)));
}

/** A set that says of every rule which `withoutVariants` left out of its space that it does without it, so that applying it switches those off. */
export function statingVariants(params: Parameters, space: Space): Parameters {
  const stated: Record<string, ParameterValue> = { ...params };
  for (const { keys, isVariant } of exitRules) {
    if (isVariant === false) continue;
    for (const [key, { off }] of Object.entries(keys))
      if (off !== undefined && space[key] && !(key in params)) stated[key] = off;
  }
  return stated;
}

/**
 * The space's filters with exits around one set: each exit value times each factor, within its bounds, holding times in whole bars,
 * duplicates dropped, ascending. An exit that the space does not name stays out; one that is `held`, or that the set says in another unit, stays as the
 * space has it.
 */
export function spaceAround(
  space: Space,
  center: Parameters,
  factors: readonly number[],
  timeframeMs: number,
  held: readonly string[] = [],
): Space {
  const wholeBars = (hours: number): number => (holdingBarsOf(hours, timeframeMs) * timeframeMs) / 3_600_000;
  const around = (key: string, candidates: readonly ParameterValue[]): readonly ParameterValue[] => {
    const rule = exitKeyOf(key);
    const value = center[key] ?? defaultOf(key, (name) => name in center);
    if (!rule?.scaled || value === undefined || held.includes(key)) return candidates;
    const scaled = factors.map((factor) => rule.scaled!(value, factor));
    const values = key === "max_holding_hours" ? scaled.map((hours) => wholeBars(hours as number)) : scaled;
    const seen = new Map(values.map((each) => [JSON.stringify(each), each]));
    const distinct = [...seen.values()];
    return distinct.every((each) => typeof each === "number") ? distinct.sort((a, b) => a - b) : distinct;
  };
  return Object.fromEntries(Object.entries(space).map(([key, candidates]) => [key, around(key, candidates)]));
}

/** Longest holding time that any phase will try, in bars: every start's, and what coarse, fine and last search stretch the longest to. */
export function longestTriedBars(startHours: readonly number[], timeframeMs: number): number {
  const start = holdingBarsOf(
    startHours.reduce((most, hours) => Math.max(most, hours), 0),
    timeframeMs,
  );
  const [leastHours, mostHours] = holdingBounds;
  let bars = start;
  for (const factors of [coarseFactors, fineFactors, fineFactors]) {
    const hours = ((bars * timeframeMs) / 3_600_000) * Math.max(...factors);
    // Each stage rounds what the one before has rounded, so that one product of all factors would fall short.
    bars = holdingBarsOf(Math.min(mostHours, Math.max(leastHours, tidy(hours))), timeframeMs);
  }
  return Math.max(start, bars);
}
