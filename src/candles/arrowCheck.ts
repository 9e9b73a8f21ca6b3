/** A schema deeper or with more fields than this does not describe candles. */
const deepest = 16;
const mostFields = 4096;

/** Bytes of an element of a vector: offsets of tables, blocks of a footer, nodes and buffers of a batch. */
const sizes = { table: 4, block: 24, pair: 16, int64: 8 } as const;

/** Kinds of message (Message.fbs, MessageHeader). */
const headers = { schema: 1, dictionary: 2, batch: 3 } as const;

/*
 * apache-arrow believes what metadata says of its own length: a vector of 2^31 fields is read field by field, beyond the bytes. So lengths
 * are compared with the bytes before they are handed on. Slots are the places of fields in the tables of Message.fbs, Schema.fbs and File.fbs.
 */

/** Throws Error unless every vector of a message's metadata lies within it. */
export function checkMessage(bytes: Uint8Array): void {
  const message = rootOf(bytes);
  message.vector(4, sizes.table);
  const kind = message.byte(1);
  const header = message.table(2);
  if (kind === headers.schema) checkSchema(header);
  else if (kind === headers.batch) checkBatch(header);
  else if (kind === headers.dictionary) checkBatch(header?.table(1) ?? null);
}

/** The same for a file's footer. */
export function checkFooter(bytes: Uint8Array): void {
  const footer = rootOf(bytes);
  checkSchema(footer.table(1));
  footer.vector(2, sizes.block);
  footer.vector(3, sizes.block);
  footer.vector(4, sizes.table);
}

function checkBatch(batch: Table | null): void {
  batch?.vector(1, sizes.pair);
  batch?.vector(2, sizes.pair);
  batch?.vector(4, sizes.int64);
}

function checkSchema(schema: Table | null): void {
  if (!schema) return;
  schema.vector(2, sizes.table);
  schema.vector(3, sizes.int64);
  const seen = { fields: 0 };
  for (const field of schema.tables(1)) checkField(field, 0, seen);
}

function checkField(field: Table, depth: number, seen: { fields: number }): void {
  if (depth > deepest || ++seen.fields > mostFields) throw new Error("a schema of too many fields");
  field.vector(6, sizes.table);
  for (const child of field.tables(5)) checkField(child, depth + 1, seen);
}

function rootOf(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Table(view, view.getUint32(0, true));
}

/** A table of a flatbuffer; whatever lies beyond the bytes is a RangeError. */
class Table {
  private readonly fields: number;
  private readonly fieldBytes: number;

  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {
    this.fields = at - view.getInt32(at, true);
    this.fieldBytes = view.getUint16(this.fields, true);
  }

  byte(slot: number): number {
    const place = this.place(slot);
    return place === 0 ? 0 : this.view.getUint8(place);
  }

  table(slot: number): Table | null {
    const place = this.place(slot);
    return place === 0 ? null : new Table(this.view, place + this.view.getUint32(place, true));
  }

  /** Where a vector's elements begin and how many there are; they lie within the bytes. */
  vector(slot: number, elementBytes: number): { readonly from: number; readonly count: number } {
    const place = this.place(slot);
    if (place === 0) return { from: 0, count: 0 };
    const start = place + this.view.getUint32(place, true);
    const count = this.view.getUint32(start, true);
    const from = start + 4;
    if (count * elementBytes > this.view.byteLength - from) throw new Error(`a vector of ${count} elements`);
    return { from, count };
  }

  *tables(slot: number): Generator<Table> {
    const { from, count } = this.vector(slot, sizes.table);
    for (let k = 0; k < count; k++) {
      const place = from + 4 * k;
      yield new Table(this.view, place + this.view.getUint32(place, true));
    }
  }

  /** Where a field's value is; 0 if the table has none. */
  private place(slot: number): number {
    const entry = 4 + 2 * slot;
    if (entry + 2 > this.fieldBytes) return 0;
    const offset = this.view.getUint16(this.fields + entry, true);
    return offset === 0 ? 0 : this.at + offset;
  }
}
