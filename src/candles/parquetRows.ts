import type { FileHandle } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type {
  AsyncBuffer,
  ColumnMetaData,
  Compressors,
  FileMetaData,
  RowGroup,
  SchemaElement,
  SchemaTree,
} from "hyparquet";
import type { InputError } from "../errors.ts";
import type { ByteSource } from "./byteSource.ts";
import type { RowBlock } from "./csvRows.ts";
import { asDamaged, damagedFile, notNumbers, unreadableFile } from "./formatError.ts";
import { unpackLz4Block } from "./lz4.ts";
import { candlePlaces } from "./names.ts";
import { NamesBlock, NumberBlock } from "./numberBlock.ts";
import { checkRuns, type PageHeader, pagesOf } from "./parquetPages.ts";
import { reader } from "./readers.ts";
import { zstdReader } from "./zstd.ts";

type Library = typeof import("hyparquet");

const what = "parquet";
/** How far a column may unpack, in sizes of the file, beyond the first bytes: more is a mistake or an attack. */
const mostInflation = 200;
const freeBytes = 1 << 22;
const valueBytes = 8;
/** Metadata of candles takes some thousand bytes per row group. */
const mostMetadataBytes = 1 << 26;

/** Whether a file begins as one of parquet. */
export function isParquet(head: Buffer): boolean {
  return head.toString("latin1", 0, 4) === "PAR1";
}

/**
 * The rows of a parquet file, a row group at a time: of each the candle columns alone are read, one after the other. What pages say of
 * their sizes is compared with the row group and the file before they are unpacked. Throws InputError.
 */
export async function* parquetRows(path: string, source: ByteSource): AsyncGenerator<RowBlock> {
  const { file, sizeBytes } = source;
  if (!file)
    throw unreadableFile(path, `a ${what} file within a packed one`, "gzip or zip around it", "the file itself");
  try {
    const library = await reader("hyparquet", `a ${what} file`, path, () => import("hyparquet"));
    yield* new ParquetFile(path, bufferOf(file, sizeBytes), library).blocks();
  } catch (cause) {
    throw asDamaged(path, what, cause);
  }
}

/** A file as hyparquet reads one: never beyond its end. */
function bufferOf(file: FileHandle, sizeBytes: number): AsyncBuffer {
  return {
    byteLength: sizeBytes,
    async slice(start, end = sizeBytes) {
      if (!(start >= 0 && end >= start && end <= sizeBytes))
        throw new Error(`bytes ${start} to ${end} of ${sizeBytes}`);
      const bytes = new Uint8Array(end - start);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0) throw new Error("the file ends while it is read");
        done += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

class ParquetFile {
  private rows = 0;

  constructor(
    private readonly path: string,
    private readonly file: AsyncBuffer,
    private readonly library: Library,
  ) {}

  async *blocks(): AsyncGenerator<RowBlock> {
    const metadata = await this.metadata();
    const columns = this.library.parquetSchema(metadata).children;
    const names = columns.map(({ element }) => element.name);
    yield new NamesBlock(names);
    const found = candlePlaces(names);
    // Whoever reads the names refuses them.
    const places = "places" in found ? found.places : [];
    for (const place of places) {
      const { element, children } = columns[place]!;
      if (children.length > 0 || !isNumeric(element)) throw notNumbers(this.path, element.name, typeText(element));
    }
    const compressors = await this.compressors(metadata);
    const total = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
    for (const group of metadata.row_groups) {
      const count = Number(group.num_rows);
      if (!(count >= 0) || this.isTooMuch(count * valueBytes)) throw this.damaged(`a row group of ${count} rows`);
      const values: (Float64Array | null)[] = names.map(() => null);
      for (const place of places)
        values[place] = await this.columnOf(names[place]!, { metadata, columns, group, count, compressors });
      yield new NumberBlock(values, count, { before: this.rows, total });
      this.rows += count;
    }
  }

  private async metadata(): Promise<FileMetaData> {
    const size = this.file.byteLength;
    const tail = Buffer.from(size < 12 ? new ArrayBuffer(0) : await this.file.slice(size - 8, size));
    if (tail.toString("latin1", 4) !== "PAR1") throw this.damaged("a file without its end");
    const bytes = tail.readUInt32LE(0);
    if (bytes > size - 12 || bytes > mostMetadataBytes) throw this.damaged(`${bytes} bytes of metadata`);
    return this.library.parquetMetadataAsync(this.file, { geoparquet: false });
  }

  /** What unpacks pages to exactly the size that they were checked for. */
  private async compressors({ row_groups }: FileMetaData): Promise<Compressors> {
    const codecs = new Set(row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec)));
    const known: Compressors = {
      GZIP: (packed, bytes) => gunzipSync(packed, { maxOutputLength: Math.max(1, bytes) }),
      BROTLI: (packed, bytes) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, bytes) }),
      LZ4_RAW: (packed, bytes) => {
        const unpacked = new Uint8Array(bytes);
        return unpacked.subarray(0, unpackLz4Block(packed, unpacked));
      },
      SNAPPY: (packed, bytes) => {
        const unpacked = new Uint8Array(bytes);
        this.library.snappyUncompress(packed, unpacked);
        return unpacked;
      },
      ...(codecs.has("ZSTD") ? { ZSTD: await zstdReader(`a ${what} file`, this.path) } : {}),
    };
    for (const codec of codecs)
      if (codec !== undefined && codec !== "UNCOMPRESSED" && !known[codec])
        throw unreadableFile(
          this.path,
          `a ${what} file is packed in a way that is not read`,
          codec,
          "snappy, gzip, brotli, zstd, LZ4_RAW or none",
        );
    return known;
  }

  private async columnOf(name: string, group: Group): Promise<Float64Array> {
    const { metadata, count, compressors } = group;
    const chunk = group.group.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
    if (!chunk) throw this.damaged(`a row group without ${name}`);
    const { element } = group.columns.find((column) => column.element.name === name)!;
    await this.checkPages(chunk, group, element.repetition_type === "OPTIONAL");
    const column = new Float64Array(count);
    const parts: { readonly from: number; readonly values: ArrayLike<unknown> }[] = [];
    await this.library.parquetRead({
      file: this.file,
      metadata: { ...metadata, row_groups: [group.group] },
      columns: [name],
      compressors,
      parsers,
      geoparquet: false,
      onChunk: ({ columnData, rowStart }) => void parts.push({ from: rowStart, values: columnData }),
    });
    let filled = 0;
    for (const { from, values } of parts) {
      if (from + values.length > count) throw this.damaged(`more than ${count} values of ${name}`);
      for (let k = 0; k < values.length; k++) column[from + k] = numberOf(values[k]);
      filled += values.length;
    }
    if (filled !== count) throw this.damaged(`${filled} values of ${name} in a row group of ${count}`);
    return column;
  }

  /** Refuses pages that say that they hold more than their row group, or unpack to far more than the file could hold. */
  private async checkPages(chunk: ColumnMetaData, { count, compressors }: Group, isOptional: boolean): Promise<void> {
    const from = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
    const bytes = new Uint8Array(await this.file.slice(from, from + Number(chunk.total_compressed_size)));
    let values = 0;
    let unpacked = 0;
    for (const page of pagesOf(bytes)) {
      unpacked += page.unpackedBytes;
      if (this.isTooMuch(unpacked)) throw this.damaged(`a column of ${unpacked} bytes`);
      if (page.kind === "dictionary") {
        // A value of a dictionary takes four bytes at least.
        if (4 * page.values > page.unpackedBytes) throw this.damaged(`a dictionary of ${page.values} values`);
        continue;
      }
      values += page.values;
      if (values > count) break;
      checkValues(page, bytes.subarray(page.at, page.at + page.packedBytes), compressors[chunk.codec], isOptional);
    }
    if (values !== count) throw this.damaged(`${values} values in a row group of ${count} rows`);
  }

  private isTooMuch(bytes: number): boolean {
    return bytes > freeBytes && bytes > mostInflation * this.file.byteLength;
  }

  private damaged(found: string): InputError {
    return damagedFile(this.path, what, found);
  }
}

/** A row group, and what reading a column of it needs. */
interface Group {
  readonly metadata: FileMetaData;
  readonly columns: readonly SchemaTree[];
  readonly group: RowGroup;
  readonly count: number;
  readonly compressors: Compressors;
}

/** Encodings of values that are places in a dictionary (parquet.thrift, Encoding). */
const dictionaryEncodings = [2, 8];

/** Runs of levels and of places in a dictionary, which hyparquet would follow beyond their page. */
function checkValues(
  page: PageHeader,
  bytes: Uint8Array,
  unpack: Compressors[keyof Compressors] | undefined,
  isOptional: boolean,
): void {
  const { kind, values, levelBytes, unpackedBytes, isPacked } = page;
  const packed = bytes.subarray(levelBytes);
  const content = unpack && isPacked && packed.length > 0 ? unpack(packed, unpackedBytes - levelBytes) : packed;
  let at = 0;
  if (isOptional && kind === "v2") checkRuns(bytes.subarray(0, levelBytes), 0, 1, values);
  if (isOptional && kind === "v1" && values > 0) {
    const length = new DataView(content.buffer, content.byteOffset, content.byteLength).getUint32(0, true);
    at = 4 + length;
    if (at > content.length) throw new Error("levels beyond the end of their page");
    checkRuns(content.subarray(4, at), 0, 1, values);
  }
  if (!dictionaryEncodings.includes(page.encoding) || at >= content.length) return;
  const width = content[at]!;
  if (width > 32) throw new Error("places in a dictionary that are too wide");
  checkRuns(content, at + 1, width, values);
}

/** Times as milliseconds, whole ones exactly: nanoseconds beyond 2^53 are rounded to 128. */
const parsers = {
  timestampFromMilliseconds: (ms: bigint) => Number(ms),
  timestampFromMicroseconds: (us: bigint) => wholeMs(Number(us) / 1e3),
  timestampFromNanoseconds: (ns: bigint) => wholeMs(Number(ns) / 1e6),
  dateFromDays: (days: number) => days * 86_400_000,
};

function wholeMs(ms: number): number {
  const whole = Math.round(ms);
  return Math.abs(ms - whole) <= 0.001 ? whole : ms;
}

function numberOf(value: unknown): number {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN;
}

function isNumeric({ type, repetition_type }: SchemaElement): boolean {
  return repetition_type !== "REPEATED" && /^(INT32|INT64|INT96|FLOAT|DOUBLE)$/.test(type ?? "");
}

function typeText({ type, logical_type, converted_type }: SchemaElement): string {
  return logical_type?.type ?? converted_type ?? type ?? "a group";
}
