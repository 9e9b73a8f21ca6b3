import { InputError } from "../errors.ts";
import { type Backup, compareTimes, type SavesBeside, savesBeside } from "./backups.ts";
import { type Journal, readJournal } from "./journal.ts";
import { textAt } from "./openBlock.ts";
import type { Scan } from "./scan.ts";
import { isSameText } from "./undo.ts";

/** A save that can be undone: its backup, and what it did. */
export interface Step {
  readonly backup: Backup;
  readonly journal: Journal;
}

/**
 * Time of a save that is newer than every backup and whose own backup is missing: its journal is there and values that it wrote are in the
 * file. Null if there is none; the journal of a save that was killed before it happened does not count.
 */
export async function lostSave({ backups, orphans }: SavesBeside, scan: Scan): Promise<string | null> {
  const newest = backups.at(-1);
  for (const { path, time } of orphans.toReversed()) {
    if (newest && compareTimes(time, newest.time) < 0) continue;
    const journal = await readJournal(path).catch(() => null);
    const isThere = journal?.keys.some((key) => {
      const text = textAt(scan, key.path);
      return isSameText(text, key.new) && !isSameText(text, key.old ?? undefined);
    });
    if (isThere) return time;
  }
  return null;
}

/** Time of the save that a new one follows; null if it is the first. */
export async function previousSave(realPath: string, scan: Scan): Promise<string | null> {
  const saves = await savesBeside(realPath);
  return (await lostSave(saves, scan)) ?? saves.backups.at(-1)?.time ?? null;
}

/** Time of the save missing between two consecutive backups; null if none is. */
export function missingBetween(newer: Step, older: Step): string | null {
  const { previous, oldSha256 } = newer.journal;
  // An older journal does not tell; then the file must not have changed in between.
  if (previous === undefined) return oldSha256 === older.journal.savedSha256 ? null : "unknown time";
  return previous === older.backup.time ? null : (previous ?? "unknown time");
}

/** The error for undoing a save whose backup is missing: its keys would stay. `since` is the oldest backup that can still be restored. */
export function lostBackup(path: string, lost: string, since: string | null): InputError {
  return new InputError("CONFIG_BACKUP_MISSING", "the backup of a save is missing, so the save cannot be undone", {
    where: path,
    found: `the backup of the save of ${lost} is missing`,
    expected: "the backup and journal of every save since the one to restore",
    remedy: `nothing was written; ${since === null ? "" : `go back no further than ${since}, or `}copy a backup over the config by hand`,
  });
}
