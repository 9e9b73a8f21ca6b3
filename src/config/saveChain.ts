import { InputError } from "../errors.ts";
import { type Backup, compareTimes, type SavesBeside, savesBeside } from "./backups.ts";
import { type Journal, readJournal } from "./journal.ts";
import { textAt } from "./openBlock.ts";
import type { Scan } from "./scan.ts";
import { isSameText } from "./undo.ts";

/** A save that can be taken back: its backup, and what it did. */
export interface Step {
  readonly backup: Backup;
  readonly journal: Journal;
}

/**
 * Time of a save that is newer than every backup and has lost its own: its journal is there and values that it wrote are in the file. Null
 * if there is none; a journal whose save was killed before it happened is none.
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

/** Time of the save that is missing between two that follow each other among the backups; null if none is. */
export function missingBetween(newer: Step, older: Step): string | null {
  const { previous, oldSha256 } = newer.journal;
  // An older journal does not tell: then only bytes that nobody touched in between do.
  if (previous === undefined) return oldSha256 === older.journal.savedSha256 ? null : "unknown time";
  return previous === older.backup.time ? null : (previous ?? "unknown time");
}

/** The refusal to go back over a save whose backup is gone: its keys would stay. `since` is the newest backup that can be gone back to. */
export function lostBackup(path: string, lost: string, since: string | null): InputError {
  return new InputError("CONFIG_BACKUP_MISSING", "a save has lost its backup, so its keys cannot be taken back", {
    where: path,
    found: `no backup of the save of ${lost}`,
    expected: "backup and journal of every save since the one to go back to",
    remedy: `nothing was written; ${since === null ? "" : `go back to ${since} at most, or `}copy a backup over the config by hand`,
  });
}
