import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { derivedParams } from "./derived.ts";
import { objectRanges } from "./jsonRanges.ts";

/** Keys of a config that a run may need; the rest is left unread but for its grammar. */
function isKept(key: string): boolean {
  return ["global", "per_symbol", "phase2_learning", "last_update"].includes(key) || key.endsWith("_params");
}

/** The four blocks of the old parameters, as they stood before a save. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A bot's config after its one load: the bytes of the small blocks, and the hash of the file. Values are built only when asked for;
 * neither the file's text nor its tree is kept.
 */
export class ConfigDocument {
  /** Times the file was loaded in this run. */
  readonly loads = 1;

  constructor(
    /** As given. */
    readonly path: string,
    /** Where links lead. */
    readonly realPath: string,
    readonly sha256: string,
    private readonly blocks: ReadonlyMap<string, string>,
  ) {}

  /** Names of the kept top-level keys, in file order. */
  get blockNames(): string[] {
    return [...this.blocks.keys()];
  }

  /** Raw text of a kept top-level value; undefined where the key is missing. */
  rawBlock(key: string): string | undefined {
    return this.blocks.get(key);
  }

  /** A kept block's values; undefined where it is missing or no object. */
  block(key: string): Readonly<Record<string, unknown>> | undefined {
    const raw = this.blocks.get(key);
    const value: unknown = raw === undefined ? undefined : JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  }

  /** Current parameters of a signal type; derived from `global` where scalping and swing have no block of their own, else empty. */
  currentParams(type: string): Readonly<Record<string, unknown>> {
    return this.block(`${type}_params`) ?? derivedParams(type, this.block("global") ?? {});
  }

  /** Time of the config's last update, epoch ms; a time without zone is UTC. Null where there is none that can be read. */
  lastUpdateMs(): number | null {
    const raw = this.blocks.get("last_update");
    const text: unknown = raw === undefined ? null : JSON.parse(raw);
    if (typeof text !== "string" || !/^\d{4}-\d\d-\d\d/.test(text)) return null;
    const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
    const time = Date.parse(zoned.replace(" ", "T"));
    return Number.isNaN(time) ? null : time;
  }

  /** The old parameters: global, per_symbol, scalping_params and swing_params (derived where missing), and nothing else. */
  snapshot(): Snapshot {
    return {
      global: this.block("global") ?? {},
      per_symbol: this.block("per_symbol") ?? {},
      scalping_params: this.currentParams("scalping"),
      swing_params: this.currentParams("swing"),
    };
  }
}

/** Loads a config, once. Throws InputError with line and column where it is not one whole JSON object. */
export async function openConfig(path: string): Promise<ConfigDocument> {
  const { bytes, realPath } = await readConfigBytes(path);
  return documentOf(path, realPath, bytes);
}

/** The document of bytes that are already in memory. */
export function documentOf(path: string, realPath: string, bytes: Uint8Array): ConfigDocument {
  const blocks = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const { key, start, end } of objectRanges(bytes, path).members) {
    if (!isKept(key)) continue;
    const raw = bytes.subarray(start, end);
    if (raw[0] === 0x7b) objectRanges(raw, `${path}, ${key}`);
    blocks.set(key, decoder.decode(raw));
  }
  return new ConfigDocument(path, realPath, sha256Of(bytes), blocks);
}

export async function readConfigBytes(path: string): Promise<{ bytes: Uint8Array; realPath: string }> {
  try {
    const realPath = await realpath(path);
    return { bytes: await readFile(realPath), realPath };
  } catch (cause) {
    throw new InputError(
      "CONFIG_UNREADABLE",
      "the config cannot be read",
      { where: path, found: (cause as Error).message, remedy: "check the path and its permissions" },
      { cause },
    );
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
