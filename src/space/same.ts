import { trailingKeys } from "./exits.ts";
import type { Parameters } from "./parameters.ts";

/** Whether two sets are the same: equal values, ignoring trailing levels if the trailing stop is off in both. */
export function isSameSet(a: Parameters, b: Parameters): boolean {
  return setText(a) === setText(b);
}

/** A key that is equal for two sets exactly if they are the same. */
export function setText(params: Parameters): string {
  const isTrailing = params["trailing_stop_enabled"] === true;
  const entries = Object.entries(params).filter(([key]) => isTrailing || !trailingKeys.some((name) => name === key));
  return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
