import type { ParameterValue, Space } from "../../space/parameters.ts";

/** Every value that a run tried of each parameter: those of the first search and those of the last, which may be finer. Null without either. */
export function triedSpace(first: Space | undefined, last: Space | undefined): Space | null {
  if (!first || !last) return first ?? last ?? null;
  const names = [...new Set([...Object.keys(first), ...Object.keys(last)])];
  return Object.fromEntries(names.map((name) => [name, merged(first[name] ?? [], last[name] ?? [])]));
}

function merged(one: readonly ParameterValue[], other: readonly ParameterValue[]): ParameterValue[] {
  const values = new Map([...one, ...other].map((value) => [JSON.stringify(value), value]));
  const all = [...values.values()];
  return all.every((value) => typeof value === "number") ? all.sort((a, b) => Number(a) - Number(b)) : all;
}
