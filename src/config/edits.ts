import { InputError } from "../errors.ts";
import { isSame } from "./diff.ts";
import type { ConfigDocument } from "./document.ts";
import { type Member, type ObjectRanges, objectRanges } from "./jsonRanges.ts";
import { type Edit, formatted, insertMembers, spacingBefore } from "./splice.ts";

/** What a save wants to write. */
export interface Changes {
  /** New values by type; only parameters of the search. */
  readonly params: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The new `latest` of `phase2_learning`; null leaves that block alone. */
  readonly phase2Learning: Readonly<Record<string, unknown>> | null;
}

/** One key as the save changes it: raw texts, null where the key is missing. */
export interface KeyChange {
  readonly path: readonly string[];
  readonly old: string | null;
  readonly new: string;
}

export interface Plan {
  readonly edits: readonly Edit[];
  readonly keys: readonly KeyChange[];
}

const historyLength = 5;

/**
 * The edits that turn a file's present bytes into what the changes want. `loaded` is the config as the run read it: a key that both the bot
 * and we changed since is a conflict (InputError).
 */
export function planEdits(
  bytes: Uint8Array,
  where: string,
  loaded: ConfigDocument,
  changes: Changes,
  nowMs: number,
): Plan {
  const root = objectRanges(bytes, where);
  const decoder = new TextDecoder();
  const rawOf = (member: Member): string => decoder.decode(bytes.subarray(member.start, member.end));
  const find = (object: ObjectRanges, key: string): Member | undefined =>
    object.members.find((member) => member.key === key);
  const edits: Edit[] = [];
  const keys: KeyChange[] = [];
  const missingAtRoot: [string, unknown][] = [];
  const replace = (object: ObjectRanges, path: readonly string[], member: Member, value: unknown): void => {
    const text = formatted(value, typeof value === "object" ? spacingBefore(bytes, member) : "");
    edits.push({ start: member.start, end: member.end, text });
    keys.push({ path, old: rawOf(member), new: text });
    void object;
  };

  for (const [type, params] of changes.params) {
    const name = `${type}_params`;
    const member = find(root, name);
    if (!member) {
      missingAtRoot.push([name, { ...loaded.currentParams(type), ...params }]);
      continue;
    }
    if (bytes[member.start] !== 0x7b)
      throw new InputError("CONFIG_BLOCK", `${name} is no object`, {
        where: `${where}, ${name}`,
        found: rawOf(member).slice(0, 60),
        expected: "an object of parameters",
      });
    const block = blockRanges(bytes, member, `${where}, ${name}`);
    const before = loaded.block(name) ?? {};
    const fresh: [string, unknown][] = [];
    for (const [key, value] of Object.entries(params)) {
      const current = find(block, key);
      const present: unknown = current && JSON.parse(rawOf(current));
      if (isSame(present, value)) continue;
      const read = Object.hasOwn(before, key) ? before[key] : undefined;
      if (!isSame(present, read)) throw conflict(where, `${name}.${key}`, present, value);
      if (current) replace(block, [name, key], current, value);
      else fresh.push([key, value]);
    }
    if (fresh.length > 0) {
      edits.push(insertMembers(bytes, block, fresh));
      for (const [key, value] of fresh) keys.push({ path: [name, key], old: null, new: JSON.stringify(value) });
    }
  }
  const changesParameters = keys.length > 0 || missingAtRoot.length > 0;

  if (changes.phase2Learning) {
    const member = find(root, "phase2_learning");
    const value = learningAfter(member && JSON.parse(rawOf(member)), changes.phase2Learning);
    if (member) replace(root, ["phase2_learning"], member, value);
    else missingAtRoot.push(["phase2_learning", value]);
  }
  if (changesParameters) {
    const member = find(root, "last_update");
    if (member) replace(root, ["last_update"], member, stampLike(rawOf(member), nowMs));
    else missingAtRoot.push(["last_update", stampLike("", nowMs)]);
  }
  if (missingAtRoot.length > 0) {
    const edit = insertMembers(bytes, root, missingAtRoot);
    edits.push(edit);
    const spacing = root.members.at(-1) ? spacingBefore(bytes, root.members.at(-1)!) : "";
    for (const [key, value] of missingAtRoot) keys.push({ path: [key], old: null, new: formatted(value, spacing) });
  }
  return { edits, keys };
}

/** Ranges of a block inside the file's bytes. */
export function blockRanges(bytes: Uint8Array, member: Member, where: string): ObjectRanges {
  const inner = objectRanges(bytes.subarray(member.start, member.end), where);
  const shift = (offset: number): number => offset + member.start;
  return {
    open: shift(inner.open),
    close: shift(inner.close),
    members: inner.members.map((found) => ({
      key: found.key,
      keyStart: shift(found.keyStart),
      start: shift(found.start),
      end: shift(found.end),
    })),
  };
}

/** `phase2_learning` with a new latest entry; the one before goes to the front of the history. */
function learningAfter(old: unknown, latest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const block = typeof old === "object" && old !== null && !Array.isArray(old) ? (old as Record<string, unknown>) : {};
  const history = Array.isArray(block["history"]) ? (block["history"] as unknown[]) : [];
  const previous = block["latest"] === null || block["latest"] === undefined ? [] : [block["latest"]];
  return { ...block, latest, history: [...previous, ...history].slice(0, historyLength) };
}

/** The time as the file writes it: `2025-11-20 03:15:07`, or ISO where it was. */
function stampLike(raw: string, nowMs: number): string {
  const iso = new Date(nowMs).toISOString();
  return /T\d\d:/.test(raw) ? iso : iso.slice(0, 19).replace("T", " ");
}

function conflict(where: string, path: string, theirs: unknown, ours: unknown): InputError {
  return new InputError(
    "CONFIG_CONFLICT",
    "the config changed while the run worked, in a key that the run changes too",
    {
      where: `${where}, ${path}`,
      found: `now ${JSON.stringify(theirs) ?? "missing"}`,
      expected: `to write ${JSON.stringify(ours)}`,
      remedy: "nothing was written; run again on the config as it is now",
    },
  );
}
