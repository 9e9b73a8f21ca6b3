/** How a file formats its JSON, so that additions look as if they had always been there. */
export interface Style {
  /** Line break between members; null if they stand on one line. */
  readonly newline: string | null;
  /** Indentation of one level. */
  readonly unit: string;
  /** Between key and value. */
  readonly colon: string;
  /** White space after a comma, on one line. */
  readonly space: string;
}

/** For a file without a recognisable style. */
export const plainStyle: Style = { newline: "\n", unit: "  ", colon: ": ", space: " " };

/** The style of an outermost member, from the white space before its key and after it. */
export function styleOf(space: string, colon: string): Style {
  const lineStart = space.lastIndexOf("\n") + 1;
  return {
    newline: lineStart === 0 ? null : space[lineStart - 2] === "\r" ? "\r\n" : "\n",
    unit: space.slice(lineStart),
    colon,
    space: lineStart > 0 || /\s/.test(colon) ? " " : "",
  };
}

/** JSON text of a value whose braces are at nesting level `depth` (0: the document). */
export function printed(value: unknown, style: Style, depth: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const items = Array.isArray(value)
    ? value.map((item) => printed(item, style, depth + 1))
    : Object.entries(value).map(([key, item]) => JSON.stringify(key) + style.colon + printed(item, style, depth + 1));
  return wrapped(items, Array.isArray(value) ? "[]" : "{}", style, depth);
}

/** Items that are JSON text already, in braces. */
export function wrapped(items: readonly string[], braces: string, style: Style, depth: number): string {
  const [open, close] = [braces[0]!, braces[1]!];
  if (items.length === 0) return open + close;
  if (style.newline === null) return open + items.join(`,${style.space}`) + close;
  const [inner, outer] = [style.unit.repeat(depth + 1), style.unit.repeat(depth)].map(
    (indent) => style.newline + indent,
  );
  return `${open}${items.map((item) => inner + item).join(",")}${outer}${close}`;
}

/** Text indented by `levels` more: line breaks occur only between tokens, so no string is touched. */
export function indented(text: string, style: Style, levels: number): string {
  return style.newline === null ? text : text.replaceAll("\n", `\n${style.unit.repeat(levels)}`);
}
