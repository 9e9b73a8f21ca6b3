import { InputError } from "../errors.ts";
import { parseJson } from "./comments.ts";
import type { KeyChange } from "./edits.ts";
import type { Container } from "./members.ts";
import { openBlock } from "./openBlock.ts";
import { quoted } from "./quoted.ts";
import { isSame } from "./same.ts";
import type { Scan } from "./scan.ts";
import { type Edit, insertMembers, removeMembers } from "./splice.ts";

/**
 * Edits that put a save's keys back in a file that others wrote since. A key that no longer holds what was saved is a conflict
 * (InputError) unless forced; one that already holds the old value stays; `last_update` stays where the bot has moved it on.
 */
export function undoEdits(scan: Scan, where: string, changes: readonly KeyChange[], force: boolean): Edit[] {
  const byObject = new Map<string | null, KeyChange[]>();
  for (const change of changes) {
    const outer = change.path.length === 1 ? null : change.path[0]!;
    byObject.set(outer, [...(byObject.get(outer) ?? []), change]);
  }
  return [...byObject].flatMap(([outer, keys]) => undoIn(scan, where, outer, keys, force));
}

function undoIn(
  scan: Scan,
  where: string,
  outer: string | null,
  changes: readonly KeyChange[],
  force: boolean,
): Edit[] {
  const block = outer === null ? undefined : scan.blocks.get(outer);
  const opened = block && openBlock(block);
  const object: Container | undefined = outer === null ? scan.root : opened?.kind === "object" ? opened : undefined;
  const edits: Edit[] = [];
  const added = new Set<string>();
  const removed: [string, string][] = [];
  for (const { path, old, new: saved } of changes) {
    const key = path.at(-1)!;
    const member = object?.members.find((each) => each.key === key);
    const text = outer === null ? scan.blocks.get(key)?.bytes.toString() : member && opened!.textOf(member);
    const isMoved = !isSameText(text, saved);
    if (isSameText(text, old ?? undefined)) continue;
    if (isMoved && key === "last_update" && outer === null) continue;
    if (isMoved && !force) throw conflict(where, path, text, saved);
    if (member && old !== null) edits.push({ start: member.start, end: member.end, text: old });
    else if (member) added.add(key);
    else if ((object || (force && !block)) && old !== null) removed.push([key, old]);
    else throw conflict(where, path, text, saved, "nothing was written; mend the block by hand");
  }
  if (object && added.size > 0) edits.push(...removeMembers(object, added));
  if (!object && removed.length > 0) {
    const text = `{${removed.map(([key, old]) => `${JSON.stringify(key)}: ${old}`).join(", ")}}`;
    edits.push(...insertMembers(scan.root, [[outer!, text]], scan.style, 0));
  }
  if (object && removed.length > 0)
    edits.push(...insertMembers(object, removed, scan.style, outer === null ? 0 : 1, opened?.spelling(scan.style)));
  return edits;
}

function isSameText(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a === b || isSame(parseJson(a), parseJson(b));
}

function conflict(
  where: string,
  path: readonly string[],
  text: string | undefined,
  saved: string,
  remedy = "nothing was written; --force puts the old value back all the same",
): InputError {
  return new InputError("CONFIG_CONFLICT", "a key that the save changed has been changed again since", {
    where: `${where}, ${quoted(path.join("."))}`,
    found: `now ${text === undefined ? "missing" : quoted(text)}`,
    expected: `${quoted(saved)}, as it was saved`,
    remedy,
  });
}
