import { isPlainObject } from "./plainObject.ts";

/** What a value of an option holds that JSON could not, and where: `space.scalping.min_x[2]`. */
export class NotPlain {
  constructor(
    readonly where: string,
    readonly found: unknown,
  ) {}
}

/** No value of an option is nested deeper; one that contains itself is. */
const deepest = 32;

/** A copy of a value of numbers, texts, switches, nulls, lists and plain objects, without undefined members. Throws NotPlain. */
export function plainCopy(value: unknown, where: string, depth = 0): unknown {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (depth > deepest || (!Array.isArray(value) && !isPlainObject(value))) throw new NotPlain(where, value);
  if (Array.isArray(value)) return value.map((item, k) => plainCopy(item, `${where}[${k}]`, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of entriesOf(value, where)) {
    if (inner === undefined) continue;
    const copied = plainCopy(inner, `${where}.${key}`, depth + 1);
    // An own key of this name would otherwise set the prototype.
    Object.defineProperty(copy, key, { value: copied, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

function entriesOf(value: object, where: string): [string, unknown][] {
  try {
    return Object.entries(value);
  } catch (cause) {
    // A getter or proxy from the caller may throw.
    throw new NotPlain(where, cause instanceof Error ? cause.message : cause);
  }
}
