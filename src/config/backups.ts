import { copyFile, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import type { KeyChange } from "./edits.ts";
import { replaceFile } from "./replaceFile.ts";

/** What a save did, kept beside its backup so that it can be taken back. */
export interface Journal {
  /** Of the file as it was saved. */
  readonly savedSha256: string;
  readonly keys: readonly KeyChange[];
}

export interface Backup {
  readonly path: string;
  /** As in its name: `20261123T030507123Z`. */
  readonly time: string;
}

const keptBackups = 10;

function journalOf(backup: string): string {
  return `${backup}.json`;
}

/** Backups of a config, oldest first. */
export async function listBackups(realPath: string): Promise<Backup[]> {
  const prefix = `${basename(realPath)}.bak-`;
  const names = await readdir(dirname(realPath));
  return names
    .filter((name) => name.startsWith(prefix) && /^\d{8}T\d{9}Z(-\d+)?$/.test(name.slice(prefix.length)))
    .sort()
    .map((name) => ({ path: join(dirname(realPath), name), time: name.slice(prefix.length) }));
}

/** Copies the file's present bytes to a backup named by the time, with the journal of what comes; the oldest beyond ten are dropped. */
export async function makeBackup(realPath: string, nowMs: number, journal: Journal): Promise<string> {
  const time = new Date(nowMs).toISOString().replace(/[-:.]/g, "");
  let path = `${realPath}.bak-${time}`;
  for (
    let k = 1;
    await stat(path).then(
      () => true,
      () => false,
    );
    k++
  )
    path = `${realPath}.bak-${time}-${k}`;
  try {
    await copyFile(realPath, path);
    await replaceFile(journalOf(path), Buffer.from(`${JSON.stringify(journal, null, 2)}\n`));
  } catch (cause) {
    await dropBackup(path);
    throw new InputError(
      "CONFIG_BACKUP",
      "no backup could be made, so nothing was saved",
      { where: path, found: (cause as Error).message, remedy: "free disk space or mend the folder's permissions" },
      { cause },
    );
  }
  return path;
}

/** Drops all but the newest ten. */
export async function pruneBackups(realPath: string): Promise<void> {
  const backups = await listBackups(realPath);
  for (const { path } of backups.slice(0, Math.max(0, backups.length - keptBackups))) await dropBackup(path);
}

export async function dropBackup(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
  await rm(journalOf(path), { force: true }).catch(() => {});
}

export async function readJournal(backup: string): Promise<Journal> {
  return JSON.parse(await readFile(journalOf(backup), "utf8")) as Journal;
}
