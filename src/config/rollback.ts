import { InputError } from "../errors.ts";
import { type Backup, dropBackup, listBackups } from "./backups.ts";
import { chooseBackups } from "./chooseBackups.ts";
import { type Journal, readJournal } from "./journal.ts";
import { underLock } from "./lock.ts";
import { type Draft, dropDraft, dropLeftovers, putInPlace, writeDraft } from "./replaceFile.ts";
import { scanFile } from "./scan.ts";
import { chunksOf, isUnchanged, type Source, withSource } from "./source.ts";
import { edited } from "./splice.ts";
import { undoEdits } from "./undo.ts";
import { checkWritable } from "./writable.ts";

export interface RollbackOptions {
  /** Time of the backup to go back to, as in its name or the beginning of it; the newest unless said. */
  readonly to?: string;
  /** Put our keys back even where others changed them since. */
  readonly force?: boolean;
}

export interface RollbackResult {
  readonly file: string;
  /** `bytes`: the file is again what it was before the save; `keys`: only our changed keys went back. */
  readonly restored: "bytes" | "keys";
  readonly backup: string;
  readonly keys: readonly string[];
}

/**
 * Takes saves back, the newest first, down to the one asked for. One by one: to the byte where the file still is what that save wrote; else
 * only its keys go back, and a key changed since is a conflict (InputError, nothing written). The file changes once, at the end. The
 * backups that were taken back are used up, so that the next rollback goes one save further back.
 */
export async function rollback(path: string, options: RollbackOptions = {}): Promise<RollbackResult> {
  const realPath = await checkWritable(path);
  return underLock(realPath, {}, async (assertHeld) => {
    await dropLeftovers(realPath);
    const backups = chooseBackups(path, await listBackups(realPath), options.to);
    const steps: Step[] = [];
    for (const backup of backups) steps.push({ backup, journal: await readJournal(backup.path) });
    return withSource(path, async (source) => {
      const restored = await undo(source, steps, options.force ?? false, assertHeld);
      for (const { path: used } of backups) await dropBackup(used);
      const keys = new Set(steps.flatMap(({ journal }) => journal.keys.map((change) => change.path.join("."))));
      return { file: path, restored, backup: backups.at(-1)!.path, keys: [...keys] };
    });
  });
}

interface Step {
  readonly backup: Backup;
  readonly journal: Journal;
}

async function undo(
  source: Source,
  steps: readonly Step[],
  force: boolean,
  assertHeld: () => void,
): Promise<RollbackResult["restored"]> {
  const drafts: Draft[] = [];
  let restored: RollbackResult["restored"] = "bytes";
  let result = source.path;
  try {
    for (const { backup, journal } of steps)
      await withSource(result, async ({ handle }) => {
        const scan = await scanFile(handle, result === source.path ? source.path : result);
        if (scan.sha256 === journal.oldSha256) return;
        if (scan.sha256 === journal.savedSha256) {
          result = await backupOf(backup, journal);
          return;
        }
        restored = "keys";
        drafts.push(await writeDraft(source, edited(handle, undoEdits(scan, source.path, journal.keys, force))));
        result = drafts.at(-1)!.path;
      });
    if (result === source.path) return restored;
    const last = await withSource(result, async ({ handle }) => {
      await scanFile(handle, result);
      return writeDraft(source, chunksOf(handle));
    });
    drafts.push(last);
    assertHeld();
    if (!(await isUnchanged(source)))
      throw new InputError("CONFIG_CONFLICT", "the config changed while it was rolled back", {
        where: source.path,
        remedy: "nothing was written; roll back again",
      });
    await putInPlace(last, source);
    return restored;
  } finally {
    for (const draft of drafts) await dropDraft(draft);
  }
}

/** A backup's path, once its bytes are known to be those that the save replaced. */
async function backupOf({ path }: Backup, { oldSha256 }: Journal): Promise<string> {
  const { sha256 } = await withSource(path, ({ handle }) => scanFile(handle, path));
  if (sha256 === oldSha256) return path;
  throw new InputError("CONFIG_BACKUP", "a backup is only put back where it is what the save copied", {
    where: path,
    found: "other bytes: it was changed since",
    remedy: "look at the backup and copy it by hand",
  });
}
