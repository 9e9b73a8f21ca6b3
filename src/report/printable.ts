// Control codes, marks that reorder or hide text, lone surrogates, line and paragraph separators.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text safe for a terminal: characters that would move the cursor, colour, reorder or hide text become escapes such as `\x1b`. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    if (hex.length > 4) return `\\u{${hex}}`;
    return shortEscapes[character] ?? (hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`);
  });
}

/** A copy of plain data in which every string and every key is printable: symbols, paths and names come from the user's files. */
export function printableCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(copy);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printable(key), copy(inner)]));
  return value;
}
