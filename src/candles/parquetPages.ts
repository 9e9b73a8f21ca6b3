/** A page of a column chunk, as its header gives it (parquet.thrift, PageHeader). */
export interface PageHeader {
  readonly isDictionary: boolean;
  readonly values: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** A struct of Thrift's compact protocol: numbers and structs by field; anything else is passed over. */
type Struct = Map<number, number | Struct>;

const deepest = 8;

/** The pages of a column chunk. Throws Error where a header is damaged or a page ends beyond the chunk. */
export function* pagesOf(chunk: Uint8Array): Generator<PageHeader> {
  const bytes = new ThriftReader(chunk);
  while (bytes.at < chunk.length - 1) {
    const header = bytes.struct(0);
    const number = (struct: Struct | undefined, field: number): number => {
      const value = struct?.get(field);
      return typeof value === "number" ? value : Number.NaN;
    };
    const child = (field: number): Struct | undefined => {
      const value = header.get(field);
      return typeof value === "object" ? value : undefined;
    };
    const isDictionary = number(header, 1) === 2;
    const page = {
      isDictionary,
      values: number(child(isDictionary ? 7 : number(header, 1) === 3 ? 8 : 5), 1),
      unpackedBytes: number(header, 2),
      packedBytes: number(header, 3),
    };
    if (!(page.values >= 0 && page.unpackedBytes >= 0 && page.packedBytes >= 0)) throw new Error("a page's header");
    bytes.at += page.packedBytes;
    if (bytes.at > chunk.length) throw new Error("a page beyond the end of its column");
    yield page;
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

  private unsigned(): number {
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
