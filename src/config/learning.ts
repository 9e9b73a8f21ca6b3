import { parseJson } from "./comments.ts";
import { blockAt, openBlock, styleWithin } from "./openBlock.ts";
import { isSame } from "./same.ts";
import type { Scan } from "./scan.ts";
import { indented, printed, wrapped } from "./style.ts";

const historyLength = 5;

/** What `phase2_learning` becomes: a whole new block, or new values of `latest` and `history` with their text. */
export type LearningChanges =
  | { readonly whole: string; readonly old: string | null }
  | {
      readonly whole: null;
      readonly values: Readonly<Record<string, unknown>>;
      readonly texts: ReadonlyMap<string, string>;
    };

/**
 * `phase2_learning` with a new latest entry: the previous one moves to the front of the history, which keeps five. Existing entries are
 * moved as text, so that their numbers keep their spelling.
 */
export function learningChanges(scan: Scan, newest: Readonly<Record<string, unknown>>): LearningChanges {
  // As JSON sees it: no undefined, dates as text.
  const latest = JSON.parse(JSON.stringify(newest)) as Record<string, unknown>;
  const block = scan.blocks.get("phase2_learning");
  const opened = block && openBlock(block);
  if (!block || opened?.kind !== "object")
    return { whole: printed({ latest, history: [] }, scan.style, 1), old: block?.bytes.toString() ?? null };

  const style = styleWithin(scan.style, opened.spelling(scan.style));
  const texts = new Map([["latest", printed(latest, style, 2)]]);
  const before = opened.find("latest");
  const previous = before && opened.textOf(before);
  if (previous === undefined || previous === "null" || isSame(parseJson(previous), latest))
    return { whole: null, values: { latest }, texts };
  const history = opened.find("history");
  const list = history && openBlock(blockAt(block, history));
  const kept = list?.kind === "list" ? list.members.map((item) => list.textOf(item)) : [];
  const items = [indented(previous, style, 1), ...kept].slice(0, historyLength);
  texts.set("history", wrapped(items, "[]", style, 2));
  return { whole: null, values: { latest, history: items.map(parseJson) }, texts };
}
