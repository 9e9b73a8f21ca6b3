import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { targetFile } from "./targetFile.ts";

/** A file while it is being written. */
export interface GrowingFile {
  /** Adds bytes at the end, or text in UTF-8. A write that stores fewer bytes than it was given goes on or fails, never passes. */
  append(data: Uint8Array | string): Promise<void>;
}

/** New bytes, whole and synced, beside the file whose place they are to take. */
export interface Draft {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What a file keeps when other bytes take its place. */
export interface FileTraits {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Prefix of temporary names beside a file. */
export function draftPrefix(target: string): string {
  return `.${basename(target)}.sluice-`;
}

/** A temporary name beside a file. */
export function temporaryBeside(target: string): string {
  return join(dirname(target), `${draftPrefix(target)}${randomBytes(6).toString("hex")}.tmp`);
}

/**
 * Writes a file so that it is whole or not there, and what stood there stays until then: a synced draft beside it, then a rename, then the
 * folder synced. Links stay links, and a file that is replaced hands on its mode, and its owner if that is allowed. Throws
 * NotReplaceable, or the system's error, and leaves nothing.
 */
export async function writeWhole(
  path: string,
  content: string | ((file: GrowingFile) => Promise<void>),
): Promise<void> {
  const fill = typeof content === "string" ? (file: GrowingFile) => file.append(content) : content;
  const { draft, target } = await draftFor(path, fill);
  await putInPlace(draft, target);
}

/** The draft of what is to stand at a path, and where that leads: for several files that are put in place together. Throws as `writeWhole` does. */
export async function draftFor(
  path: string,
  fill: (file: GrowingFile) => Promise<void>,
): Promise<{ readonly draft: Draft; readonly target: string }> {
  const target = await targetFile(path);
  const like = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  return { draft: await writeDraft(target, like, fill), target };
}

/** Writes a draft beside a file, alike in mode and owner where there is one. Throws what the system or `fill` throws, and leaves nothing. */
export async function writeDraft(
  target: string,
  like: FileTraits | null,
  fill: (file: GrowingFile) => Promise<void>,
): Promise<Draft> {
  const path = temporaryBeside(target);
  try {
    return { path, ...(await writeNew(path, like, fill)) };
  } catch (error) {
    await dropDraft({ path });
    throw error;
  }
}

async function writeNew(
  path: string,
  like: FileTraits | null,
  fill: (file: GrowingFile) => Promise<void>,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const handle = await open(path, "wx", like ? like.mode & 0o777 : 0o666);
  try {
    if (like) await makeAlike(handle, like);
    await fill({
      async append(data) {
        const bytes = typeof data === "string" ? Buffer.from(data) : data;
        hash.update(bytes);
        for (let at = 0; at < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
          at += bytesWritten;
        }
        sizeBytes += bytes.length;
      },
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

async function makeAlike(handle: FileHandle, { mode, uid, gid }: FileTraits): Promise<void> {
  const own = await handle.stat();
  // Only root may give a file away: everybody else's copy belongs to themselves, in its group where they are members.
  if (own.uid !== uid || own.gid !== gid)
    await handle.chown(uid, gid).catch(() => handle.chown(own.uid, gid).catch(() => {}));
  await handle.chmod(mode & 0o7777);
}

/** The draft takes the place of the file at `target`, all at once and to last. Throws the system's error, and then leaves no draft. */
export async function putInPlace(draft: Draft, target: string): Promise<void> {
  try {
    await rename(draft.path, target);
  } catch (error) {
    await dropDraft(draft);
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Removes a draft that will not be used. */
export async function dropDraft({ path }: Pick<Draft, "path">): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}

/** Makes new names in a folder last; not every file system lets a folder be synced. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}
