import { createHash } from "node:crypto";

/*
 * A line of a ledger is one JSON object on one line:
 *
 *   {"sluice":"ledger","v":1,"ledger":ID,"seq":7,"time":MS,"kind":KIND, ...body, "previous":HASH,"hash":HASH}
 *
 * `hash` is the SHA-256 of the line up to it, and `previous` the hash of the line before: a line that was changed, removed, inserted or cut short does
 * not fit. A summary replaces the lines up to its own number, and the next line continues from `continues`, the hash of the last of them.
 */

/** Version of the format; a line with a higher one is a newer Sluice's. */
const ledgerVersion = 1;

/** The maximum time of a Date. */
const latestTimeMs = 8.64e15;

/** One unaltered line of a ledger. */
export interface Line {
  /** Without its line break. */
  readonly text: string;
  /** Random name of the ledger that the line was written for. */
  readonly ledger: string;
  /** Number of the line, from 1; a summary has the number of the last line it replaces. */
  readonly seq: number;
  readonly timeMs: number;
  readonly kind: string;
  readonly previous: string;
  readonly hash: string;
  /** What the next line names as `previous`. */
  readonly link: string;
  /** Every field, the ones above included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A line's content before it is hashed. */
export interface LineContent {
  readonly ledger: string;
  readonly seq: number;
  readonly timeMs: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Link of the line before; empty for the first. */
  readonly previous: string;
}

/** Gives a line its text and its hash. */
export function sealed({ ledger, seq, timeMs, kind, body, previous }: LineContent): Line {
  const head = { sluice: "ledger", v: ledgerVersion, ledger, seq, time: timeMs, kind };
  const open = JSON.stringify({ ...head, ...body, ...head, previous }).slice(0, -1);
  return lineOf(`${open},"hash":"${sha256(open)}"}`) as Line;
}

/** What a text is when parsed as a line: a line, a line of a newer format, or neither. */
function lineOf(text: string): Line | "newer" | null {
  const [, open, hash] = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/.exec(text) ?? [];
  if (open === undefined || hash === undefined || sha256(open) !== hash) return null;
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  const { sluice, v, ledger, seq, time, kind, previous, continues } = fields;
  if (sluice !== "ledger" || typeof v !== "number") return null;
  if (v > ledgerVersion) return "newer";
  const isLine =
    typeof ledger === "string" &&
    Number.isSafeInteger(seq) &&
    Number.isSafeInteger(time) &&
    Math.abs(time as number) <= latestTimeMs &&
    typeof kind === "string" &&
    typeof previous === "string";
  if (!isLine) return null;
  const link = typeof continues === "string" ? continues : hash;
  return { text, ledger, seq: seq as number, timeMs: time as number, kind, previous, hash, link, fields };
}

/** Where a ledger's bytes stop being a chain of lines. */
export interface Fault {
  /** `torn`: a last line that was not written to its end; `other`: a whole line of another ledger; `newer`: of a newer format; `changed`: anything else. */
  readonly kind: "torn" | "changed" | "other" | "newer";
  /** Number of the text line in the file, from 1. */
  readonly at: number;
  /** Text lines from there to the end. */
  readonly count: number;
}

/** The lines of a ledger up to the first that does not fit. */
export function chainOf(text: string): { readonly lines: Line[]; readonly fault: Fault | null } {
  const texts = text.split("\n");
  // Text that ends with a line break has an empty last part.
  if (texts.at(-1) === "") texts.pop();
  const lines: Line[] = [];
  for (const [at, lineText] of texts.entries()) {
    const line = lineOf(lineText);
    const before = lines.at(-1);
    const kind = faultOf(line, before, at === texts.length - 1 && !text.endsWith("\n"));
    if (kind !== null) return { lines, fault: { kind, at: at + 1, count: texts.length - at } };
    lines.push(line as Line);
  }
  return { lines, fault: null };
}

function faultOf(line: Line | "newer" | null, before: Line | undefined, isUnfinished: boolean): Fault["kind"] | null {
  if (line === null) return isUnfinished ? "torn" : "changed";
  if (line === "newer") return "newer";
  if (before && line.ledger !== before.ledger) return "other";
  const isNext = before ? line.previous === before.link && line.seq === before.seq + 1 : line.previous === "";
  return isNext ? null : "changed";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
