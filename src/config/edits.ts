import { InputError } from "../errors.ts";
import { parseJson } from "./comments.ts";
import { ConfigDocument } from "./document.ts";
import { writeStamp } from "./lastUpdate.ts";
import { learningChanges } from "./learning.ts";
import { openBlock, styleWithin } from "./openBlock.ts";
import { quoted, quotedValue } from "./quoted.ts";
import { isBlock, isSame, memberOf } from "./same.ts";
import type { Scan } from "./scan.ts";
import { type Edit, insertMembers } from "./splice.ts";
import { printed } from "./style.ts";

/** What a save wants to write. */
export interface Changes {
  /** New values by type; only parameters of the search. */
  readonly params: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The new `latest` of `phase2_learning`; null leaves that block alone. */
  readonly phase2Learning: Readonly<Record<string, unknown>> | null;
}

/** One key as the save changes it: raw texts; `old` is null where the key was missing. */
export interface KeyChange {
  readonly path: readonly string[];
  readonly old: string | null;
  readonly new: string;
}

/** The edits that a save makes, and what they mean. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly keys: readonly KeyChange[];
}

/**
 * The edits that turn a file as it is now into what the changes want. `loaded` is the config as the run read it: a key that both the bot
 * and the changes touched since is a conflict (InputError). No edits where the file says it all already.
 */
export function planEdits(scan: Scan, loaded: ConfigDocument, changes: Changes, nowMs: number): Plan {
  const now = new ConfigDocument(loaded.path, scan);
  const edits: Edit[] = [];
  const keys: KeyChange[] = [];
  const missing: [key: string, text: string][] = [];

  /** One block's new values, as text where it is spelled otherwise than as values. */
  const change = (
    name: string,
    values: Readonly<Record<string, unknown>>,
    texts?: ReadonlyMap<string, string>,
  ): void => {
    const block = openBlock(scan.blocks.get(name)!);
    const read = loaded.value(name);
    const before = isBlock(read) ? read : {};
    const spelling = block.spelling(scan.style);
    const style = styleWithin(scan.style, spelling);
    const fresh: [string, string][] = [];
    for (const [key, value] of Object.entries(values)) {
      const member = block.find(key);
      const present: unknown = member && parseJson(block.textOf(member));
      if (isSame(present, value)) continue;
      if (!isSame(present, memberOf(before, key))) throw conflict(loaded.path, `${name}.${key}`, present, value);
      const text = texts?.get(key) ?? printed(value, style, 2);
      keys.push({ path: [name, key], old: member ? block.textOf(member) : null, new: text });
      if (member) edits.push({ start: member.start, end: member.end, text });
      else fresh.push([key, text]);
    }
    if (fresh.length > 0) edits.push(...insertMembers(block, fresh, style, 1, spelling));
  };

  for (const [type, params] of changes.params) {
    const name = `${type}_params`;
    if (now.block(name)) change(name, params);
    else if (loaded.isDerived(type)) {
      const derived = now.currentParams(type);
      const says = Object.entries(params).every(([key, value]) => isSame(memberOf(derived, key), value));
      if (!says) missing.push([name, printed({ ...derived, ...params }, scan.style, 1)]);
    } else
      for (const [key, value] of Object.entries(params))
        if (!isSame(memberOf(loaded.block(name)!, key), value))
          throw conflict(loaded.path, `${name}.${key}`, undefined, value);
  }
  const changesParameters = keys.length + missing.length > 0;
  if (changes.phase2Learning) {
    const learning = learningChanges(scan, changes.phase2Learning);
    if (learning.whole === null) change("phase2_learning", learning.values, learning.texts);
    else if (!isSame(loaded.value("phase2_learning"), now.value("phase2_learning")))
      throw conflict(loaded.path, "phase2_learning", now.value("phase2_learning"), changes.phase2Learning);
    else if (learning.old === null) missing.push(["phase2_learning", learning.whole]);
    else {
      keys.push({ path: ["phase2_learning"], old: learning.old, new: learning.whole });
      const { start, bytes } = scan.blocks.get("phase2_learning")!;
      edits.push({ start, end: start + bytes.length, text: learning.whole });
    }
  }
  if (changesParameters) {
    const block = scan.blocks.get("last_update");
    const stamp = writeStamp(now.value("last_update"), nowMs);
    const text = JSON.stringify(stamp);
    if (!block) missing.push(["last_update", text]);
    else if (stamp !== null) {
      edits.push({ start: block.start, end: block.start + block.bytes.length, text });
      keys.push({ path: ["last_update"], old: block.bytes.toString(), new: text });
    }
  }
  if (missing.length > 0) edits.push(...insertMembers(scan.root, missing, scan.style, 0));
  for (const [key, text] of missing) keys.push({ path: [key], old: null, new: text });
  return { edits, keys };
}

function conflict(where: string, path: string, theirs: unknown, ours: unknown): InputError {
  return new InputError("CONFIG_CONFLICT", "a key that the run changes was changed by others while the run worked", {
    where: `${where}, ${quoted(path)}`,
    found: `now ${quotedValue(theirs)}`,
    expected: `what the run read, to replace it with ${quotedValue(ours)}`,
    remedy: "nothing was written; run again on the config as it is now",
  });
}
