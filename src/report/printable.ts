import { escaped } from "../text.ts";

/** A copy of plain data in which every string and every key is printable: symbols, paths and names come from the user's files. */
export function printableCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return escaped(value);
  if (Array.isArray(value)) return value.map(copy);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [escaped(key), copy(inner)]));
  return value;
}
