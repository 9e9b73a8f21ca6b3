import { Utf8Check } from "./utf8.ts";

/** Events of a scan; depth 0 is the document itself, depth 1 its members. Offsets are bytes from the document's start. */
export interface ScanEvents {
  keyStart(start: number, depth: number): void;
  /** `end` is just after the closing quote. */
  keyEnd(end: number, depth: number): void;
  valueStart(start: number, depth: number, firstByte: number): void;
  /** `end` is just after the value's last byte. */
  valueEnd(end: number, depth: number): void;
  comma?(at: number, depth: number): void;
  /** A comment was passed; `end` is just after it, and before the line break that ends it. */
  comment?(end: number, depth: number, isLine: boolean): void;
}

/** Where and why bytes are not JSON; the caller, who knows the file, turns it into an InputError with line and column. */
export class JsonFault extends Error {
  constructor(
    readonly offset: number,
    readonly found: string,
    readonly expected: string,
  ) {
    super(`found ${found}, expected ${expected}`);
  }
}

/** A duplicate key in one object. */
export class DuplicateKey extends JsonFault {
  constructor(offset: number, key: string) {
    super(offset, key, "each key once");
  }
}

/** What may come next, and what it is part of: the document's structure, a string or word, a number, a comment. */
interface State {
  readonly kind: "structure" | "text" | "number" | "comment";
  readonly expected: string;
  /** Whether a number may end here. */
  readonly isWhole?: boolean;
}

const value: State = { kind: "structure", expected: "a value" };
const valueOrEnd: State = { kind: "structure", expected: "a value or ]" };
const key: State = { kind: "structure", expected: "a key" };
const keyOrEnd: State = { kind: "structure", expected: "a key or }" };
const colon: State = { kind: "structure", expected: ":" };
const after: State = { kind: "structure", expected: ", or the end of the list or object" };
const done: State = { kind: "structure", expected: "the end of the file" };

const string: State = { kind: "text", expected: "the rest of a string" };
const escaped: State = { kind: "text", expected: "an escape such as \\n" };
const hex: State = { kind: "text", expected: "four hex digits" };
const literal: State = { kind: "text", expected: "true, false or null" };

const minus: State = { kind: "number", expected: "a digit" };
const zero: State = { kind: "number", expected: "a number", isWhole: true };
const digits: State = { kind: "number", expected: "a number", isWhole: true };
const point: State = { kind: "number", expected: "a digit" };
const fraction: State = { kind: "number", expected: "a number", isWhole: true };
const exponent: State = { kind: "number", expected: "a digit or sign" };
const exponentSign: State = { kind: "number", expected: "a digit" };
const exponentDigits: State = { kind: "number", expected: "a number", isWhole: true };

const slash: State = { kind: "comment", expected: "a comment" };
const lineComment: State = { kind: "comment", expected: "the end of the line" };
const blockComment: State = { kind: "comment", expected: "*/, the end of the comment" };
const star: State = { kind: "comment", expected: "*/, the end of the comment" };

/**
 * Checks bytes against the grammar of JSON (RFC 8259, UTF-8) as they come, chunk by chunk, and reports the places of keys and values. Comments,
 * from two slashes to the line's end or between slash-star and star-slash, count as white space. It builds no values: it uses one byte of
 * memory per nesting level, and no stack.
 */
export class JsonScanner {
  private state: State = value;
  /** State before a comment, and where the comment begins. */
  private resumed: State = value;
  private commentAt = 0;
  /** Whether the last byte of a line comment so far is a carriage return. */
  private isReturn = false;
  private depth = 0;
  /** Closing byte of each open list or object. */
  private closers = new Uint8Array(64);
  private isKey = false;
  private word = "";
  private wordAt = 0;
  private hexLeft = 0;
  private chunk: Uint8Array = new Uint8Array(0);
  private captureFrom = -1;
  private captured: Uint8Array[] = [];
  private readonly utf8 = new Utf8Check();

  constructor(
    private readonly on: ScanEvents,
    /** Offset of the next byte. */
    private base = 0,
  ) {}

  /** Keeps the bytes from here on; only within events, one capture at a time. */
  capture(start: number): void {
    this.captureFrom = start;
    this.captured = [];
  }

  /** Ends a capture and hands out a copy of its bytes. */
  take(end: number): Buffer {
    this.captured.push(this.chunk.subarray(this.captureFrom - this.base, end - this.base));
    this.captureFrom = -1;
    return Buffer.concat(this.captured);
  }

  /** The next bytes. Throws JsonFault. */
  write(chunk: Uint8Array): void {
    this.chunk = chunk;
    const fault = this.utf8.firstFault(chunk);
    if (fault !== null) throw new JsonFault(this.base + fault, "bytes that are not UTF-8", "UTF-8 text");
    for (let at = 0; at < chunk.length; ) at = this.step(chunk, at);
    if (this.captureFrom >= 0) {
      this.captured.push(Buffer.from(chunk.subarray(this.captureFrom - this.base)));
      this.captureFrom = this.base + chunk.length;
    }
    this.base += chunk.length;
    this.chunk = new Uint8Array(0);
  }

  /** No more bytes. Throws JsonFault if the document is not whole. */
  end(): void {
    if (this.state.isWhole) this.endValue(this.base);
    if (this.state === lineComment) this.endComment(this.base, true);
    if (this.state !== done) throw new JsonFault(this.base, "the end of the file", this.state.expected);
  }

  private step(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    switch (this.state) {
      case string: {
        let to = at;
        while (to < chunk.length && chunk[to]! >= 0x20 && chunk[to] !== 0x22 && chunk[to] !== 0x5c) to++;
        if (to === chunk.length) return to;
        if (chunk[to] === 0x5c) this.state = escaped;
        else if (chunk[to] === 0x22) this.endString(this.base + to + 1);
        else this.fail(chunk, to);
        return to + 1;
      }
      case escaped:
        if (byte === 0x75) {
          this.hexLeft = 4;
          this.state = hex;
        } else if (`"\\/bfnrt`.includes(String.fromCharCode(byte))) this.state = string;
        else this.fail(chunk, at);
        return at + 1;
      case hex:
        if (!isDigit(byte) && !((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)) this.fail(chunk, at);
        if (--this.hexLeft === 0) this.state = string;
        return at + 1;
      case literal:
        if (byte !== this.word.charCodeAt(this.wordAt)) this.fail(chunk, at);
        if (++this.wordAt === this.word.length) this.endValue(this.base + at + 1);
        return at + 1;
    }
    if (this.state.kind === "comment") return this.commentStep(chunk, at, byte);
    if (this.state.kind === "number") {
      const next = afterNumberByte(this.state, byte);
      if (next) this.state = next;
      else if (this.state.isWhole) this.endValue(this.base + at);
      else this.fail(chunk, at);
      return next ? at + 1 : at;
    }
    if (byte === 0x2f) {
      this.resumed = this.state;
      this.commentAt = this.base + at;
      this.state = slash;
    } else if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) this.structure(chunk, at, byte);
    return at + 1;
  }

  private commentStep(chunk: Uint8Array, at: number, byte: number): number {
    if (this.state === lineComment) {
      let to = at;
      while (to < chunk.length && chunk[to] !== 0x0a) to++;
      const isReturn = to > at ? chunk[to - 1] === 0x0d : this.isReturn;
      this.isReturn = isReturn;
      if (to < chunk.length) this.endComment(this.base + to - Number(isReturn), true);
      return to;
    }
    if (this.state === slash) {
      if (byte !== 0x2f && byte !== 0x2a) throw new JsonFault(this.commentAt, "/", this.resumed.expected);
      this.state = byte === 0x2f ? lineComment : blockComment;
      this.isReturn = false;
    } else if (this.state === star && byte === 0x2f) this.endComment(this.base + at + 1, false);
    else this.state = byte === 0x2a ? star : blockComment;
    return at + 1;
  }

  private endComment(end: number, isLine: boolean): void {
    this.state = this.resumed;
    this.on.comment?.(end, this.depth, isLine);
  }

  private structure(chunk: Uint8Array, at: number, byte: number): void {
    const { state } = this;
    const offset = this.base + at;
    if (byte === 0x22 && (state === key || state === keyOrEnd)) {
      this.isKey = true;
      this.state = string;
      this.on.keyStart(offset, this.depth);
    } else if (byte === 0x3a && state === colon) this.state = value;
    else if (byte === 0x2c && state === after) {
      this.state = this.closers[this.depth - 1] === 0x7d ? key : value;
      this.on.comma?.(offset, this.depth);
    } else if (
      (state === after || state === (byte === 0x7d ? keyOrEnd : valueOrEnd)) &&
      this.depth > 0 &&
      byte === this.closers[this.depth - 1]
    ) {
      this.depth--;
      this.endValue(offset + 1);
    } else if (state === value || state === valueOrEnd) this.startValue(chunk, at, byte);
    else this.fail(chunk, at);
  }

  private startValue(chunk: Uint8Array, at: number, byte: number): void {
    this.isKey = false;
    if (byte === 0x7b) this.state = keyOrEnd;
    else if (byte === 0x5b) this.state = valueOrEnd;
    else if (byte === 0x22) this.state = string;
    else if (byte === 0x2d) this.state = minus;
    else if (byte === 0x30) this.state = zero;
    else if (isDigit(byte)) this.state = digits;
    else {
      this.word = byte === 0x74 ? "true" : byte === 0x66 ? "false" : byte === 0x6e ? "null" : "";
      if (this.word === "") this.fail(chunk, at);
      this.wordAt = 1;
      this.state = literal;
    }
    this.on.valueStart(this.base + at, this.depth, byte);
    if (byte === 0x7b || byte === 0x5b) this.open(byte + 2);
  }

  private open(closer: number): void {
    if (this.depth === this.closers.length) {
      const wider = new Uint8Array(2 * this.depth);
      wider.set(this.closers);
      this.closers = wider;
    }
    this.closers[this.depth++] = closer;
  }

  private endString(end: number): void {
    if (this.isKey) {
      this.state = colon;
      this.on.keyEnd(end, this.depth);
    } else this.endValue(end);
  }

  private endValue(end: number): void {
    this.state = this.depth === 0 ? done : after;
    this.on.valueEnd(end, this.depth);
  }

  private fail(chunk: Uint8Array, at: number): never {
    const character = [...new TextDecoder().decode(chunk.subarray(at, at + 4))][0] ?? "";
    throw new JsonFault(this.base + at, character, this.state.expected);
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** State behind one more byte of a number; null if the byte is not part of it. */
function afterNumberByte(state: State, byte: number): State | null {
  const isAfterInteger = state === zero || state === digits;
  if (isDigit(byte)) {
    if (state === minus) return byte === 0x30 ? zero : digits;
    if (state === zero) return null;
    if (state === point) return fraction;
    return state === exponent || state === exponentSign ? exponentDigits : state;
  }
  if (byte === 0x2e && isAfterInteger) return point;
  if ((byte | 0x20) === 0x65 && (isAfterInteger || state === fraction)) return exponent;
  if ((byte === 0x2b || byte === 0x2d) && state === exponent) return exponentSign;
  return null;
}
