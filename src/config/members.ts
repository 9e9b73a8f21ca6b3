import { DuplicateKey, JsonScanner, type ScanEvents } from "../json/jsonScanner.ts";

/** One member of a JSON object, or item of a list, and its place in the document's bytes. Ends are exclusive. */
export interface Member {
  /** For list items, the index. */
  readonly key: string;
  /** End of the previous member, or of the opening brace: between here and `keyStart` are a comma, white space and comments. */
  readonly gapStart: number;
  /** Of the comma before it; of the gap's start if it is the first. */
  readonly comma: number;
  /** Whether a comment stands before the key. */
  readonly hasCommentBefore: boolean;
  /** Of the key's opening quote; of the value if it is an item. */
  readonly keyStart: number;
  /** Offset of the end of the key, bytes. */
  readonly keyEnd: number;
  /** Offset of the value, bytes. */
  readonly start: number;
  /** Offset of the end of the value, bytes. */
  readonly end: number;
}

/** The members of one JSON object or list, and the places of its braces. */
export interface Container {
  /** What the value is. */
  readonly kind: "object" | "list" | "other";
  /** Offset of the opening brace. */
  readonly open: number;
  /** Offset of the closing brace. */
  readonly close: number;
  /** From here to the closing brace there is only white space. */
  readonly blankFrom: number;
  /** Whether a line comment comes before that. */
  readonly isAfterLineComment: boolean;
  /** Its members, in the order of the file. */
  readonly members: readonly Member[];
}

/** Finds the outermost members of a document while its bytes stream by, and keeps the bytes of the requested values. */
export class MemberCollector implements ScanEvents {
  private readonly members: Member[] = [];
  private readonly keys = new Set<string>();
  private readonly scanner: JsonScanner;
  private kind: Container["kind"] = "other";
  private open = 0;
  private close = 0;
  private blankFrom = 0;
  private isAfterLineComment = false;
  private current = { key: "", gapStart: 0, comma: 0, hasCommentBefore: false, keyStart: 0, keyEnd: 0, start: 0 };
  private isInGap = false;
  private isCapturing = false;

  constructor(
    base: number,
    private readonly isKept: (key: string) => boolean = () => false,
    private readonly keep: (key: string, start: number, bytes: Buffer) => void = () => {},
  ) {
    this.scanner = new JsonScanner(this, base);
  }

  /** The document's next bytes. Throws JsonFault. */
  write(chunk: Uint8Array): void {
    this.scanner.write(chunk);
  }

  /** What was found, at the document's end. Throws JsonFault if it is not whole. */
  end(): Container {
    this.scanner.end();
    const { kind, open, close, blankFrom, isAfterLineComment, members } = this;
    return { kind, open, close, blankFrom, isAfterLineComment, members };
  }

  keyStart(start: number, depth: number): void {
    if (depth !== 1) return;
    this.isInGap = false;
    this.current.keyStart = start;
    this.scanner.capture(start);
  }

  keyEnd(end: number, depth: number): void {
    if (depth !== 1) return;
    const key = JSON.parse(this.scanner.take(end).toString()) as string;
    if (this.keys.has(key)) throw new DuplicateKey(this.current.keyStart, key);
    this.keys.add(key);
    this.current.key = key;
    this.current.keyEnd = end;
  }

  valueStart(start: number, depth: number, firstByte: number): void {
    if (depth === 0) {
      this.kind = firstByte === 0x7b ? "object" : firstByte === 0x5b ? "list" : "other";
      this.open = start;
      this.beginGap(start + 1);
    }
    if (depth !== 1) return;
    if (this.kind === "list")
      Object.assign(this.current, { key: String(this.members.length), keyStart: start, keyEnd: start });
    this.current.start = start;
    this.isCapturing = this.isKept(this.current.key);
    if (this.isCapturing) this.scanner.capture(start);
  }

  valueEnd(end: number, depth: number): void {
    if (depth === 0) this.close = end - 1;
    if (depth !== 1) return;
    if (this.isCapturing) this.keep(this.current.key, this.current.start, this.scanner.take(end));
    this.isCapturing = false;
    this.members.push({ ...this.current, end });
    this.beginGap(end);
  }

  comma(at: number, depth: number): void {
    if (depth === 1) this.current.comma = at;
  }

  comment(end: number, depth: number, isLine: boolean): void {
    if (depth !== 1 || !this.isInGap) return;
    this.current.hasCommentBefore = true;
    this.blankFrom = end;
    this.isAfterLineComment = isLine;
  }

  private beginGap(start: number): void {
    Object.assign(this.current, { gapStart: start, comma: start, hasCommentBefore: false });
    this.isInGap = true;
    this.blankFrom = start;
    this.isAfterLineComment = false;
  }
}

/** The members of bytes that are known to be JSON and begin at `base` of their document. */
export function membersOf(bytes: Uint8Array, base: number): Container {
  const collector = new MemberCollector(base);
  collector.write(bytes);
  return collector.end();
}
