/** A page of a column chunk, as its header gives it (parquet.thrift, PageHeader). */
export interface PageHeader {
  readonly kind: "dictionary" | "v1" | "v2";
  readonly values: number;
  readonly encoding: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Bytes of levels before the values, never packed; only in pages of version 2. */
  readonly levelBytes: number;
  readonly isPacked: boolean;
  /** Where its bytes begin in the chunk. */
  readonly at: number;
}

/** A struct of Thrift's compact protocol: numbers and structs by field; anything else is passed over. */
type Struct = Map<number, number | Struct>;

const deepest = 8;

/** The pages of a column chunk. Throws Error where a header is damaged or a page ends beyond the chunk. */
export function* pagesOf(chunk: Uint8Array): Generator<PageHeader> {
  const bytes = new ThriftReader(chunk);
  while (bytes.at < chunk.length - 1) {
    const page = pageOf(bytes.struct(0), bytes.at);
    bytes.at += page.packedBytes;
    if (bytes.at > chunk.length) throw new Error("a page beyond the end of its column");
    yield page;
  }
}

/** Fields of a page's header: the field of its own part, and of that one's encoding. */
const kinds = [
  { type: 0, kind: "v1", field: 5, encoding: 2 },
  { type: 2, kind: "dictionary", field: 7, encoding: 2 },
  { type: 3, kind: "v2", field: 8, encoding: 4 },
] as const;

function pageOf(header: Struct, at: number): PageHeader {
  const found = kinds.find(({ type }) => type === header.get(1));
  const own = found && header.get(found.field);
  if (!found || typeof own !== "object") throw new Error("a page of an unknown kind");
  const number = (struct: Struct, field: number): number => {
    const value = struct.get(field);
    if (typeof value === "number" && value >= 0) return value;
    throw new Error("a page's header");
  };
  const isSecond = found.kind === "v2";
  const values = number(own, 1);
  const levelBytes = isSecond ? number(own, 5) + number(own, 6) : 0;
  const [unpackedBytes, packedBytes] = [number(header, 2), number(header, 3)];
  const isOdd = isSecond && (number(own, 2) > values || number(own, 3) !== values);
  if (isOdd || levelBytes > Math.min(unpackedBytes, packedBytes)) throw new Error("a page's header");
  const isPacked = !isSecond || own.get(7) !== 0;
  return {
    kind: found.kind,
    values,
    encoding: number(own, found.encoding),
    packedBytes,
    unpackedBytes,
    levelBytes,
    isPacked,
    at,
  };
}

/** Values beyond those of a page that its last packed run may have: they come by eights. */
const spareValues = 512;

/**
 * Checks runs in the hybrid of run lengths and packed bits (parquet's Encodings.md, RLE): together they must not give more than so many values.
 * Throws Error if they do, or lie beyond the bytes.
 */
export function checkRuns(bytes: Uint8Array, from: number, width: number, count: number): void {
  const reader = new ThriftReader(bytes);
  reader.at = from;
  for (let seen = 0; seen < count && reader.at < bytes.length; ) {
    const header = reader.unsigned();
    const isPacked = header % 2 === 1;
    const runs = Math.floor(header / 2);
    seen += isPacked ? 8 * runs : runs;
    reader.at += isPacked ? runs * width : (width + 7) >> 3;
    if (seen > count + (isPacked ? spareValues : 0)) throw new Error("runs of more values than their page has");
  }
}

/** Thrift's compact protocol, as far as page headers need it. */
class ThriftReader {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  struct(depth: number): Struct {
    if (depth > deepest) throw new Error("a page's header nested too deep");
    const fields: Struct = new Map();
    for (let field = 0; ; ) {
      const byte = this.byte();
      const type = byte & 15;
      if (type === 0) return fields;
      field = byte >> 4 === 0 ? this.zigZag() : field + (byte >> 4);
      const value = this.value(type, depth);
      if (value !== null) fields.set(field, value);
    }
  }

  private value(type: number, depth: number): number | Struct | null {
    switch (type) {
      case 1:
      case 2:
        return 2 - type;
      case 3:
        return this.byte();
      case 4:
      case 5:
      case 6:
        return this.zigZag();
      case 7:
        this.skip(8);
        return null;
      case 8:
        this.skip(this.unsigned());
        return null;
      case 9:
        this.list(depth);
        return null;
      case 12:
        return this.struct(depth + 1);
      default:
        throw new Error("a page's header of an unknown type");
    }
  }

  private list(depth: number): void {
    const byte = this.byte();
    const count = byte >> 4 === 15 ? this.unsigned() : byte >> 4;
    const type = byte & 15;
    for (let k = 0; k < count; k++) {
      if (type <= 2) this.byte();
      else this.value(type, depth + 1);
      if (this.at > this.bytes.length) throw new Error("a page's header cut short");
    }
  }

  private skip(count: number): void {
    this.at += count;
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw new Error("a page's header cut short");
    return this.bytes[this.at++]!;
  }

  unsigned(): number {
    let sum = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      sum += (byte & 127) * scale;
      if (byte < 128) return sum;
      if (scale > 2 ** 56) throw new Error("a page's header with a number too long");
    }
  }

  private zigZag(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
