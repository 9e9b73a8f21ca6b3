import { CoreFault } from "../errors.ts";
import { dropBackup, makeBackup, pruneBackups } from "./backups.ts";
import { isSame } from "./diff.ts";
import { type ConfigDocument, documentOf, readConfigBytes, sha256Of } from "./document.ts";
import { type Changes, planEdits } from "./edits.ts";
import { type LockOptions, underLock } from "./lock.ts";
import { replaceFile } from "./replaceFile.ts";
import type { SaveResult } from "./result.ts";
import { applyEdits } from "./splice.ts";
import { checkWritable } from "./writable.ts";

/**
 * Saves new parameters and learning into a config: only the changed keys' bytes, under a lock, with a backup, by a rename. What the bot
 * wrote since the load survives; a key that both changed is a conflict and nothing is written. `last_update` moves with parameters only.
 */
export async function saveConfig(
  document: ConfigDocument,
  changes: Changes,
  options: LockOptions & { readonly nowMs: number },
): Promise<SaveResult> {
  await checkWritable(document.path);
  return underLock(document.realPath, options, async () => {
    const { bytes } = await readConfigBytes(document.realPath);
    const { edits, keys } = planEdits(bytes, document.path, document, changes, options.nowMs);
    const fresh = applyEdits(bytes, edits);
    verify(documentOf(document.path, document.realPath, fresh), changes);
    const backup = await makeBackup(document.realPath, options.nowMs, { savedSha256: sha256Of(fresh), keys });
    try {
      await replaceFile(document.realPath, fresh);
    } catch (error) {
      await dropBackup(backup);
      throw error;
    }
    await pruneBackups(document.realPath);
    return { file: document.path, backup, bytes_written: fresh.byteLength };
  });
}

/** The new bytes must say what was wanted, before they take the file's place. */
function verify(saved: ConfigDocument, changes: Changes): void {
  for (const [type, params] of changes.params) {
    const block = saved.block(`${type}_params`) ?? {};
    for (const [key, value] of Object.entries(params))
      if (!isSame(block[key], value))
        throw new CoreFault("CONFIG_SPLICE", "the edited config does not say what it should; nothing was written", {
          where: `${saved.path}, ${type}_params.${key}`,
          found: JSON.stringify(block[key]) ?? "missing",
          expected: JSON.stringify(value),
        });
  }
}
