import { InputError } from "../errors.ts";
import { parseJson } from "./comments.ts";
import type { Container } from "./members.ts";
import { blockAtPath, openBlock } from "./openBlock.ts";
import { quoted } from "./quoted.ts";
import { isSame } from "./same.ts";
import type { KeyChange } from "./savePlan.ts";
import type { Scan } from "./scan.ts";
import { type Edit, insertMembers, removeMembers } from "./splice.ts";

/** What each key should hold in the end, by `pathKey`: its text, null if it should be missing. */
export type Goals = ReadonlyMap<string, string | null>;

/** A key that no longer holds what was saved. */
export interface Conflict {
  readonly path: readonly string[];
  /** Undefined if the key is missing. */
  readonly now: string | undefined;
  readonly saved: string;
}

/** The edits that undo one save, and the keys that others changed since; the edits overwrite these, too. */
export interface Undo {
  readonly edits: readonly Edit[];
  readonly conflicts: readonly Conflict[];
}

/** A key's path as one text. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

/**
 * Edits that restore a save's keys in a file that others wrote since. A key that others set to the old value, or to its final value, stays;
 * the time of the last update stays if the bot has written it. Throws InputError if a key's block no longer exists.
 */
export function undoEdits(scan: Scan, where: string, changes: readonly KeyChange[], goals: Goals): Undo {
  const byObject = new Map<string, KeyChange[]>();
  for (const change of changes) {
    const outer = pathKey(change.path.slice(0, -1));
    byObject.set(outer, [...(byObject.get(outer) ?? []), change]);
  }
  const undos = [...byObject.values()].map((keys) =>
    new ObjectUndo(scan, where, keys[0]!.path.slice(0, -1)).of(keys, goals),
  );
  return { edits: undos.flatMap(({ edits }) => edits), conflicts: undos.flatMap(({ conflicts }) => conflicts) };
}

/** Times of the last update, which the bot writes, too. */
const stamps = ["last_update", "export_time"];

/** The part of an undo in one object: the document itself (`outer` empty), one of its blocks, or an object within. */
class ObjectUndo {
  private readonly block;
  private readonly opened;
  private readonly object: Container | undefined;

  constructor(
    private readonly scan: Scan,
    private readonly where: string,
    private readonly outer: readonly string[],
  ) {
    this.block = outer.length === 0 ? undefined : blockAtPath(scan, outer);
    this.opened = this.block && openBlock(this.block);
    this.object = outer.length === 0 ? scan.root : this.opened?.kind === "object" ? this.opened : undefined;
  }

  of(changes: readonly KeyChange[], goals: Goals): Undo {
    const edits: Edit[] = [];
    const conflicts: Conflict[] = [];
    const added = new Set<string>();
    const removed: [string, string][] = [];
    // A block that should be missing, and is, has nothing to restore.
    if (!this.object && !this.block && goals.get(pathKey(this.outer)) === null) return { edits, conflicts };
    for (const { path, old, new: saved } of changes) {
      const key = path.at(-1)!;
      const text = this.textOf(key);
      const goal = goals.get(pathKey(path)) ?? undefined;
      // Values that this save wrote get the old spelling back, even if the number is the same.
      const isOurs = text === saved;
      if (!isOurs && (isSameText(text, old ?? undefined) || isSameText(text, goal))) continue;
      if (!isSameText(text, saved)) {
        if (stamps.includes(key) && this.outer.length === 0) continue;
        conflicts.push({ path, now: text, saved });
      }
      const member = this.object?.members.find((each) => each.key === key);
      if (member && old !== null) edits.push({ start: member.start, end: member.end, text: old });
      else if (member) added.add(key);
      else if (old !== null && (this.object || (!this.block && this.outer.length === 1))) removed.push([key, old]);
      else throw noPlace(this.where, { path, now: text, saved });
    }
    return { edits: [...edits, ...this.takeOut(added), ...this.putIn(removed)], conflicts };
  }

  private textOf(key: string): string | undefined {
    if (this.outer.length === 0) return this.scan.blocks.get(key)?.bytes.toString();
    const member = this.object && this.opened!.find(key);
    return member && this.opened!.textOf(member);
  }

  private takeOut(keys: ReadonlySet<string>): Edit[] {
    return this.object && keys.size > 0 ? removeMembers(this.object, keys) : [];
  }

  private putIn(members: readonly (readonly [string, string])[]): Edit[] {
    const { scan, outer, object, opened } = this;
    if (members.length === 0) return [];
    if (object) return insertMembers(object, members, scan.style, outer.length, opened?.spelling(scan.style));
    const text = `{${members.map(([key, old]) => `${JSON.stringify(key)}: ${old}`).join(", ")}}`;
    return insertMembers(scan.root, [[outer[0]!, text]], scan.style, 0);
  }
}

/** Whether two JSON texts mean the same; undefined is a missing key. */
export function isSameText(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a === b || isSame(parseJson(a), parseJson(b));
}

const conflictsNamed = 10;

/** The error for keys that others changed: each with its current and its saved value. */
export function conflictOf(where: string, conflicts: readonly Conflict[]): InputError {
  const [first, ...others] = conflicts;
  const rest = conflicts.length - conflictsNamed;
  const list = (textOf: (conflict: Conflict) => string): string =>
    conflicts
      .slice(0, conflictsNamed)
      .map((conflict) => `${nameOf(conflict)} ${textOf(conflict)}`)
      .join("; ") + (rest > 0 ? `; and ${rest} more` : "");
  const [place, found, expected] =
    others.length === 0
      ? [`${where}, ${nameOf(first!)}`, `now ${nowText(first!)}`, `${quoted(first!.saved)}, as it was saved`]
      : [where, list((each) => `now ${nowText(each)}`), `${list((each) => quoted(each.saved))}, as they were saved`];
  return new InputError("CONFIG_CONFLICT", "keys that the save changed were changed again since", {
    where: place,
    found,
    expected,
    remedy: "nothing was written; use --force to restore the old values anyway",
  });
}

function noPlace(where: string, conflict: Conflict): InputError {
  return new InputError("CONFIG_CONFLICT", "the block of a key that the save changed no longer exists", {
    where: `${where}, ${nameOf(conflict)}`,
    found: `now ${nowText(conflict)}`,
    expected: `${quoted(conflict.saved)}, as it was saved`,
    remedy: "nothing was written; fix the block by hand",
  });
}

function nameOf({ path }: Conflict): string {
  return quoted(path.join("."));
}

function nowText({ now }: Conflict): string {
  return now === undefined ? "missing" : quoted(now);
}
