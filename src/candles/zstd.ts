import * as zlib from "node:zlib";
import { reader } from "./readers.ts";

/** Unpacks a frame of Zstandard to exactly so many bytes. Throws Error if it is damaged or holds another number of them. */
export type Unzstd = (packed: Uint8Array, bytes: number) => Uint8Array;

interface ZlibWithZstd {
  readonly zstdDecompressSync?: (packed: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;
}

/** Node's own decoder from 22.15 on, else that of fzstd. Throws InputError if that is not installed. `what` is the file's format. */
export async function zstdReader(what: string, path: string): Promise<Unzstd> {
  const { zstdDecompressSync } = zlib as ZlibWithZstd;
  if (zstdDecompressSync)
    return (packed, bytes) => exactly(zstdDecompressSync(packed, { maxOutputLength: Math.max(1, bytes) }), bytes);
  const { decompress } = await reader("fzstd", `${what} packed with zstd`, path, () => import("fzstd"));
  return (packed, bytes) => exactly(decompress(packed, new Uint8Array(bytes)), bytes);
}

function exactly(unpacked: Uint8Array, bytes: number): Uint8Array {
  if (unpacked.length !== bytes) throw new Error(`a zstd frame holds ${unpacked.length} bytes, not ${bytes}`);
  return unpacked;
}
