import { borrowCore } from "../../src/core/instance.ts";
import type { Kernels } from "../../src/core/kernels.ts";

/** A memory of two pages, or as many as are wanted, with every kernel over it, the bare ones too; whatever is placed stands 16-byte aligned, apart from the rest. */
export class CoreMemory {
  readonly core: Readonly<Kernels>;
  readonly floats: Float64Array;
  readonly words: Uint32Array;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  private next = 4096;

  constructor(pages = 2) {
    const { core, memory } = borrowCore(pages * 65536, pages * 65536);
    this.core = core as Kernels;
    this.floats = new Float64Array(memory.buffer);
    this.words = new Uint32Array(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
    this.view = new DataView(memory.buffer);
    // Where a kernel reads what nobody wrote, it meets small positive numbers and large whole ones.
    this.bytes.fill(0x3b);
  }

  /** Room for so many bytes. */
  room(bytes: number): number {
    const at = this.next;
    this.next += Math.ceil(bytes / 16) * 16 + 64;
    if (this.next > this.bytes.length) throw new Error("the test needs more memory");
    return at;
  }

  /** Places a column; gives where. */
  place(values: Float64Array | Int32Array | Uint32Array | Uint16Array | Int8Array | Uint8Array): number {
    const at = this.room(values.byteLength);
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    return at;
  }

  placeFloats(values: readonly number[]): number {
    return this.place(Float64Array.from(values));
  }

  placeWords(values: readonly number[]): number {
    return this.place(Uint32Array.from(values));
  }

  /** `count` numbers from `at` on. */
  readFloats(at: number, count: number): number[] {
    return [...this.floats.subarray(at / 8, at / 8 + count)];
  }

  readWords(at: number, count: number): number[] {
    return [...this.words.subarray(at / 4, at / 4 + count)];
  }

  /** The whole memory as it is now. */
  copy(): Buffer {
    return Buffer.from(this.bytes);
  }

  /** Whether anything outside [from, from + bytes) differs from an earlier copy. */
  isTouchedOutside(before: Buffer, from: number, bytes: number): boolean {
    const now = Buffer.from(this.bytes.buffer);
    const end = from + bytes;
    return now.compare(before, 0, from, 0, from) !== 0 || now.compare(before, end, undefined, end) !== 0;
  }
}
