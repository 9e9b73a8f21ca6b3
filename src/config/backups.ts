import { readdir, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import { type Draft, dropDraft, syncFolder } from "../wholeFile.ts";
import { draftOf } from "./drafts.ts";
import { unreadable } from "./fileFaults.ts";
import { type Journal, journalBytes, journalPath } from "./journal.ts";
import { quoted } from "./quoted.ts";
import { chunksOf, type Source } from "./source.ts";

/** A config as it was before a save. */
export interface Backup {
  readonly path: string;
  /** As in its name: `20261123T030507Z`, with a suffix number if there were several in one second. */
  readonly time: string;
}

const keptBackups = 10;
const namePattern = /^(\d{8}T\d{6}Z)(?:-(\d+))?$/;

/** Backups of a config, oldest first. Throws InputError if the folder cannot be read. */
export async function backupsOf(path: string): Promise<Backup[]> {
  return (await savesBeside(path)).backups;
}

/** What saves left beside a config, each oldest first. */
export interface SavesBeside {
  readonly backups: Backup[];
  /** Journals without a backup: the save was killed before it happened, or its backup was removed. */
  readonly orphans: Backup[];
}

/** What saves left beside a config. Throws InputError if the folder cannot be read. */
export async function savesBeside(path: string): Promise<SavesBeside> {
  const { realPath, names } = await namesBeside(path).catch((cause: Error) => {
    throw unreadable(path, cause);
  });
  const prefix = `${basename(realPath)}.bak-`;
  const all = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const backups = all.filter((time) => namePattern.test(time));
  const journals = all
    .filter((name) => name.endsWith(journalPath("")))
    .map((name) => name.slice(0, -journalPath("").length));
  const orphans = journals.filter((time) => namePattern.test(time) && !backups.includes(time));
  const inOrder = (times: string[]): Backup[] =>
    times.sort(compareTimes).map((time) => ({ path: join(dirname(realPath), prefix + time), time }));
  return { backups: inOrder(backups), orphans: inOrder(orphans) };
}

async function namesBeside(path: string): Promise<{ realPath: string; names: string[] }> {
  const realPath = await realpath(path);
  return { realPath, names: await readdir(dirname(realPath)) };
}

/** Orders backup times in the order of their saves. */
export function compareTimes(a: string, b: string): number {
  const [, secondA, countA] = namePattern.exec(a)!;
  const [, secondB, countB] = namePattern.exec(b)!;
  if (secondA !== secondB) return secondA! < secondB! ? -1 : 1;
  return Number(countA ?? 1) - Number(countB ?? 1);
}

/**
 * Copies a config to a backup named by the time, with the journal of the coming save. Both are written under temporary names and renamed
 * when complete, the journal first, so that every visible backup can be restored. Throws InputError, and leaves nothing behind.
 */
export async function makeBackup(source: Source, nowMs: number, journal: Journal): Promise<string> {
  const path = `${source.realPath}.bak-${nextName(await backupsOf(source.realPath), nowMs)}`;
  const drafts: Draft[] = [];
  try {
    const copy = await draftOf(source, chunksOf(source.handle));
    drafts.push(copy);
    if (copy.sha256 !== journal.oldSha256) throw new Error("the config changed while it was copied");
    const note = await draftOf(source, [journalBytes(journal)]);
    drafts.push(note);
    await rename(note.path, journalPath(path));
    await rename(copy.path, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await dropBackup(path);
    throw new InputError(
      "CONFIG_BACKUP",
      "the backup could not be written, so nothing was saved",
      {
        where: path,
        found: quoted(reasonOf(cause as Error), 200),
        remedy: "free disk space or fix the folder's permissions",
      },
      { cause },
    );
  } finally {
    for (const draft of drafts) await dropDraft(draft);
  }
  return path;
}

/** The system's message, underneath any wrapping. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Removes journals without a backup, as far as possible; only under the lock. */
export async function dropOrphans(realPath: string): Promise<void> {
  const saves = await savesBeside(realPath).catch(() => null);
  for (const { path } of saves?.orphans ?? []) await rm(journalPath(path), { force: true }).catch(() => {});
}

/** Names stay in the order of the saves, even if a clock was set back. */
function nextName(backups: readonly Backup[], nowMs: number): string {
  const second = `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const newest = backups.at(-1);
  if (!newest || newest.time.slice(0, second.length) < second) return second;
  const [, newestSecond, count] = namePattern.exec(newest.time)!;
  return `${newestSecond}-${Number(count ?? 1) + 1}`;
}

/** Removes all but the newest ten, as far as possible: by now the config is saved. */
export async function pruneBackups(realPath: string): Promise<void> {
  for (const { path } of (await backupsOf(realPath).catch(() => [])).slice(0, -keptBackups)) await dropBackup(path);
}

/** Removes a backup and its journal. */
export async function dropBackup(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
  await rm(journalPath(path), { force: true }).catch(() => {});
}
