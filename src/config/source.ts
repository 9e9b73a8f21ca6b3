import { type FileHandle, open, realpath, stat } from "node:fs/promises";
import { closing, opening } from "../opening.ts";
import { isFileFault, unreadable } from "./fileFaults.ts";

const chunkBytes = 65_536;

/** A config file, open for reading, as it was at one moment. */
export interface Source {
  /** As given. */
  readonly path: string;
  /** The path with links resolved. */
  readonly realPath: string;
  readonly handle: FileHandle;
  /** Changes whenever the file is replaced or its bytes are written. */
  readonly identity: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Does `work` with a config open for reading. Throws InputError if it cannot be read. */
export async function withSource<T>(path: string, work: (source: Source) => Promise<T>): Promise<T> {
  const source = await openSource(path).catch((cause: Error) => {
    throw unreadable(path, cause);
  });
  try {
    return await work(source);
  } catch (error) {
    throw isFileFault(error) ? unreadable(path, error) : error;
  } finally {
    // The data was already read.
    await closing(source.handle).catch(() => {});
  }
}

async function openSource(path: string): Promise<Source> {
  const realPath = await realpath(path);
  // Opening a pipe would wait for a writer.
  if (!(await stat(realPath)).isFile()) throw new Error("not a file");
  const handle = await opening(() => open(realPath, "r"));
  try {
    const { mode, uid, gid } = await handle.stat();
    return { path, realPath, handle, identity: identityOf(await handle.stat({ bigint: true })), mode, uid, gid };
  } catch (error) {
    await closing(handle).catch(() => {});
    throw error;
  }
}

/** Whether the file at the path is still the one that was opened, unwritten since. */
export async function isUnchanged(source: Source): Promise<boolean> {
  const now = await stat(source.realPath, { bigint: true }).catch(() => null);
  return now !== null && identityOf(now) === source.identity;
}

function identityOf(file: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string {
  return [file.dev, file.ino, file.size, file.mtimeNs, file.ctimeNs].join(":");
}

/** A file's bytes from `start` up to `end`, in chunks that are valid until the next one. */
export async function* chunksOf(
  handle: FileHandle,
  start = 0,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array, void> {
  const buffer = Buffer.allocUnsafeSlow(chunkBytes);
  for (let at = start; at < end; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(chunkBytes, end - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** A small range of a file's bytes. */
export async function bytesOf(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunksOf(handle, start, end)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}
