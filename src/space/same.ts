import { countedOf, isOff } from "./exits.ts";
import type { Parameters } from "./parameters.ts";

/** Whether two sets are one: the same values, and the same rules switched off, whatever they say of those. */
export function isSameSet(a: Parameters, b: Parameters): boolean {
  return setText(a) === setText(b);
}

/** A key that is equal for two sets exactly if they are the same. */
export function setText(params: Parameters): string {
  const entries = Object.entries(countedOf(params)).filter(([key, value]) => !isOff(key, value));
  return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
