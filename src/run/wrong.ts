import { InputError } from "../errors.ts";
import { isPlainObject } from "./plainObject.ts";

interface Refusal {
  readonly call: string;
  readonly rule: string;
  readonly where: string;
  readonly found: unknown;
  readonly expected: string;
  /** If there is a better one than the default. */
  readonly remedy?: string;
}

/** The error for an invalid option. */
export function wrong({ call, rule, where, found, expected, remedy }: Refusal): InputError {
  return new InputError("REQUEST_OPTION", rule, {
    where,
    found: shown(found),
    expected,
    remedy: remedy ?? `correct the call of ${call}; nothing was read or written`,
  });
}

/** A caller's value for a message: whole if it is short, otherwise its kind. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (Array.isArray(value)) {
    const isShort = value.length <= 10 && value.every((item) => typeof item !== "object" || item === null);
    return isShort ? `[${value.map(shown).join(", ")}]` : `a list of ${value.length}`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  return isPlainObject(value) ? "an object" : `an object of ${value.constructor?.name || "another class"}`;
}
