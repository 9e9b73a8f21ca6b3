import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { draftPrefix } from "../wholeFile.ts";

/*
 * A lock is a folder `FILE.lock` with one note in it, named by a random token: FILE.lock/0123456789abcdef.json, {pid, host, since}.
 *
 * It is completed under another name and then renamed, which succeeds for only one run and never over a folder that holds a note; no
 * intermediate state is visible. A dead lock is broken by removing the very note that was seen and then the folder, which must be empty:
 * a run that comes late finds another note and breaks nothing. A folder also works on network shares.
 */

const notePattern = /^[0-9a-f]{16}\.json$/;

/** What is at a lock's path. */
export type Seen =
  | { readonly kind: "free" }
  /** `note` is null for an empty folder: a run was killed while releasing. `sign` changes with every sign of life. */
  | { readonly kind: "held"; readonly note: string | null; readonly sign: string; readonly changedMs: number }
  | { readonly kind: "foreign"; readonly found: string };

/** A lock that this run holds. */
export interface HeldLock {
  /** Shows others that the holder is alive. False if the lock was lost because another run took this one for dead. Throws the system's error. */
  renew(): Promise<boolean>;
  /** Releases the lock; a lost lock is not touched. */
  release(): Promise<void>;
}

/** Path of a file's lock. */
export function lockFolderOf(realPath: string): string {
  return `${realPath}.lock`;
}

/** What is at the path of a file's lock now. Throws the system's error. */
export async function lookAt(realPath: string): Promise<Seen> {
  const folder = lockFolderOf(realPath);
  try {
    const state = await lstat(folder);
    if (!state.isDirectory()) return { kind: "foreign", found: "a file" };
    const names = await readdir(folder);
    const [note = null] = names;
    if (names.length > 1 || (note !== null && !notePattern.test(note)))
      return { kind: "foreign", found: "a folder with files in it" };
    return { kind: "held", note, sign: `${note} ${state.mtimeMs}`, changedMs: state.mtimeMs };
  } catch (error) {
    if (isMissing(error)) return { kind: "free" };
    throw error;
  }
}

/** Takes the lock of a file; null if another run was faster. Throws the system's error. */
export async function take(realPath: string): Promise<HeldLock | null> {
  const token = randomBytes(8).toString("hex");
  const draft = join(dirname(realPath), `${draftPrefix(realPath)}${token}.lock`);
  try {
    await mkdir(draft);
    const note = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    try {
      await writeFile(join(draft, `${token}.json`), JSON.stringify(note), { flag: "wx" });
      await rename(draft, lockFolderOf(realPath));
    } catch (error) {
      // Missing: the run that had the lock cleaned up, including this draft.
      if (!isMissing(error) && !/^(EEXIST|ENOTEMPTY|ENOTDIR)$/.test(codeOf(error))) throw error;
      await rm(draft, { recursive: true, force: true });
      return null;
    }
    return held(lockFolderOf(realPath), join(lockFolderOf(realPath), `${token}.json`));
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

function held(folder: string, note: string): HeldLock {
  return {
    async renew() {
      const now = new Date();
      try {
        await utimes(note, now, now);
        await utimes(folder, now, now);
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async release() {
      // If the note is gone, this run is no longer the holder, and the folder is another run's.
      await rm(note).then(
        () => rmdir(folder).catch(() => {}),
        () => {},
      );
    },
  };
}

/** Breaks a lock whose holder is dead; a lock that another run has taken meanwhile stays. */
export async function breakLock(realPath: string, note: string | null): Promise<void> {
  const folder = lockFolderOf(realPath);
  if (note !== null) await rm(join(folder, note), { force: true }).catch(() => {});
  await rmdir(folder).catch(() => {});
}

/** Who holds a lock, in words; empty if the note does not say. */
export async function holderOf(realPath: string): Promise<string> {
  const seen = await lookAt(realPath).catch(() => null);
  if (seen?.kind !== "held" || seen.note === null) return "";
  try {
    const note = JSON.parse(await readFile(join(lockFolderOf(realPath), seen.note), "utf8"));
    return `process ${Number(note.pid)} on ${String(note.host)}, since ${String(note.since)}`;
  } catch {
    return "";
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
