import * as v from "valibot";
import { isPlainObject } from "./plainObject.ts";
import { path, value } from "./values.ts";

function isJsonObject(given: unknown): boolean {
  if (!isPlainObject(given)) return false;
  try {
    return JSON.stringify(given) !== undefined;
  } catch {
    return false;
  }
}

/** A config: its path, or its content, which is checked when it is read. */
export const configValue = value(
  v.custom<string | Readonly<Record<string, unknown>>>((given) => v.is(path, given) || isJsonObject(given)),
  "a file, or an object such as { swing_params: { ... } }",
);
