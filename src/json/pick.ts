import { JsonScanner, type ScanEvents } from "./jsonScanner.ts";

/** Which parts of a document to read: `true` takes a value whole, an object goes into one with these keys, `*` stands for every key or list place. */
export type Wanted = { readonly [key: string]: Wanted | true };

/** An object or list that is open, and what of it is wanted; null where nothing is. */
interface Level {
  readonly wanted: Wanted | null;
  /** What was read of it. */
  readonly found: Record<string, unknown> | unknown[];
  /** Key of the value that comes, or the number of it in a list. */
  key: string | number;
}

/**
 * Reads some values of a JSON document that comes chunk by chunk, in memory for those alone; the rest is only checked against the grammar. Lists become lists of
 * what was wanted of each element. Throws JsonFault.
 */
export class JsonPick {
  private readonly scanner: JsonScanner;
  private readonly levels: Level[] = [];
  private result: unknown;
  /** Depth of the value that is being taken whole; -1 if none is. */
  private taking = -1;
  private keyFrom = -1;

  constructor(private readonly wanted: Wanted) {
    const events: ScanEvents = {
      keyStart: (start, depth) => this.keyStart(start, depth),
      keyEnd: (end) => this.keyEnd(end),
      valueStart: (start, depth, firstByte) => this.valueStart(start, depth, firstByte),
      valueEnd: (end, depth) => this.valueEnd(end, depth),
    };
    this.scanner = new JsonScanner(events);
  }

  write(chunk: Uint8Array): void {
    this.scanner.write(chunk);
  }

  /** What was found, once the document has ended: in the shape of the document, without what was not wanted. */
  end(): unknown {
    this.scanner.end();
    return this.result;
  }

  private keyStart(start: number, depth: number): void {
    if (this.taking >= 0 || !this.levels[depth - 1]?.wanted) return;
    this.keyFrom = start;
    this.scanner.capture(start);
  }

  private keyEnd(end: number): void {
    if (this.keyFrom < 0) return;
    this.keyFrom = -1;
    this.levels.at(-1)!.key = JSON.parse(this.scanner.take(end).toString()) as string;
  }

  private valueStart(start: number, depth: number, firstByte: number): void {
    if (this.taking >= 0) return;
    const wanted = depth === 0 ? this.wanted : this.wantedIn(this.levels[depth - 1]!);
    const isList = firstByte === 0x5b;
    const isOpen = isList || firstByte === 0x7b;
    if (wanted === true) {
      this.taking = depth;
      this.scanner.capture(start);
    } else if (isOpen) this.levels.push({ wanted, found: isList ? [] : {}, key: isList ? 0 : "" });
  }

  private valueEnd(end: number, depth: number): void {
    if (this.taking >= 0) {
      if (depth !== this.taking) return;
      this.taking = -1;
      this.put(depth, JSON.parse(this.scanner.take(end).toString()));
    } else if (this.levels.length === depth + 1) {
      const { wanted, found } = this.levels.pop()!;
      this.put(depth, wanted ? found : undefined);
    } else this.put(depth, undefined);
  }

  private put(depth: number, value: unknown): void {
    const level = this.levels[depth - 1];
    if (!level) this.result = value;
    else if (Array.isArray(level.found)) {
      if (value !== undefined) level.found.push(value);
    } else if (value !== undefined && level.wanted)
      // A key such as __proto__ is a key like any other.
      Object.defineProperty(level.found, level.key, { value, enumerable: true, configurable: true, writable: true });
  }

  private wantedIn({ wanted, key }: Level): Wanted | true | null {
    if (!wanted) return null;
    const own = typeof key === "string" && Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    return own ?? wanted["*"] ?? null;
  }
}
