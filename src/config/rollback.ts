import { InputError } from "../errors.ts";
import { type Backup, dropBackup, dropOrphans, listBackups } from "./backups.ts";
import { chooseBackups } from "./chooseBackups.ts";
import { type Journal, readJournal } from "./journal.ts";
import { type LockOptions, underLock } from "./lock.ts";
import { type Draft, dropDraft, dropLeftovers, putInPlace, writeDraft } from "./replaceFile.ts";
import { scanFile } from "./scan.ts";
import { chunksOf, isUnchanged, type Source, withSource } from "./source.ts";
import { edited } from "./splice.ts";
import { overtaken, whileSteady } from "./steady.ts";
import { undoEdits } from "./undo.ts";
import { checkWritable } from "./writable.ts";

export interface RollbackOptions extends LockOptions {
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

interface Step {
  readonly backup: Backup;
  readonly journal: Journal;
}

/**
 * Takes saves back, the newest first, down to the one asked for. One by one: to the byte where the file still is what that save wrote; else
 * only its keys go back, and a key changed since is a conflict (InputError, nothing written). The file changes once, at the end. The
 * backups that were taken back are used up, so that the next rollback goes one save further back.
 */
export async function rollback(path: string, options: RollbackOptions = {}): Promise<RollbackResult> {
  const realPath = await checkWritable(path);
  return underLock(realPath, options, async (assertHeld) => {
    await dropLeftovers(realPath);
    await dropOrphans(realPath);
    const backups = chooseBackups(path, await listBackups(realPath), options.to);
    const steps: Step[] = [];
    for (const backup of backups) steps.push({ backup, journal: await readJournal(backup.path) });
    const restored = await whileSteady(path, (source) => takeBack(source, steps, options.force ?? false, assertHeld));
    for (const { path: used } of backups) await dropBackup(used);
    const keys = new Set(steps.flatMap(({ journal }) => journal.keys.map((change) => change.path.join("."))));
    return { file: path, restored, backup: backups.at(-1)!.path, keys: [...keys] };
  });
}

async function takeBack(
  source: Source,
  steps: readonly Step[],
  force: boolean,
  assertHeld: () => void,
): Promise<RollbackResult["restored"] | typeof overtaken> {
  const drafts: Draft[] = [];
  let restored: RollbackResult["restored"] = "bytes";
  /** The file that holds what the config is to be, after the steps so far. */
  let result = source.path;
  try {
    for (const { backup, journal } of steps)
      await withSource(result, async ({ handle }) => {
        const scan = await scanFile(handle, result);
        if (scan.sha256 === journal.oldSha256) return;
        if (scan.sha256 === journal.savedSha256) result = backup.path;
        else {
          restored = "keys";
          drafts.push(await writeDraft(source, edited(handle, undoEdits(scan, source.path, journal.keys, force))));
          result = drafts.at(-1)!.path;
        }
      });
    if (result === source.path) return restored;
    const last = drafts.find(({ path }) => path === result) ?? (await copyOf(result, steps, source));
    drafts.push(last);
    await withSource(last.path, ({ handle }) => scanFile(handle, last.path));
    assertHeld();
    if (!(await isUnchanged(source))) return overtaken;
    await putInPlace(last, source);
    return restored;
  } finally {
    for (const draft of drafts) await dropDraft(draft);
  }
}

/** A draft with a backup's bytes, once they are known to be those that the save replaced. */
async function copyOf(path: string, steps: readonly Step[], target: Source): Promise<Draft> {
  const draft = await withSource(path, ({ handle }) => writeDraft(target, chunksOf(handle)));
  if (steps.some(({ backup, journal }) => backup.path === path && journal.oldSha256 === draft.sha256)) return draft;
  await dropDraft(draft);
  throw new InputError("CONFIG_BACKUP", "a backup is only put back where it is what the save copied", {
    where: path,
    found: "other bytes: it was changed since",
    remedy: "look at the backup and copy it by hand",
  });
}
