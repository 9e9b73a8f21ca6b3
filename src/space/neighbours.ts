import { exitRules } from "./exitRules/rules.ts";
import { isOff } from "./exits.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";

/**
 * Sets of a space that differ from one in one parameter: by one step in candidate order for a number, by every other candidate for a
 * switch, a list or a table. A number that is no candidate stands between the nearest two; where its rule can be switched off, so does that, and it
 * is switched on with its first number. A rule is switched on with the first candidates of its details, and off without.
 */
export function neighboursOf(space: Space, params: Parameters): Parameters[] {
  return Object.keys(space).flatMap((key) => {
    const value = params[key];
    if (value === undefined) return [];
    return nextTo(key, space[key]!, value).map((other) => withValue(space, params, key, other));
  });
}

function nextTo(key: string, candidates: readonly ParameterValue[], value: ParameterValue): ParameterValue[] {
  const off = candidates.filter((candidate) => isOff(key, candidate));
  const numbers = candidates.filter((candidate) => typeof candidate === "number");
  if (typeof value === "number") return [...nextNumbers(numbers, value), ...off];
  if (numbers.length > 0 && isOff(key, value)) return numbers.slice(0, 1);
  const text = JSON.stringify(value);
  return candidates.filter((candidate) => JSON.stringify(candidate) !== text);
}

function nextNumbers(numbers: readonly number[], value: number): number[] {
  const place = numbers.indexOf(value);
  if (place >= 0) return numbers.filter((_, k) => Math.abs(k - place) === 1);
  let below = Number.NEGATIVE_INFINITY;
  let above = Number.POSITIVE_INFINITY;
  for (const candidate of numbers) {
    if (candidate < value && candidate > below) below = candidate;
    if (candidate > value && candidate < above) above = candidate;
  }
  return [below, above].filter(Number.isFinite);
}

function withValue(space: Space, params: Parameters, key: string, value: ParameterValue): Parameters {
  const changed: Record<string, ParameterValue> = { ...params, [key]: value };
  for (const { details } of exitRules) {
    if (!details?.controls.includes(key)) continue;
    const counted = details.count(params);
    for (const detail of details.keys) {
      if (!details.count({ ...params, [key]: value })) delete changed[detail];
      else if (!counted && space[detail]) changed[detail] = space[detail][0]!;
    }
  }
  return changed;
}
