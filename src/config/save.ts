import { createHash } from "node:crypto";
import { CoreFault } from "../errors.ts";
import { type Draft, dropDraft } from "../wholeFile.ts";
import { dropBackup, dropOrphans, makeBackup, pruneBackups } from "./backups.ts";
import { ConfigDocument } from "./document.ts";
import { draftOf, dropLeftovers, replaceConfig } from "./drafts.ts";
import { type Changes, planEdits } from "./edits.ts";
import type { Place, Values } from "./layout.ts";
import { type LockOptions, underLock } from "./lock.ts";
import { textAt } from "./openBlock.ts";
import type { SaveResult } from "./result.ts";
import { isSame } from "./same.ts";
import { previousSave } from "./saveChain.ts";
import type { Plan } from "./savePlan.ts";
import { scanFile } from "./scan.ts";
import { bytesOf, isUnchanged, type Source, withSource } from "./source.ts";
import { type Edit, edited, inverse } from "./splice.ts";
import { overtaken, whileSteady } from "./steady.ts";
import { checkWritable } from "./writable.ts";

/**
 * Saves new parameters and learning into a config: only the changed keys' bytes, under a lock, with a backup, by a rename. What the bot
 * wrote since the load survives; a key that both changed is a conflict and nothing is written. `last_update` changes with parameters only.
 * Null, and nothing written, if the file already has all values, or if parameters are given and none of them changes.
 */
export async function saveConfig(
  document: ConfigDocument,
  changes: Changes,
  options: LockOptions & { readonly nowMs: number },
): Promise<SaveResult | null> {
  const realPath = await checkWritable(document.path);
  return underLock(realPath, options, async (assertHeld) => {
    await dropLeftovers(realPath);
    return whileSteady(document.path, (source) => trySave(source, document, changes, options.nowMs, assertHeld));
  });
}

async function trySave(
  source: Source,
  document: ConfigDocument,
  changes: Changes,
  nowMs: number,
  assertHeld: () => Promise<void>,
): Promise<SaveResult | null | typeof overtaken> {
  const scan = await scanFile(source.handle, source.path);
  const plan = planEdits(scan, document, changes, nowMs);
  if (plan.edits.length === 0) return null;
  const draft = await draftOf(source, edited(source.handle, plan.edits));
  let backup: string | undefined;
  try {
    if (!(await isUnchanged(source))) return overtaken;
    await verify(draft, source, scan.sha256, { document, plan, changes });
    const previous = await previousSave(source.realPath, scan);
    const journal = { oldSha256: scan.sha256, savedSha256: draft.sha256, previous, keys: plan.keys };
    backup = await makeBackup(source, nowMs, journal);
    await assertHeld();
    if (!(await isUnchanged(source))) {
      await dropBackup(backup);
      return overtaken;
    }
    await replaceConfig(draft, source);
  } catch (error) {
    if (backup !== undefined) await dropBackup(backup);
    throw error;
  } finally {
    await dropDraft(draft);
  }
  await dropOrphans(source.realPath);
  await pruneBackups(source.realPath);
  return { file: document.path, backup, bytes_written: draft.sizeBytes };
}

/** What a save is about to write. */
interface Saving {
  readonly document: ConfigDocument;
  readonly plan: Plan;
  readonly changes: Changes;
}

/** Where parameters are in a type's own block. */
function ownPlaces(type: string, params: Values): Place[] {
  return Object.entries(params).map(([key, value]) => ({ path: [`${type}_params`, key], value }));
}

/** Checks the draft by reading it back: complete, with the intended values, and equal to the old file once its edits are undone. */
async function verify(
  draft: Draft,
  source: Source,
  oldSha256: string,
  { document, plan, changes }: Saving,
): Promise<void> {
  const old = new Map<Edit, string>();
  for (const edit of plan.edits) old.set(edit, (await bytesOf(source.handle, edit.start, edit.end)).toString());
  await withSource(draft.path, async ({ handle }) => {
    const scan = await scanFile(handle, draft.path);
    const saved = new ConfigDocument(source.path, scan);
    for (const [type, params] of changes.params)
      for (const { path, value } of document.placesOf(params) ?? ownPlaces(type, params)) {
        const found = saved.valueAt(path);
        if (!isSame(found, value)) throw fault(source, path.join("."), found, value);
      }
    for (const { path, value } of changes.places ?? [])
      if (!isSame(saved.valueAt(path), value)) throw fault(source, path.join("."), saved.valueAt(path), value);
    for (const { path, new: text } of plan.keys)
      if (textAt(scan, path) !== text) throw fault(source, path.join("."), textAt(scan, path), text);
    const hash = createHash("sha256");
    for await (const chunk of edited(
      handle,
      inverse(plan.edits, (edit) => old.get(edit)!),
    ))
      hash.update(chunk);
    const undone = hash.digest("hex");
    if (scan.sha256 !== draft.sha256 || undone !== oldSha256)
      throw fault(source, "every other byte", undone, oldSha256);
  });
}

function fault(source: Source, key: string, found: unknown, expected: unknown): CoreFault {
  return new CoreFault("CONFIG_SPLICE", "the edited config does not read back as intended", {
    where: `${source.path}, ${key}`,
    found: JSON.stringify(found)?.slice(0, 200) ?? "missing",
    expected: JSON.stringify(expected)?.slice(0, 200) ?? "missing",
  });
}
