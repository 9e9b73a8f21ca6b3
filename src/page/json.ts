const escapes: Readonly<Record<string, string>> = { "<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029" };

/** Compact JSON that is safe inside a script element: no text of it ends the element or begins a comment there. */
export function compactJson(data: unknown): string {
  return JSON.stringify(data).replace(/[<\u2028\u2029]/g, (found) => escapes[found]!);
}
