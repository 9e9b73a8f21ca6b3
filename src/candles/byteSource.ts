import { type FileHandle, open } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { closing, opening } from "../opening.ts";
import { escaped } from "../text.ts";

/** Bytes in order, from a file or from what is packed in one. */
export interface ByteSource {
  /** How many there are; 0 if that is not known before the end. */
  readonly sizeBytes: number;
  /** The file itself, for formats that read it out of order; null if the bytes are unpacked on the way. */
  readonly file: FileHandle | null;
  /** Reads up to `length` bytes to `offset`; resolves to their number, 0 at the end. */
  read(into: Uint8Array, offset: number, length: number): Promise<number>;
  close(): Promise<void>;
}

/** A file's bytes as they are. */
export async function openFile(path: string): Promise<ByteSource & { readonly file: FileHandle }> {
  const file = await opening(() => open(path));
  try {
    const { size } = await file.stat();
    return {
      sizeBytes: size,
      file,
      read: async (into, offset, length) => (await file.read(into, offset, length, null)).bytesRead,
      close: () => closing(file),
    };
  } catch (error) {
    await closing(file);
    throw error;
  }
}

/** A source's first bytes, up to `most`, and the source as if nothing had been read. */
export async function peeked(source: ByteSource, most: number): Promise<{ head: Buffer; source: ByteSource }> {
  const room = Buffer.alloc(most);
  let end = 0;
  for (let count = 1; count > 0 && end < most; end += count) count = await source.read(room, end, most - end);
  let at = 0;
  const read: ByteSource["read"] = async (into, offset, length) => {
    if (at === end) return source.read(into, offset, length);
    const count = Math.min(length, end - at);
    into.set(room.subarray(at, at + count), offset);
    at += count;
    return count;
  };
  const { sizeBytes, file } = source;
  return { head: room.subarray(0, end), source: { sizeBytes, file, read, close: () => source.close() } };
}

/** Bytes that come in chunks, as a source. */
export function sourceOf(chunks: AsyncIterator<Uint8Array>, close: () => Promise<void>): ByteSource {
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  return {
    sizeBytes: 0,
    file: null,
    async read(into, offset, length) {
      while (at === chunk.length) {
        const next = await chunks.next();
        if (next.done) return 0;
        chunk = next.value;
        at = 0;
      }
      const count = Math.min(length, chunk.length - at);
      into.set(chunk.subarray(at, at + count), offset);
      at += count;
      return count;
    },
    close,
  };
}

/** What the system says of a file that it cannot read, as an InputError; any other error as it is. */
export function asUnreadable(path: string, cause: unknown): unknown {
  if (cause instanceof InputError || (cause as NodeJS.ErrnoException).syscall === undefined) return cause;
  return new InputError(
    "FILE_UNREADABLE",
    "the file cannot be read",
    { where: escaped(path), found: escaped((cause as Error).message), remedy: "check the path and its permissions" },
    { cause },
  );
}
