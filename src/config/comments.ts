/** Strings, which may contain what looks like a comment, and comments. */
const stringsAndComments = /"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** JSON text without its comments; the line breaks that end them stay. */
export function withoutComments(text: string): string {
  return text.includes("/") ? text.replace(stringsAndComments, (part) => (part.startsWith("/") ? "" : part)) : text;
}

/** The value of JSON text that may have comments. */
export function parseJson(text: string): unknown {
  return JSON.parse(withoutComments(text));
}

/**
 * White space before a key, from the gap before it (comma, white space and comments), as one would write it without a comment: in a gap
 * with a comment, the last line break and what follows.
 */
export function plainGap(gap: string): string {
  const space = withoutComments(gap);
  return (space === gap ? gap : (/\r?\n[^\n]*$/.exec(space)?.[0] ?? space)).replace(",", "");
}

/** What stands between key and value, likewise. */
export function plainColon(colon: string): string {
  return withoutComments(colon) === colon ? colon : ": ";
}
