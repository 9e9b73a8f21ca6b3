import { trailingKeys } from "./exits.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";

const [enabledKey, ...detailKeys] = trailingKeys;

/**
 * Sets of a space that differ from one in one parameter: by one step in candidate order for a number, by every other candidate for a
 * switch or a list. A number that is not a candidate lies between the nearest two. A trailing stop is switched on with its first
 * activation and distance, and off without them.
 */
export function neighboursOf(space: Space, params: Parameters): Parameters[] {
  return Object.keys(space).flatMap((key) => {
    const value = params[key];
    if (value === undefined) return [];
    return nextTo(space[key]!, value).map((other) => withValue(space, params, key, other));
  });
}

function nextTo(candidates: readonly ParameterValue[], value: ParameterValue): ParameterValue[] {
  const text = JSON.stringify(value);
  if (typeof value !== "number") return candidates.filter((candidate) => JSON.stringify(candidate) !== text);
  const numbers = candidates as readonly number[];
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
  if (key === enabledKey)
    for (const detail of detailKeys) {
      if (value !== true) delete changed[detail];
      else if (space[detail]) changed[detail] = space[detail][0]!;
    }
  return changed;
}
