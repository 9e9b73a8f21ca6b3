import type { FileHandle } from "node:fs/promises";
import type { Field, Message } from "apache-arrow";
import { checkFooter, checkMessage } from "./arrowCheck.ts";
import { damagedFile } from "./formatError.ts";

type Library = typeof import("apache-arrow");

const magic = "ARROW1";
/** A footer, a schema or the layout of a batch takes some hundred bytes per batch; pandas adds a few thousand. */
const mostMetadataBytes = 1 << 26;
const magicBytes = 8;
/** A footer's length and the mark at the end. */
const tailBytes = 4 + magic.length;

/** What an Arrow file is called in messages. */
export const arrowName = "Arrow (feather)";

/** Whether a file begins as one of Arrow IPC: a feather file of version 2, or a stream. */
export function isArrow(head: Buffer): boolean {
  if (head.toString("latin1", 0, magic.length) === magic) return true;
  return head.length >= 8 && head.readUInt32LE(0) === 0xffffffff && head.readInt32LE(4) > 0 && head[7] === 0;
}

/** What apache-arrow reads of a record batch's metadata. */
export interface BatchHeader {
  readonly length: number;
  readonly nodes: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  /** LZ4 frames are type 0, zstd is type 1. */
  readonly compression: { readonly type: number } | null;
}

/** A record batch, and where its body is in the file. */
export interface BatchPlace {
  readonly header: BatchHeader;
  readonly from: number;
  readonly bodyBytes: number;
}

/** The schema and the record batches of a file, as its footer lists them, or of a stream, as they come; no body is read. */
export class ArrowMessages {
  /** Where messages end: a file's footer, or the end of a stream. */
  private end: number;
  /** Where the next message of a stream is. */
  private at = 0;
  /** Where the messages of a file are; null for a stream. */
  private offsets: number[] | null = null;

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    readonly sizeBytes: number,
    private readonly library: Library,
  ) {
    this.end = sizeBytes;
  }

  /** The columns. Throws InputError if the file is cut short. */
  async fields(): Promise<readonly Field[]> {
    const head = Buffer.from(await this.read(0, Math.min(magicBytes, this.sizeBytes)));
    if (head.toString("latin1", 0, magic.length) === magic) return this.fieldsOfFooter();
    const first = await this.messageAt(0);
    if (!first?.message.isSchema()) throw this.damaged("no schema at the beginning");
    this.at = first.from;
    return first.message.header().fields as Field[];
  }

  async *batches(): AsyncGenerator<BatchPlace> {
    for (let k = 0; this.offsets === null || k < this.offsets.length; k++) {
      const next = await this.messageAt(this.offsets?.[k] ?? this.at);
      if (!next) {
        if (this.offsets) throw this.damaged(`no record batch ${k}`);
        return;
      }
      const { message, from } = next;
      const { bodyLength } = message;
      if (!(bodyLength >= 0 && from + bodyLength <= this.end))
        throw this.damaged(`${bodyLength} bytes of data at byte ${from} of ${this.end}`);
      this.at = from + bodyLength;
      if (message.isRecordBatch())
        yield { header: message.header() as unknown as BatchHeader, from, bodyBytes: bodyLength };
      else if (this.offsets) throw this.damaged(`no record batch ${k}`);
    }
  }

  /** Part of the file up to the batch that was given last, 0-1. */
  get share(): number {
    return Math.min(1, this.at / this.sizeBytes);
  }

  /** Bytes of the file, all of them. */
  async read(from: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.file.read(bytes, done, length - done, from + done);
      if (bytesRead === 0) throw this.damaged("the end of the file within it");
      done += bytesRead;
    }
    return bytes;
  }

  /** Reads the schema and the places of batches from the footer: not every writer puts the schema before the batches, too. */
  private async fieldsOfFooter(): Promise<readonly Field[]> {
    const { sizeBytes } = this;
    const tail = Buffer.from(
      sizeBytes < magicBytes + tailBytes ? [] : await this.read(sizeBytes - tailBytes, tailBytes),
    );
    if (tail.toString("latin1", 4) !== magic) throw this.damaged("a file without its end");
    const length = tail.readInt32LE(0);
    this.end = sizeBytes - tailBytes - length;
    if (!(length > 0 && length <= mostMetadataBytes && this.end >= magicBytes))
      throw this.damaged(`a footer of ${length} bytes`);
    checkFooter(await this.read(this.end, length));
    const opened = await (await this.library.RecordBatchReader.from(this.withoutBodies() as FileHandle)).open();
    const { schema, footer } = opened as unknown as OpenedFile;
    const offsets = [...footer.recordBatches()].map((block) => block?.offset ?? -1);
    if (offsets.some((offset) => !(offset >= magicBytes && offset < this.end)))
      throw this.damaged("a record batch outside of the file");
    this.offsets = offsets;
    return schema.fields;
  }

  /** The file with zeros between its beginning and its footer: apache-arrow would read all dictionaries, which may be packed, when it opens one. */
  private withoutBodies(): object {
    return {
      fd: this.file.fd,
      stat: async () => ({ size: this.sizeBytes }),
      read: async (into: Uint8Array, offset: number, length: number, position: number) => {
        const isEdge = position + length <= magicBytes || position >= this.end;
        if (isEdge) return this.file.read(into, offset, length, position);
        into.fill(0, offset, offset + length);
        return { bytesRead: length, buffer: into };
      },
      close: async () => undefined,
    };
  }

  /** The message at an offset, and where its body begins; null at the end of a stream. */
  private async messageAt(start: number): Promise<{ message: Message; from: number } | null> {
    if (start + 4 > this.end) return null;
    const prefix = Buffer.from(await this.read(start, Math.min(8, this.end - start)));
    const isMarked = prefix.readUInt32LE(0) === 0xffffffff;
    if (isMarked && prefix.length < 8) throw this.damaged("a message without its length");
    const length = prefix.readInt32LE(isMarked ? 4 : 0);
    if (length === 0) return null;
    const from = start + (isMarked ? 8 : 4) + length;
    if (length < 0 || length > mostMetadataBytes || from > this.end)
      throw this.damaged(`a message of ${length} bytes at byte ${start}`);
    const bytes = await this.read(start, from - start);
    checkMessage(bytes.subarray(bytes.length - length));
    const { value } = new this.library.MessageReader(bytes).next();
    if (!value) throw this.damaged(`a message that cannot be read at byte ${start}`);
    return { message: value as Message, from };
  }

  private damaged(found: string): Error {
    return damagedFile(this.path, arrowName, found);
  }
}

interface OpenedFile {
  readonly schema: { readonly fields: readonly Field[] };
  readonly footer: { recordBatches(): Iterable<{ readonly offset: number } | null> };
}
