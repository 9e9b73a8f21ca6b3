import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import {
  CompressionType,
  RecordBatchFileWriter,
  Table,
  TimestampMillisecond,
  tableToIPC,
  vectorFromArray,
} from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";
import { type FrameForm, lz4Block, lz4Frame } from "./lz4.ts";

/** Rows of candles: time in epoch ms, open, high, low, close, volume. */
export type Rows = readonly (readonly number[])[];

const names = ["open", "high", "low", "close", "volume"] as const;

/** One kind of file that candles may be in: its extension, and its bytes for some rows. */
export interface FileKind {
  readonly extension: string;
  readonly bytes: (rows: Rows, random: () => number) => Uint8Array | Promise<Uint8Array>;
}

const text = (content: string): Uint8Array => Buffer.from(content);
const csv = (rows: Rows): string =>
  `timestamp,open,high,low,close,volume\n${rows.map((row) => row.join(",")).join("\n")}\n`;
const objects = (rows: Rows): object[] =>
  rows.map(([time, open, high, low, close, volume]) => ({ open, date: time, high, low, close, volume }));
const strings = (rows: Rows): unknown[][] => rows.map(([time, ...rest]) => [time, ...rest.map(String), "x", null]);

/** Every kind of file that holds candles as they are, to the bit. */
export const fileKinds: Readonly<Record<string, FileKind>> = {
  "lists in JSON": { extension: "json", bytes: (rows) => text(JSON.stringify(rows)) },
  "lists over several lines": { extension: "json", bytes: (rows) => text(`\n${JSON.stringify(rows, null, 2)}\n`) },
  "lists of strings": { extension: "json", bytes: (rows) => text(JSON.stringify(strings(rows))) },
  "objects in JSON": { extension: "json", bytes: (rows) => text(JSON.stringify(objects(rows), null, 1)) },
  "JSON in gzip": { extension: "json.gz", bytes: (rows) => gzipSync(JSON.stringify(rows)) },
  "CSV in gzip": { extension: "csv.gz", bytes: (rows) => gzipSync(csv(rows)) },
  "CSV in zip": { extension: "zip", bytes: (rows) => zipOf([["a.csv", text(csv(rows))]]) },
  "JSON in zip": { extension: "zip", bytes: (rows) => zipOf([["a.json", text(JSON.stringify(rows))]]) },
  "an Arrow file": { extension: "feather", bytes: (rows) => arrowOf(rows, "file") },
  "an Arrow stream": { extension: "arrow", bytes: (rows) => arrowOf(rows, "stream") },
  "an Arrow file in LZ4": {
    extension: "feather",
    bytes: (rows, random) => packedArrowOf(rows, frameFormOf(random)),
  },
  parquet: { extension: "parquet", bytes: (rows) => parquetOf(rows, "UNCOMPRESSED") },
  "parquet in LZ4": { extension: "parquet", bytes: (rows) => parquetOf(rows, "LZ4_RAW") },
  "parquet in gzip pages": { extension: "parquet", bytes: (rows) => parquetOf(rows, "GZIP") },
};

export const frameFormOf = (random: () => number): FrameForm => ({
  isLinked: random() < 0.5,
  hasBlockChecksums: random() < 0.5,
  hasChecksum: random() < 0.5,
  hasSize: random() < 0.5,
});

/** A table of three record batches at most, the times in milliseconds with a zone. */
function tableOf(rows: Rows): Table {
  const third = Math.max(1, Math.ceil(rows.length / 3));
  const parts = [0, third, 2 * third].filter((from) => from < rows.length);
  return new Table(
    parts.flatMap((from) => {
      const some = rows.slice(from, from + third);
      const column = (k: number) => vectorFromArray(Float64Array.from(some, (row) => row[k]!));
      const date = vectorFromArray(
        some.map((row) => row[0]!),
        new TimestampMillisecond("UTC"),
      );
      return new Table({ date, ...Object.fromEntries(names.map((name, k) => [name, column(k + 1)])) }).batches;
    }),
  );
}

const arrowOf = (rows: Rows, type: "file" | "stream"): Uint8Array => tableToIPC(tableOf(rows), type);

/** apache-arrow 21 writes the packed length where the format has the unpacked one. */
class PackedWriter extends RecordBatchFileWriter {
  constructor(private readonly pack: (bytes: Uint8Array) => Uint8Array) {
    super({ compressionType: CompressionType.LZ4_FRAME });
  }

  protected override _compressBodyBuffers(buffers: ArrayBufferView[]): PackedBody {
    const parts: Uint8Array[] = [];
    const bufferRegions: PackedBody["bufferRegions"] = [];
    let byteLength = 0;
    for (const { buffer, byteOffset, byteLength: length } of buffers) {
      const bytes = new Uint8Array(buffer, byteOffset, length);
      const packed =
        length === 0 ? bytes : Buffer.concat([Buffer.from(BigInt64Array.of(BigInt(length)).buffer), this.pack(bytes)]);
      // The writer takes two parts for a buffer, a length and its bytes.
      parts.push(packed, new Uint8Array(0));
      bufferRegions.push({ offset: byteLength, length: packed.length });
      byteLength += (packed.length + 7) & ~7;
    }
    return { byteLength, bufferRegions, buffers: parts };
  }
}

type PackedBody = ReturnType<RecordBatchFileWriter["_compressBodyBuffers"]>;

function packedArrowOf(rows: Rows, form: FrameForm): Uint8Array {
  const writer = new PackedWriter((bytes) => lz4Frame(bytes, form));
  for (const batch of tableOf(rows).batches) writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}

function parquetOf(rows: Rows, codec: "UNCOMPRESSED" | "LZ4_RAW" | "GZIP"): Uint8Array {
  const date = rows.map((row) => new Date(row[0]!));
  const columns = names.map((name, k) => ({ name, data: rows.map((row) => row[k + 1]!), type: "DOUBLE" as const }));
  const buffer = parquetWriteBuffer({
    columnData: [{ name: "date", data: date, type: "TIMESTAMP" as const }, ...columns],
    codec,
    compressors: {
      GZIP: (bytes) => gzipSync(bytes),
      LZ4_RAW: (bytes) => lz4Block(bytes, 0, bytes.length),
    },
    rowGroupSize: Math.max(1, Math.ceil(rows.length / 2)),
  });
  return new Uint8Array(buffer);
}

/** A zip archive of some files, deflated; sizes and checksums as given where they are to be wrong. */
export function zipOf(
  files: readonly (readonly [string, Uint8Array])[],
  wrong: { readonly size?: number; readonly crc?: number } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(wrong.crc ?? crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(wrong.size ?? content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
