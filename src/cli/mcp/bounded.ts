/** A result with its long lists cut, so that it fits an answer. */
export interface Bounded {
  readonly result: unknown;
  /** By the path of a list that was cut: how many of its items are left out. */
  readonly left_out?: Readonly<Record<string, number>>;
}

const lengths = [200, 50, 20, 10, 5, 2, 1, 0];
const mostPaths = 20;

/** The result as JSON of at most about so many characters: lists lose their ends, all to the same length, which is the longest that fits. */
export function boundedJson(result: unknown, mostCharacters: number): string {
  let text = "";
  for (const length of lengths) {
    const cut = new Map<string, number>();
    const shown = shortened(result, length, "", cut);
    const left = Object.fromEntries([...cut].slice(0, mostPaths));
    const bounded: Bounded = cut.size === 0 ? { result: shown } : { result: shown, left_out: left };
    text = JSON.stringify(bounded);
    if (text.length <= mostCharacters) return text;
  }
  // Only a result with thousands of names, such as symbols, is still too long.
  return JSON.stringify({
    result: `${text.slice(0, mostCharacters)}…`,
    left_out: { characters: text.length - mostCharacters },
  });
}

/** A text of at most about so many characters: it loses whole lines at its end, and its last line then says how many. */
export function boundedText(text: string, mostCharacters: number): string {
  if (text.length <= mostCharacters) return text;
  const kept = text.slice(0, Math.max(0, text.lastIndexOf("\n", mostCharacters)));
  const left = text.slice(kept.length).trim().split("\n").length;
  return `${kept}\n... (${left} more ${left === 1 ? "line" : "lines"})\n`;
}

function shortened(value: unknown, length: number, path: string, cut: Map<string, number>): unknown {
  if (Array.isArray(value)) {
    // A candidate list, such as [1, 2, 3], is a value.
    const isValue = value.length <= 8 && value.every((item) => typeof item !== "object");
    if (!isValue && value.length > length) cut.set(path === "" ? "." : path, value.length - length);
    return (isValue ? value : value.slice(0, length)).map((item, k) => shortened(item, length, `${path}[${k}]`, cut));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      shortened(inner, length, path === "" ? key : `${path}.${key}`, cut),
    ]),
  );
}
