import { xxh32 } from "../../src/candles/xxh32.ts";

/** How a frame is written (LZ4 Frame Format). */
export interface FrameForm {
  readonly isLinked: boolean;
  readonly hasBlockChecksums: boolean;
  readonly hasChecksum: boolean;
  readonly hasSize: boolean;
}

const blockBytes = 1 << 16;

/** Bytes as one LZ4 frame: a plain writer, for tests that read what it writes. */
export function lz4Frame(bytes: Uint8Array, form: FrameForm): Uint8Array {
  const { isLinked, hasBlockChecksums, hasChecksum, hasSize } = form;
  const flags = 64 | (isLinked ? 0 : 32) | (hasBlockChecksums ? 16 : 0) | (hasSize ? 8 : 0) | (hasChecksum ? 4 : 0);
  const descriptor = Buffer.concat([Buffer.from([flags, 4 << 4]), hasSize ? u64(bytes.length) : Buffer.alloc(0)]);
  const parts: Uint8Array[] = [u32(0x184d2204), descriptor, Buffer.from([(xxh32(descriptor) >> 8) & 255])];
  for (let from = 0; from < bytes.length; from += blockBytes) {
    const to = Math.min(bytes.length, from + blockBytes);
    const packed = lz4Block(bytes, from, to, isLinked ? Math.max(0, from - 65535) : from);
    const isShorter = packed.length < to - from;
    const block = isShorter ? packed : bytes.subarray(from, to);
    parts.push(u32((block.length | (isShorter ? 0 : 0x80000000)) >>> 0), block);
    if (hasBlockChecksums) parts.push(u32(xxh32(block)));
  }
  parts.push(u32(0));
  if (hasChecksum) parts.push(u32(xxh32(bytes)));
  return Buffer.concat(parts);
}

/** Bytes `from` to `to` as one LZ4 block, which may refer back to `lowest`. */
export function lz4Block(bytes: Uint8Array, from: number, to: number, lowest = from): Uint8Array {
  const out: number[] = [];
  const seen = new Map<number, number>();
  const key = (at: number): number =>
    bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  for (let at = lowest; at < from - 4; at++) seen.set(key(at), at);
  let anchor = from;
  // The last twelve bytes of a block begin no match, and the last five are literals.
  for (let at = from; at < to - 12; ) {
    const match = seen.get(key(at));
    seen.set(key(at), at);
    if (match === undefined || at - match > 65535) {
      at++;
      continue;
    }
    let length = 4;
    while (at + length < to - 5 && bytes[match + length] === bytes[at + length]) length++;
    sequence(out, bytes.subarray(anchor, at), at - match, length);
    at += length;
    anchor = at;
  }
  sequence(out, bytes.subarray(anchor, to), 0, 0);
  return Uint8Array.from(out);
}

function sequence(out: number[], literals: Uint8Array, distance: number, length: number): void {
  const more = (count: number): void => {
    let left = count - 15;
    for (; left >= 255; left -= 255) out.push(255);
    out.push(left);
  };
  out.push((Math.min(15, literals.length) << 4) | (distance > 0 ? Math.min(15, length - 4) : 0));
  if (literals.length >= 15) more(literals.length);
  for (const byte of literals) out.push(byte);
  if (distance === 0) return;
  out.push(distance & 255, distance >> 8);
  if (length - 4 >= 15) more(length - 4);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
