import { isUtf8 } from "node:buffer";

/** Checks that chunked bytes are UTF-8; a character cut by the end of a chunk is completed by the next one. */
export class Utf8Check {
  private waiting: Uint8Array = new Uint8Array(0);

  /** Number of valid bytes up to the first fault, counted from the chunk's start; null if all are valid. */
  firstFault(chunk: Uint8Array): number | null {
    const bytes = this.waiting.length > 0 ? Buffer.concat([this.waiting, chunk]) : chunk;
    const whole = bytes.length - cutBytes(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      return Buffer.byteLength(text.slice(0, text.indexOf("\ufffd"))) - this.waiting.length;
    }
    this.waiting = Uint8Array.from(bytes.subarray(whole));
    return null;
  }
}

/** Length of the unfinished character at the end. */
function cutBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
