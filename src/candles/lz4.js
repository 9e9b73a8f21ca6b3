import { xxh32 } from "./xxh32.js";
const frameMagic = 0x184d2204;
/** Frames with other data, in sixteen kinds. */
const skippedMagic = 0x184d2a50;
const shortestMatch = 4;
/**
 * Unpacks LZ4 frames (LZ4 Frame Format 1.6.4) into all of `out`. Blocks may be linked, and every checksum that a frame has is compared. Throws
 * Error if the frames are damaged or do not fill `out` exactly.
 */
export function unpackLz4Frames(packed, out) {
    const view = viewOf(packed);
    let at = 0;
    let end = 0;
    while (at < packed.length) {
        const magic = view.getUint32(at, true);
        if ((magic & 0xfffffff0) >>> 0 === skippedMagic) {
            at += 8 + view.getUint32(at + 4, true);
            continue;
        }
        if (magic !== frameMagic)
            throw new Error("no LZ4 frame where one should begin");
        const frame = readDescriptor(packed, view, at + 4);
        const begins = end;
        [at, end] = unpackBlocks(packed, { ...frame, begins }, out);
        if (frame.contentBytes !== null && frame.contentBytes !== end - begins)
            throw new Error("an LZ4 frame has another length than it says");
        if (!frame.hasChecksum)
            continue;
        if (view.getUint32(at, true) !== xxh32(out.subarray(begins, end)))
            throw new Error("the checksum of an LZ4 frame does not fit");
        at += 4;
    }
    if (end !== out.length)
        throw new Error(`LZ4 frames hold ${end} bytes, not ${out.length}`);
}
/** Unpacks one LZ4 block (LZ4 Block Format) to `to`, where earlier output from `lowest` on may be referred to; returns where its output ends. Throws Error. */
export function unpackLz4Block(packed, out, to = 0, lowest = to) {
    let at = 0;
    let end = to;
    while (at < packed.length) {
        const token = packed[at++];
        let literals = token >> 4;
        if (literals === 15)
            [literals, at] = longer(packed, at, literals);
        if (literals > packed.length - at || literals > out.length - end)
            throw new Error("an LZ4 block is damaged");
        if (literals <= 16)
            for (let k = 0; k < literals; k++)
                out[end + k] = packed[at + k];
        else
            out.set(packed.subarray(at, at + literals), end);
        at += literals;
        end += literals;
        // The last sequence has no match.
        if (at === packed.length)
            return end;
        const distance = packed[at] | (packed[at + 1] << 8);
        at += 2;
        let length = token & 15;
        if (length === 15)
            [length, at] = longer(packed, at, length);
        length += shortestMatch;
        if (!(distance > 0 && end - distance >= lowest) || length > out.length - end)
            throw new Error("an LZ4 block is damaged");
        if (distance >= length && length > 32)
            out.copyWithin(end, end - distance, end - distance + length);
        else
            for (let k = 0; k < length; k++)
                out[end + k] = out[end + k - distance];
        end += length;
    }
    throw new Error("an LZ4 block is cut short");
}
function longer(packed, from, first) {
    let at = from;
    let sum = first;
    for (;;) {
        if (at >= packed.length)
            throw new Error("an LZ4 block is cut short");
        const byte = packed[at++];
        sum += byte;
        if (byte < 255)
            return [sum, at];
    }
}
function readDescriptor(packed, view, from) {
    const flags = view.getUint8(from);
    const blockSize = (view.getUint8(from + 1) >> 4) & 7;
    const hasSize = (flags & 8) !== 0;
    if (flags >> 6 !== 1 || blockSize < 4)
        throw new Error("an LZ4 frame of an unknown version");
    if ((flags & 1) !== 0)
        throw new Error("an LZ4 frame needs a dictionary");
    const to = from + 2 + (hasSize ? 8 : 0);
    if (view.getUint8(to) !== ((xxh32(packed.subarray(from, to)) >> 8) & 255))
        throw new Error("the checksum of an LZ4 frame's header does not fit");
    return {
        at: to + 1,
        isLinked: (flags & 32) === 0,
        hasBlockChecksums: (flags & 16) !== 0,
        hasChecksum: (flags & 4) !== 0,
        contentBytes: hasSize ? Number(view.getBigUint64(from + 2, true)) : null,
        mostBlockBytes: 1 << (8 + 2 * blockSize),
    };
}
/** Unpacks the blocks of a frame; returns where they end in `packed` and in `out`. */
function unpackBlocks(packed, frame, out) {
    const view = viewOf(packed);
    let { at } = frame;
    let end = frame.begins;
    for (;;) {
        const size = view.getUint32(at, true);
        at += 4;
        if (size === 0)
            return [at, end];
        const bytes = size & 0x7fffffff;
        if (bytes > frame.mostBlockBytes || bytes > packed.length - at)
            throw new Error("an LZ4 block is cut short");
        const block = packed.subarray(at, at + bytes);
        at += bytes;
        if (frame.hasBlockChecksums) {
            if (view.getUint32(at, true) !== xxh32(block))
                throw new Error("the checksum of an LZ4 block does not fit");
            at += 4;
        }
        if (size >>> 31 === 0) {
            end = unpackLz4Block(block, out, end, frame.isLinked ? frame.begins : end);
            continue;
        }
        if (bytes > out.length - end)
            throw new Error("LZ4 blocks hold more than they should");
        out.set(block, end);
        end += bytes;
    }
}
function viewOf(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
