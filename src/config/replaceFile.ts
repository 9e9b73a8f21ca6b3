import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { unwritable } from "./fileFaults.ts";
import type { Source } from "./source.ts";

/** New bytes, whole and synced, beside the file whose place they are to take. */
export interface Draft {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

function draftPrefix(realPath: string): string {
  return `.${basename(realPath)}.sluice-`;
}

/** Writes a draft beside a config, with the config's mode, and its owner where that is allowed. Throws InputError, and leaves nothing. */
export async function writeDraft(
  target: Source,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Draft> {
  const path = join(dirname(target.realPath), `${draftPrefix(target.realPath)}${randomBytes(6).toString("hex")}.tmp`);
  try {
    return { path, ...(await writeNew(path, target, chunks)) };
  } catch (cause) {
    await dropDraft({ path });
    throw unwritable(target.path, cause as Error);
  }
}

/** Writes a new file in chunks and syncs it. A write that stores fewer bytes than it was given goes on or fails, never passes. */
async function writeNew(
  path: string,
  like: Pick<Source, "mode" | "uid" | "gid">,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash("sha256");
  const handle = await open(path, "wx", like.mode & 0o777);
  let sizeBytes = 0;
  try {
    await makeAlike(handle, like);
    for await (const chunk of chunks) {
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await handle.write(chunk, at, chunk.length - at);
        at += bytesWritten;
      }
      sizeBytes += chunk.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

async function makeAlike(handle: FileHandle, { mode, uid, gid }: Pick<Source, "mode" | "uid" | "gid">): Promise<void> {
  const own = await handle.stat();
  // Only root may give a file away: everybody else's copy belongs to themselves, in its group where they are members.
  if (own.uid !== uid || own.gid !== gid)
    await handle.chown(uid, gid).catch(() => handle.chown(own.uid, gid).catch(() => {}));
  await handle.chmod(mode & 0o7777);
}

/** The draft takes the file's place, all at once and to last. */
export async function putInPlace(draft: Draft, target: Source): Promise<void> {
  try {
    await rename(draft.path, target.realPath);
  } catch (cause) {
    await dropDraft(draft);
    throw unwritable(target.path, cause as Error);
  }
  await syncFolder(dirname(target.realPath));
}

/** Removes a draft that will not be used. */
export async function dropDraft({ path }: Pick<Draft, "path">): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}

/** Removes drafts that a killed run left; only under the lock, where none can be anybody's. */
export async function dropLeftovers(realPath: string): Promise<void> {
  const prefix = draftPrefix(realPath);
  for (const name of await readdir(dirname(realPath)).catch(() => []))
    if (name.startsWith(prefix) && name.endsWith(".tmp")) await dropDraft({ path: join(dirname(realPath), name) });
}

/** Makes new names in a folder last; not every file system lets a folder be synced. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}
