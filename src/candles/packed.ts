import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { crc32, createGunzip } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped, quoted } from "../text.ts";
import { type ByteSource, sourceOf } from "./byteSource.ts";

/** Candles pack to a tenth of their text, flat ones to a hundredth. A file that unpacks to more, beyond its first bytes, does not hold candles. */
const mostInflation = 200;
/** Unpacked bytes that are let pass whatever they were packed to. */
const freeBytes = 1 << 22;
const mostEntries = 1000;

/** Whether bytes begin as gzip does (RFC 1952). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Whether bytes begin as a zip archive does, with an entry or with none. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/** What is packed in a gzip file, unpacked as it is read. Throws InputError where it is damaged, or unpacks to far more than candles would. */
export function gunzipped(path: string, packed: ByteSource & { readonly file: FileHandle }): ByteSource {
  const input = packed.file.createReadStream({ autoClose: false, start: 0 });
  const output = keepingError(createGunzip());
  // An error of the input is the output's: a pipe does not pass it on.
  input.on("error", (error) => output.destroy(error));
  input.pipe(output);
  const ratio = { inBytes: () => Math.max(1, output.bytesWritten), path };
  return sourceOf(checked(output, ratio), async () => {
    input.destroy();
    output.destroy();
    await packed.close();
  });
}

/**
 * What is packed in a zip archive, which must hold one file, unpacked as it is read. Throws InputError if there is not exactly one, or it is
 * encrypted, damaged, or said to unpack to far more than candles would.
 */
export async function unzipped(path: string): Promise<ByteSource> {
  const { default: yauzl } = await opening(() => import("yauzl"));
  const archive = await asPacked(
    path,
    opening(() => yauzl.openPromise(path, { autoClose: false })),
  );
  // What fails while it is read is said by the reading; closing it may fail later, when nobody asks any more.
  archive.on("error", () => undefined);
  try {
    const entry = await onlyEntry(path, archive);
    const { uncompressedSize, compressedSize } = entry;
    if (uncompressedSize > freeBytes && uncompressedSize > mostInflation * compressedSize)
      throw tooMuch(path, uncompressedSize, compressedSize);
    const stream = keepingError(await asPacked(path, archive.openReadStreamPromise(entry)));
    const chunks = checked(stream as AsyncIterable<Buffer>, { inBytes: () => compressedSize, path }, entry.crc32);
    return sourceOf(chunks, async () => {
      stream.destroy();
      archive.close();
    });
  } catch (error) {
    archive.close();
    throw error;
  }
}

/**
 * A stream that keeps an error until somebody reads it. Without a listener the error would end the process: it may come before the first
 * read, or after the last.
 */
function keepingError<Stream extends Readable>(stream: Stream): Stream {
  return stream.on("error", (error) => stream.destroy(error));
}

async function onlyEntry(path: string, archive: ZipFile): Promise<Entry> {
  const entries: Entry[] = [];
  let seen = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      if (++seen > mostEntries) break;
      if (!/\/$|^__MACOSX\/|\.CHECKSUM$/i.test(entry.fileName)) entries.push(entry);
    }
  } catch (error) {
    throw damaged(path, error);
  }
  const [entry] = entries;
  if (entry && entries.length === 1 && seen <= mostEntries) {
    if (!entry.isEncrypted()) return entry;
    throw refusal(path, "the archive is encrypted", quoted(entry.fileName), "unpack it, or download it again");
  }
  throw refusal(
    path,
    "an archive must hold one file of candles",
    entries.length === 0 ? "no file" : `${seen > mostEntries ? "more than 1000" : entries.length} files`,
    "unpack it into the folder",
  );
}

interface Inflation {
  /** Packed bytes so far, or in all. */
  inBytes(): number;
  readonly path: string;
}

/** Chunks as they are, as long as they are not far more than what they were packed in; at the end their checksum, if one is given. */
async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  { inBytes, path }: Inflation,
  sum?: number,
): AsyncGenerator<Uint8Array> {
  let outBytes = 0;
  let crc = 0;
  try {
    for await (const chunk of chunks) {
      outBytes += chunk.length;
      if (outBytes > freeBytes && outBytes > mostInflation * inBytes()) throw tooMuch(path, outBytes, inBytes());
      if (sum !== undefined) crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (error) {
    throw damaged(path, error);
  }
  if (sum !== undefined && crc !== sum) throw damaged(path, new Error("the checksum does not fit"));
}

async function asPacked<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw damaged(path, error);
  });
}

function damaged(path: string, cause: unknown): unknown {
  if (cause instanceof InputError) return cause;
  // The system's errors are about the file, not about what is in it; those of zlib have no call.
  if ((cause as NodeJS.ErrnoException).syscall !== undefined) return cause;
  return refusal(
    path,
    "the packed file is damaged or cut short",
    escaped((cause as Error).message),
    "download it again",
    cause,
  );
}

function tooMuch(path: string, outBytes: number, inBytes: number): InputError {
  return refusal(
    path,
    `a packed file unpacks to more than ${mostInflation} times its size: these are not candles`,
    `${outBytes} bytes from ${inBytes}`,
    "check what is packed in it; candles unpack to some 5 times their size",
  );
}

function refusal(path: string, rule: string, found: string, remedy: string, cause?: unknown): InputError {
  return new InputError(
    "CANDLE_PACKED",
    rule,
    { where: escaped(path), found, expected: "one CSV or JSON file, packed with gzip or zip", remedy },
    { cause },
  );
}
