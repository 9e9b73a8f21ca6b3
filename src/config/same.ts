/** Relative distance within which two fractions are equal: the rounding error of adding steps of 0.1 is noise, not a choice. */
const tolerance = 1e-12;

/**
 * Whether two JSON values mean the same: numbers by value, not spelling, fractions within 1e-12 of each other; lists in order,
 * objects whatever their order.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "number" && typeof b === "number") return isClose(a, b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(memberOf(a, key), memberOf(b, key)));
}

/** Two whole numbers may be times or ids, where any difference counts. */
function isClose(a: number, b: number): boolean {
  if (Number.isInteger(a) && Number.isInteger(b)) return false;
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** An object's own member; undefined if it has none, whatever its prototype knows. */
export function memberOf(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

/** Whether a value is a JSON object: no list, not null. */
export function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
