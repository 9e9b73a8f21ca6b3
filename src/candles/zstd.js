import * as zlib from "node:zlib";
import { reader } from "./readers.js";
/** Node's own decoder from 22.15 on, else that of fzstd. Throws InputError if that is not installed. `what` is the file's format. */
export async function zstdReader(what, path) {
    const { zstdDecompressSync } = zlib;
    if (zstdDecompressSync)
        return (packed, bytes) => exactly(zstdDecompressSync(packed, { maxOutputLength: Math.max(1, bytes) }), bytes);
    const { decompress } = await reader("fzstd", `${what} packed with zstd`, path, () => import("fzstd"));
    return (packed, bytes) => exactly(decompress(packed, new Uint8Array(bytes)), bytes);
}
function exactly(unpacked, bytes) {
    if (unpacked.length !== bytes)
        throw new Error(`a zstd frame holds ${unpacked.length} bytes, not ${bytes}`);
    return unpacked;
}
