import type { ConfigDiff, DiffEntry } from "../config/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { composedText, parameterText } from "../words/figures.ts";
import { columns } from "./columns.ts";
import { reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";

const widestValue = 22;
/** `scalping_params.atr_stop_multiplier`, whole. */
const narrowestPath = 36;

/** Changed parameters, old beside new; at most `limit` of them, and how many more there are. */
export function changeTable(
  diff: Pick<ConfigDiff, "entries">,
  paint: Paint,
  limit: number,
  width: number = reportWidth,
  texts: Texts = en,
): string[] {
  const shown = diff.entries.slice(0, limit);
  const valueWidth = Math.min(widestValue, Math.floor((width - narrowestPath - 8) / 2));
  const pathWidth = Math.max(narrowestPath, width - 2 * valueWidth - 8);
  const rows = shown.map((entry) => {
    const [old, fresh] = changeTexts(entry.old, entry.new, valueWidth, texts);
    return [shorten(entry.path, pathWidth), old, "->", fresh];
  });
  const rest = diff.entries.length - shown.length;
  return [
    ...columns([], rows, ["left", "right", "left", "left"], paint),
    ...(rest > 0 ? [paint.dim(`  ${texts.data.moreRows(rest)}`)] : []),
  ];
}

type Value = DiffEntry["old"];

/**
 * Two different values in at most `width` columns each, such that the difference shows: with as few digits as possible, a text in quotes if
 * it would look like the other, and long values cut to the part where they differ.
 */
export function changeTexts(old: Value, fresh: Value, width: number, { page }: Texts = en): readonly [string, string] {
  const [before, after] = spelledApart(old, fresh, width);
  return [old === null ? page.none : before, fresh === null ? page.none : after];
}

function spelledApart(old: Value, fresh: Value, width: number): readonly [string, string] {
  const spellings = [
    parameterText,
    (value: Value) => exactText(value, 12),
    (value: Value) => exactText(value, 17),
    quotedText,
  ];
  for (const spell of spellings) {
    const [a, b] = [spell(old), spell(fresh)];
    if (a !== b) return shortenedApart(a, b, width);
  }
  return [shorten(quotedText(old), width), shorten(quotedText(fresh), width)];
}

/** A value with its numbers in the given number of significant digits. */
function exactText(value: Value, digits: number): string {
  if (typeof value === "number") return String(Number(value.toPrecision(digits)));
  if (typeof value === "object" && value !== null) return composedText(value, (each) => exactText(each, digits));
  return parameterText(value);
}

function quotedText(value: Value): string {
  return typeof value === "string" ? JSON.stringify(value) : exactText(value, 17);
}

function shortenedApart(a: string, b: string, width: number): readonly [string, string] {
  const [short, other] = [shorten(a, width), shorten(b, width)];
  if (short !== other) return [short, other];
  const [charactersA, charactersB] = [[...a], [...b]];
  const apart = charactersA.findIndex((character, k) => character !== charactersB[k]);
  const from = Math.max(0, (apart < 0 ? charactersA.length : apart) - Math.floor(width / 2));
  return [part(charactersA, from, width), part(charactersB, from, width)];
}

function part(characters: readonly string[], from: number, width: number): string {
  const room = width - 2;
  const rest = characters.length > from + room ? "…" : "";
  return `${from > 0 ? "…" : ""}${characters.slice(from, from + room).join("")}${rest}`;
}
