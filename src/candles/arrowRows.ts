import type { FileHandle } from "node:fs/promises";
import type { Field, Message } from "apache-arrow";
import type { InputError } from "../errors.ts";
import { type ColumnPlace, columnPlaces } from "./arrowFields.ts";
import type { ByteSource } from "./byteSource.ts";
import type { RowBlock } from "./csvRows.ts";
import { asDamaged, damagedFile, notNumbers, unreadableFile } from "./formatError.ts";
import { unpackLz4Frames } from "./lz4.ts";
import { candlePlaces } from "./names.ts";
import { NamesBlock, NumberBlock } from "./numberBlock.ts";
import { reader } from "./readers.ts";
import { type Unzstd, zstdReader } from "./zstd.ts";

const what = "Arrow (feather)";
const magic = "ARROW1";
/** A schema or the layout of a batch takes some hundred bytes; pandas adds a few thousand. */
const mostMetadataBytes = 1 << 24;
/** Unpacked bytes of a column for each byte of the file, beyond the first ones: more is a mistake or an attack. */
const mostInflation = 200;
const freeBytes = 1 << 22;

/** Whether a file begins as one of Arrow IPC: a feather file of version 2, or a stream. */
export function isArrow(head: Buffer): boolean {
  if (head.toString("latin1", 0, 6) === magic) return true;
  return head.length >= 8 && head.readUInt32LE(0) === 0xffffffff && head.readInt32LE(4) > 0 && head[7] === 0;
}

/**
 * The rows of an Arrow IPC file or stream, a record batch at a time: of each the candle columns alone are read and unpacked, by the sizes
 * that the batch gives, which are compared with the file's first. Throws InputError.
 */
export async function* arrowRows(path: string, source: ByteSource): AsyncGenerator<RowBlock> {
  const { file, sizeBytes } = source;
  if (!file)
    throw unreadableFile(path, `an ${what} file within a packed one`, "gzip or zip around it", "the file itself");
  try {
    yield* new ArrowFile(path, file, sizeBytes).blocks();
  } catch (cause) {
    throw asDamaged(path, what, cause);
  }
}

class ArrowFile {
  private at = 0;
  /** Where messages end: a file's footer, or the end of a stream. */
  private end: number;
  private rows = 0;

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly sizeBytes: number,
  ) {
    this.end = sizeBytes;
  }

  async *blocks(): AsyncGenerator<RowBlock> {
    const arrow = await reader("apache-arrow", `an ${what} file`, this.path, () => import("apache-arrow"));
    const decode = (bytes: Uint8Array): Message => {
      const { value } = new arrow.MessageReader(bytes).next();
      if (!value) throw this.damaged(`a message that cannot be read before byte ${this.at}`);
      return value as Message;
    };
    await this.skipMagic();
    const first = await this.message(decode);
    if (!first?.isSchema()) throw this.damaged("no schema at the beginning");
    await this.skipBody(first);
    const fields = first.header().fields as Field[];
    const names = fields.map(({ name }) => name);
    yield new NamesBlock(names);
    const wanted = this.wantedOf(columnPlaces(fields));
    for (let next = await this.message(decode); next !== null; next = await this.message(decode)) {
      const from = this.at;
      await this.skipBody(next);
      if (!next.isRecordBatch()) continue;
      const batch = next.header() as unknown as Batch;
      const columns = await this.columnsOf(batch, wanted, from, next.bodyLength);
      yield new NumberBlock(columns, batch.length, { before: this.rows, total: this.expectedRows(batch.length) });
      this.rows += batch.length;
    }
  }

  /** A file begins and ends with the same mark, and has a footer before the second; a stream has neither. */
  private async skipMagic(): Promise<void> {
    const { sizeBytes } = this;
    const head = await this.read(0, Math.min(8, sizeBytes));
    if (Buffer.from(head).toString("latin1", 0, 6) !== magic) return;
    const tail = Buffer.from(sizeBytes < 20 ? [] : await this.read(sizeBytes - 10, 10));
    if (tail.toString("latin1", 4) !== magic) throw this.damaged("a file without its end");
    this.at = 8;
    this.end = sizeBytes - tail.length - tail.readInt32LE(0);
    if (!(this.end > this.at && this.end < sizeBytes)) throw this.damaged("a footer longer than the file");
  }

  /** The next message without its body; null at the end. */
  private async message(decode: (bytes: Uint8Array) => Message): Promise<Message | null> {
    const start = this.at;
    if (start + 4 > this.end) return null;
    const prefix = Buffer.from(await this.read(start, Math.min(8, this.end - start)));
    const isMarked = prefix.readUInt32LE(0) === 0xffffffff;
    if (isMarked && prefix.length < 8) throw this.damaged("a message without its length");
    const length = prefix.readInt32LE(isMarked ? 4 : 0);
    const from = start + (isMarked ? 8 : 4);
    if (length === 0 && this.end - from < 16) return null;
    if (length <= 0 || length > mostMetadataBytes || from + length > this.end)
      throw this.damaged(`a message of ${length} bytes at byte ${start}`);
    this.at = from + length;
    const bytes = await this.read(start, from + length - start);
    return decode(bytes);
  }

  private async skipBody({ bodyLength }: Message): Promise<void> {
    if (!(bodyLength >= 0 && this.at + bodyLength <= this.end))
      throw this.damaged(`${bodyLength} bytes of data at byte ${this.at} of ${this.end}`);
    this.at += bodyLength;
  }

  /** The columns of candles, by place; null for the others. */
  private wantedOf(places: readonly ColumnPlace[]): (ColumnPlace | null)[] {
    const found = candlePlaces(places.map(({ name }) => name));
    // Whoever reads the names refuses them.
    if (!("places" in found)) return places.map(() => null);
    return places.map((place, k) => {
      if (!found.places.includes(k)) return null;
      if (place.kind === null) throw notNumbers(this.path, place.name, place.type);
      return place;
    });
  }

  private async columnsOf(
    batch: Batch,
    wanted: readonly (ColumnPlace | null)[],
    from: number,
    bodyBytes: number,
  ): Promise<(Float64Array | null)[]> {
    const { length, compression } = batch;
    const columns = wanted.filter((place) => place !== null);
    const bytes = columns.reduce((sum, { kind }) => sum + length * kind!.bytes, 0);
    if (!(length >= 0) || (bytes > freeBytes && bytes > mostInflation * this.sizeBytes))
      throw this.damaged(`a batch of ${length} rows in ${bodyBytes} bytes`);
    const unzstd = compression?.type === 1 ? await zstdReader(`an ${what} file`, this.path) : null;
    const result: (Float64Array | null)[] = [];
    for (const place of wanted)
      result.push(place ? await this.columnOf(place, { batch, from, bodyBytes, unzstd }) : null);
    return result;
  }

  private async columnOf({ name, buffer, node, kind }: ColumnPlace, body: Body): Promise<Float64Array> {
    const { batch } = body;
    const rows = batch.length;
    const { nullCount = 0, length = -1 } = batch.nodes[node] ?? {};
    if (length !== rows) throw this.damaged(`${length} values of ${name} in a batch of ${rows} rows`);
    const { Values, bytes, perMs } = kind!;
    const data = await this.bufferOf(buffer + 1, rows * bytes, body);
    const values = new Values(data.buffer as ArrayBuffer, data.byteOffset, rows);
    const column = perMs === null ? numbersOf(values) : msOf(values, perMs);
    if (nullCount > 0) {
      const valid = await this.bufferOf(buffer, Math.ceil(rows / 8), body);
      for (let row = 0; row < rows; row++) if (((valid[row >> 3]! >> (row & 7)) & 1) === 0) column[row] = Number.NaN;
    }
    return column;
  }

  /** At least `least` bytes of a buffer, unpacked, at an offset that any kind of number may begin at. */
  private async bufferOf(index: number, least: number, { batch, from, bodyBytes, unzstd }: Body): Promise<Uint8Array> {
    const { offset, length } = batch.buffers[index] ?? { offset: -1, length: 0 };
    if (!(offset >= 0 && length >= 0 && offset + length <= bodyBytes))
      throw this.damaged(`buffer ${index} outside of its batch`);
    if (least === 0) return new Uint8Array(0);
    const bytes = await this.read(from + offset, length);
    if (!batch.compression) return this.enough(bytes, least);
    if (length < 8) throw this.damaged(`buffer ${index} without its length`);
    const unpacked = Number(Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigInt64LE());
    // -1: kept as it is, because packing made it no shorter.
    if (unpacked === -1) return this.enough(bytes.slice(8), least);
    // Buffers are padded to 8 or 64 bytes at most.
    if (unpacked < least || unpacked > least + 4096)
      throw this.damaged(`buffer ${index} of ${unpacked} bytes in place of ${least}`);
    const packed = bytes.subarray(8);
    if (unzstd) return aligned(unzstd(packed, unpacked));
    const out = new Uint8Array(unpacked);
    unpackLz4Frames(packed, out);
    return out;
  }

  private enough(bytes: Uint8Array, least: number): Uint8Array {
    if (bytes.length < least) throw this.damaged(`${bytes.length} bytes of a column in place of ${least}`);
    return bytes;
  }

  /** Rows of the whole file, if the rest of it is like this batch. */
  private expectedRows(batchRows: number): number {
    return ((this.rows + batchRows) * this.sizeBytes) / Math.max(1, this.at);
  }

  private async read(from: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.file.read(bytes, done, length - done, from + done);
      if (bytesRead === 0) throw this.damaged("the end of the file within it");
      done += bytesRead;
    }
    return bytes;
  }

  private damaged(found: string): InputError {
    return damagedFile(this.path, what, found);
  }
}

/** What apache-arrow reads of a record batch. */
interface Batch {
  readonly length: number;
  readonly nodes: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly compression: { readonly type: number } | null;
}

/** A batch, where its body is in the file, and what unpacks it if it is packed with zstd. */
interface Body {
  readonly batch: Batch;
  readonly from: number;
  readonly bodyBytes: number;
  readonly unzstd: Unzstd | null;
}

function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

function numbersOf(values: ArrayLike<number | bigint>): Float64Array {
  if (values instanceof Float64Array) return values;
  const numbers = new Float64Array(values.length);
  for (let k = 0; k < numbers.length; k++) numbers[k] = Number(values[k]);
  return numbers;
}

/** Times in units of which so many are a millisecond. Nanoseconds beyond 2^53 are rounded to 128: a whole millisecond stays whole. */
function msOf(values: ArrayLike<number | bigint>, perMs: number): Float64Array {
  const times = new Float64Array(values.length);
  for (let k = 0; k < times.length; k++) {
    const value = Number(values[k]);
    const ms = perMs < 1 ? value * Math.round(1 / perMs) : value / perMs;
    const whole = Math.round(ms);
    times[k] = Math.abs(ms - whole) <= 0.001 ? whole : ms;
  }
  return times;
}
