import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { DuplicateKey, JsonFault } from "../json/jsonScanner.ts";
import { checkReadable } from "../json/readable.ts";
import { plainColon, plainGap } from "./comments.ts";
import { type Container, MemberCollector } from "./members.ts";
import { quoted } from "./quoted.ts";
import { bytesOf, chunksOf } from "./source.ts";
import { plainStyle, type Style, styleOf } from "./style.ts";

/** A kept top-level value: its bytes, and their place in the file. */
export interface Block {
  /** Offset of the value in the file, bytes. */
  readonly start: number;
  /** The bytes of the value. */
  readonly bytes: Buffer;
}

/** A config file after one pass over its bytes. No values are built, so its size does not matter. */
export interface Scan {
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
  /** Places of the outermost object's keys and values. */
  readonly root: Container;
  /** By key, in file order. */
  readonly blocks: ReadonlyMap<string, Block>;
  /** How the file formats its outermost members. */
  readonly style: Style;
}

const kept = ["global", "per_symbol", "phase2_learning", "version", "last_update"];
/** Of a parameter file of freqtrade. */
const keptOfFreqtrade = ["strategy_name", "params", "ft_stratparam_v", "export_time"];

/** Keys that a run may need; the rest is only checked for grammar. */
export function isKept(key: string): boolean {
  return kept.includes(key) || keptOfFreqtrade.includes(key) || key.endsWith("_params");
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads a whole config once, chunk by chunk. Throws InputError with line and column if it is not one JSON object. */
export async function scanFile(handle: FileHandle, where: string): Promise<Scan> {
  const hash = createHash("sha256");
  const blocks = new Map<string, Block>();
  const base = (await bytesOf(handle, 0, 3)).equals(byteOrderMark) ? 3 : 0;
  const collector = collectorOf(base, blocks);
  try {
    if (base > 0) hash.update(byteOrderMark);
    for await (const chunk of chunksOf(handle, base)) {
      hash.update(chunk);
      collector.write(chunk);
    }
    const root = collector.end();
    if (root.kind !== "object") throw notAnObject(where, root.kind);
    return { sha256: hash.digest("hex"), root, blocks, style: await rootStyle(handle, root) };
  } catch (fault) {
    throw fault instanceof JsonFault ? await located(handle, where, base, fault) : fault;
  }
}

async function rootStyle(handle: FileHandle, { members }: Container): Promise<Style> {
  const last = members.at(-1);
  if (!last) return plainStyle;
  const [gap, colon] = [
    await bytesOf(handle, last.gapStart, last.keyStart),
    await bytesOf(handle, last.keyEnd, last.start),
  ];
  return styleOf(plainGap(gap.toString()), plainColon(colon.toString()));
}

async function located(handle: FileHandle, where: string, base: number, fault: JsonFault): Promise<InputError> {
  const place = { line: 1, column: 1 };
  for await (const chunk of chunksOf(handle, base, fault.offset)) advance(place, chunk);
  return refusal(where, place, fault);
}

interface TextPlace {
  line: number;
  column: number;
}

/** Moves a place behind bytes of UTF-8. */
function advance(place: TextPlace, bytes: Uint8Array): void {
  for (const byte of bytes)
    if (byte === 0x0a) {
      place.line++;
      place.column = 1;
    } else if (byte < 0x80 || byte >= 0xc0) place.column++;
}

function refusal(path: string, { line, column }: TextPlace, fault: JsonFault): InputError {
  const place = { where: `${path}:${line}:${column}`, found: quoted(fault.found), expected: fault.expected };
  return fault instanceof DuplicateKey
    ? new InputError("CONFIG_DUPLICATE_KEY", "duplicate key in the config, so it is unclear which value counts", {
        ...place,
        remedy: "remove one of the two",
      })
    : new InputError("CONFIG_NOT_JSON", "the config is not a complete JSON document", {
        ...place,
        remedy: "fix it by hand or replace it with a backup; nothing was written",
      });
}

/** The same of a config that is in memory, at once. */
export function scanBytes(bytes: Buffer, where: string): Omit<Scan, "style"> {
  const base = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  const blocks = new Map<string, Block>();
  const collector = collectorOf(base, blocks);
  try {
    collector.write(bytes.subarray(base));
    const root = collector.end();
    if (root.kind !== "object") throw notAnObject(where, root.kind);
    return { sha256: createHash("sha256").update(bytes).digest("hex"), root, blocks };
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    const place = { line: 1, column: 1 };
    advance(place, bytes.subarray(base, fault.offset));
    throw refusal(where, place, fault);
  }
}

/** Collects the kept values of a document that begins at `base`. */
function collectorOf(base: number, blocks: Map<string, Block>): MemberCollector {
  return new MemberCollector(base, isKept, (key, start, bytes) => {
    checkReadable(bytes, start);
    blocks.set(key, { start, bytes });
  });
}

function notAnObject(where: string, kind: Container["kind"]): InputError {
  return new InputError("CONFIG_NOT_OBJECT", "a config must be one JSON object", {
    where: `${where}:1:1`,
    found: kind === "list" ? "a list" : "a single value",
    expected: "an object with keys such as global and scalping_params",
    remedy: "check that this is the bot's config",
  });
}
