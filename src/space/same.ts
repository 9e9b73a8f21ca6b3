import { trailingKeys } from "./exits.ts";
import type { Parameters } from "./parameters.ts";

/** Whether two sets are one: the same values, and a trailing stop that is off in both, whatever they say of its levels. */
export function isSameSet(a: Parameters, b: Parameters): boolean {
  return setText(a) === setText(b);
}

/** A text that two sets share exactly where they are one. */
export function setText(params: Parameters): string {
  const isTrailing = params["trailing_stop_enabled"] === true;
  const entries = Object.entries(params).filter(([key]) => isTrailing || !trailingKeys.some((name) => name === key));
  return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
