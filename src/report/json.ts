import { CoreFault } from "../errors.ts";

/**
 * A result as JSON text: numbers in full precision, and a newline at the end. JSON has no NaN or infinities, which would silently become
 * null: finding one is a bug in Sluice.
 */
export function jsonText(result: unknown): string {
  const fault = findFault(result, "$");
  if (fault !== null)
    throw new CoreFault("RESULT_NOT_JSON", "a figure of the result is not a finite number", {
      where: fault.path,
      found: fault.found,
    });
  return `${JSON.stringify(result, null, 2)}\n`;
}

function findFault(value: unknown, path: string): { path: string; found: string } | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : { path, found: String(value) };
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol")
    return { path, found: typeof value };
  if (value === null || typeof value !== "object") return null;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = findFault(value[index], `${path}[${index}]`);
      if (fault !== null) return fault;
    }
    return null;
  }
  // A Map, a Set or a typed array would be written as {} or as an object of indices.
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    return { path, found: value.constructor.name };
  for (const [key, inner] of Object.entries(value)) {
    const fault = findFault(inner, `${path}.${key}`);
    if (fault !== null) return fault;
  }
  return null;
}
