import { escaped } from "../text.ts";

/** Text from a file for a message: characters that would move a cursor or hide text become escapes, long text is cut. */
export function quoted(text: string, limit = 80): string {
  const head = [...text.slice(0, 2 * limit)];
  const shown = head.length > limit || text.length > 2 * limit ? `${head.slice(0, limit).join("")}…` : text;
  return escaped(shown);
}

/** A value for a message; `missing` if there is none. */
export function quotedValue(value: unknown): string {
  return value === undefined ? "missing" : quoted(JSON.stringify(value));
}
