import { exitKeyOf } from "./exits.ts";
import type { Filter, Parameters, ParameterValue } from "./parameters.ts";

const kinds = { min_: "min", max_: "max", require_: "require", allowed_: "allowed" } as const;

/** Prefixes of filter names. */
export const filterPrefixes = Object.keys(kinds);

/** Splits `min_signal_score` into its kind and feature; null if the name is not a filter's. */
export function filterNameOf(parameter: string): { kind: Filter["kind"]; feature: string } | null {
  if (exitKeyOf(parameter)) return null;
  for (const [prefix, kind] of Object.entries(kinds))
    if (parameter.startsWith(prefix) && parameter.length > prefix.length)
      return { kind, feature: parameter.slice(prefix.length) };
  return null;
}

/** The entry filters of a set, in its key order. */
export function filtersOf(parameters: Parameters): Filter[] {
  const filters: Filter[] = [];
  for (const [parameter, value] of Object.entries(parameters)) {
    const name = filterNameOf(parameter);
    if (name) filters.push({ parameter, ...name, value });
  }
  return filters;
}

/** Whether a feature value passes one candidate of a filter. An empty cell (NaN) fails every filter with a condition. */
export function passesFilter(kind: Filter["kind"], candidate: ParameterValue, value: number): boolean {
  if (Number.isNaN(value)) return false;
  switch (kind) {
    case "min":
      return value >= (candidate as number);
    case "max":
      return value <= (candidate as number);
    case "require":
      return candidate === false || value !== 0;
    case "allowed":
      return candidate === "any" || (candidate as readonly number[]).includes(value);
  }
}
