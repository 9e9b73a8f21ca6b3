import { type ColumnPlace, columnPlaces } from "./arrowFields.ts";
import { ArrowMessages, arrowName, type BatchPlace } from "./arrowMessages.ts";
import type { ByteSource } from "./byteSource.ts";
import type { RowBlock } from "./csvRows.ts";
import { asDamaged, damagedFile, notNumbers, unreadableFile } from "./formatError.ts";
import { unpackLz4Frames } from "./lz4.ts";
import { candlePlaces } from "./names.ts";
import { NamesBlock, NumberBlock } from "./numberBlock.ts";
import { reader } from "./readers.ts";
import { type Unzstd, zstdReader } from "./zstd.ts";

/** How far a batch may unpack, in sizes of the file, beyond the first bytes: more is a mistake or an attack. */
const mostInflation = 200;
const freeBytes = 1 << 22;

/**
 * The rows of an Arrow IPC file or stream, a record batch at a time: of each the candle columns alone are read and unpacked, by the sizes
 * that the batch gives, which are compared with the file's first. Throws InputError.
 */
export async function* arrowRows(path: string, source: ByteSource): AsyncGenerator<RowBlock> {
  const { file, sizeBytes } = source;
  if (!file)
    throw unreadableFile(path, `an ${arrowName} file within a packed one`, "gzip or zip around it", "the file itself");
  try {
    const library = await reader("apache-arrow", `an ${arrowName} file`, path, () => import("apache-arrow"));
    yield* new ArrowFile(path, new ArrowMessages(path, file, sizeBytes, library)).blocks();
  } catch (cause) {
    throw asDamaged(path, arrowName, cause);
  }
}

class ArrowFile {
  private rows = 0;

  constructor(
    private readonly path: string,
    private readonly messages: ArrowMessages,
  ) {}

  async *blocks(): AsyncGenerator<RowBlock> {
    const fields = await this.messages.fields();
    yield new NamesBlock(fields.map(({ name }) => name));
    const wanted = this.wantedOf(columnPlaces(fields));
    for await (const place of this.messages.batches()) {
      const { length } = place.header;
      const columns = await this.columnsOf(place, wanted);
      // If the rest of the file is like what came so far.
      const total = (this.rows + length) / this.messages.share;
      yield new NumberBlock(columns, length, { before: this.rows, total });
      this.rows += length;
    }
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
    place: BatchPlace,
    wanted: readonly (ColumnPlace | null)[],
  ): Promise<(Float64Array | null)[]> {
    const { length, compression } = place.header;
    const bytes = wanted.reduce((sum, column) => sum + length * (column?.kind?.bytes ?? 0), 0);
    if (!(length >= 0) || (bytes > freeBytes && bytes > mostInflation * this.messages.sizeBytes))
      throw this.damaged(`a batch of ${length} rows in ${place.bodyBytes} bytes`);
    const unzstd = compression?.type === 1 ? await zstdReader(`an ${arrowName} file`, this.path) : null;
    const result: (Float64Array | null)[] = [];
    for (const column of wanted) result.push(column ? await this.columnOf(column, { ...place, unzstd }) : null);
    return result;
  }

  private async columnOf({ name, buffer, node, kind }: ColumnPlace, body: Body): Promise<Float64Array> {
    const { header } = body;
    const rows = header.length;
    const { nullCount = 0, length = -1 } = header.nodes[node] ?? {};
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
  private async bufferOf(index: number, least: number, body: Body): Promise<Uint8Array> {
    const { header, from, bodyBytes, unzstd } = body;
    const { offset, length } = header.buffers[index] ?? { offset: -1, length: 0 };
    if (!(offset >= 0 && length >= 0 && offset + length <= bodyBytes))
      throw this.damaged(`buffer ${index} outside of its batch`);
    if (least === 0) return new Uint8Array(0);
    const bytes = await this.messages.read(from + offset, length);
    if (!header.compression) return this.enough(bytes, least);
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

  private damaged(found: string): Error {
    return damagedFile(this.path, arrowName, found);
  }
}

/** A batch, and what unpacks it if it is packed with zstd. */
interface Body extends BatchPlace {
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
