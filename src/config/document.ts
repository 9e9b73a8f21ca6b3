import { createHash } from "node:crypto";
import { InputError } from "../errors.ts";
import type { Space } from "../space/parameters.ts";
import { parseJson } from "./comments.ts";
import { freqtradeLayout, isFreqtradeFile } from "./freqtrade/layout.ts";
import { exitsOnly } from "./freqtrade/map.ts";
import { readStamp, writeStamp } from "./lastUpdate.ts";
import { type ConfigValues, type Layout, ownLayout, type Place, type Values } from "./layout.ts";
import { textAt } from "./openBlock.ts";
import { quoted, quotedValue } from "./quoted.ts";
import { isBlock, memberOf } from "./same.ts";
import { type Block, isKept, type Scan, scanFile } from "./scan.ts";
import { isUnchanged } from "./source.ts";
import { overtaken, whileSteady } from "./steady.ts";

/** The four blocks of the old parameters, as they were before a save; frozen. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A bot's config after a load: the bytes of the small blocks, and the hash of the file. Values are built only when asked for;
 * neither the file's text nor its tree is kept.
 */
export class ConfigDocument implements ConfigValues {
  /** SHA-256 of the file's bytes, in hex. */
  readonly sha256: string;
  private readonly blocks: ReadonlyMap<string, Block>;

  /** Each document made from a file's bytes is one load; the documents of one run share a counter. */
  constructor(
    /** As given. */
    readonly path: string,
    scan: Pick<Scan, "sha256" | "blocks">,
    private readonly counter: { loads: number } = { loads: 0 },
    private readonly layout: Layout = ownLayout,
  ) {
    this.sha256 = scan.sha256;
    this.blocks = scan.blocks;
    counter.loads++;
  }

  /** How often the file was loaded so far: once, and again by each save that found changed bytes and had to reread its values. */
  get loads(): number {
    return this.counter.loads;
  }

  /** The config as another pass found it: this one if the bytes are the same, which is not a load; otherwise a new load. */
  asFound(scan: Scan): ConfigDocument {
    return scan.sha256 === this.sha256 ? this : new ConfigDocument(this.path, scan, this.counter, this.layout);
  }

  /** A config without a file, whose types have these parameters, or none yet. */
  static blank(
    types: readonly string[],
    params: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map(),
  ): ConfigDocument {
    const blocks = types.map((type) => [`${type}_params`, blockOf(params.get(type) ?? {})] as const);
    return new ConfigDocument("a blank config", { sha256: "", blocks: new Map(blocks) });
  }

  /** A config without a file, from the values of its keys, of which the small blocks count. */
  static ofValues(values: Values): ConfigDocument {
    const blocks = Object.entries(values).flatMap(([key, value]) =>
      isKept(key) && value !== undefined ? [[key, blockOf(value)] as const] : [],
    );
    const hash = createHash("sha256");
    for (const [key, { bytes }] of blocks) hash.update(`${JSON.stringify(key)}:`).update(bytes);
    return new ConfigDocument("config", { sha256: hash.digest("hex"), blocks: new Map(blocks) });
  }

  /** The config as it would read after a save of new parameters, by type; nothing is written. */
  withParams(params: ReadonlyMap<string, Readonly<Record<string, unknown>>>, nowMs: number): ConfigDocument {
    if (params.size === 0) return this;
    const blocks = new Map(this.layout === ownLayout ? this.blocks : []);
    for (const [type, values] of params)
      blocks.set(`${type}_params`, blockOf({ ...this.currentParams(type), ...values }));
    const stamp = writeStamp(this.value(this.layout.stampKey), nowMs);
    if (stamp !== null) blocks.set("last_update", blockOf(stamp));
    return new ConfigDocument(this.path, { sha256: "", blocks });
  }

  /** Names of the types' blocks, such as `scalping_params`, in file order. */
  get typeBlockNames(): string[] {
    return [...this.blocks.keys()].filter((key) => key.endsWith("_params"));
  }

  /** Whether it holds one set alone, as a parameter file of freqtrade does, instead of a block for each type. */
  get holdsOneType(): boolean {
    return this.layout.holdsOneType;
  }

  /** Whether a save also writes what a run learned. */
  get keepsLearning(): boolean {
    return this.layout.keepsLearning;
  }

  /** Key of the time of the last update. */
  get stampKey(): string {
    return this.layout.stampKey;
  }

  /** The block of a type's parameters, for messages and differences. */
  blockName(type: string): string {
    return this.layout.blockName(type);
  }

  /** A kept top-level value; undefined if the key is missing. */
  value(key: string): unknown {
    const block = this.blocks.get(key);
    return block && parseJson(block.bytes.toString());
  }

  /** The value at a path of keys; undefined if there is none. */
  valueAt(path: readonly string[]): unknown {
    const text = textAt({ blocks: this.blocks }, path);
    return text === undefined ? undefined : parseJson(text);
  }

  /** A block's values; undefined if it is missing. Throws InputError if it is not an object. */
  block(key: string): Values | undefined {
    const value = this.value(key);
    if (value === undefined || isBlock(value)) return value;
    throw new InputError("CONFIG_BLOCK", "a parameter block must be an object", {
      where: `${this.path}, ${quoted(key)}`,
      found: quoted(this.blocks.get(key)!.bytes.toString()),
      expected: "an object of names and values",
      remedy: "fix the block, or remove it",
    });
  }

  /** Throws InputError if `phase2_learning` was not written by Sluice: it must be missing, or an object whose history is a list. */
  requireLearning(): void {
    const block = this.block("phase2_learning");
    const history = block && memberOf(block, "history");
    if (history === undefined || history === null || Array.isArray(history)) return;
    throw new InputError("CONFIG_BLOCK", "phase2_learning.history must be a list", {
      where: `${this.path}, "phase2_learning.history"`,
      found: quotedValue(history),
      expected: "a list, or no history key",
      remedy: "fix the block, or remove it",
    });
  }

  /** Whether a type has no block of its own, so that its parameters come from `global` and the defaults. */
  isDerived(type: string): boolean {
    return !this.blocks.has(`${type}_params`);
  }

  /** Current parameters of a signal type; derived from `global` where scalping and swing have no block of their own, else empty. */
  currentParams(type: string): Values {
    return this.layout.currentParams(this, type);
  }

  /** The values that a save of new parameters sets, where the file has its own names for them; null where it has not. */
  placesOf(params: Values): Place[] | null {
    return this.layout.places(this, params);
  }

  /** Throws InputError if a set of the space could not be saved here. `where` names the space. */
  requireSpace(space: Space, where: string): void {
    this.layout.requireSpace(space, where);
  }

  /** Time of the config's last update, epoch ms; a time without zone is UTC. Null if there is none that can be read. */
  lastUpdateMs(): number | null {
    return readStamp(this.value(this.stampKey));
  }

  /** The old parameters: global, per_symbol, scalping_params and swing_params (derived where missing), and nothing else. */
  snapshot(): Snapshot {
    return frozen({
      global: this.block("global") ?? {},
      per_symbol: this.block("per_symbol") ?? {},
      scalping_params: this.currentParams("scalping"),
      swing_params: this.currentParams("swing"),
    });
  }
}

/**
 * Loads a config, once; a parameter file of freqtrade is known by its content, and `ofFreqtrade` says how it is read. Throws InputError with line
 * and column if it is not one whole JSON object.
 */
export function openConfig(path: string, ofFreqtrade: Layout = freqtradeLayout(exitsOnly)): Promise<ConfigDocument> {
  return whileSteady(path, async (source) => {
    const scan = await scanFile(source.handle, path);
    if (!(await isUnchanged(source))) return overtaken;
    const layout = isFreqtradeFile(scan, path) ? ofFreqtrade : ownLayout;
    return new ConfigDocument(path, scan, { loads: 0 }, layout);
  });
}

/** A value as a block of a file; its position is meaningless. */
function blockOf(value: unknown): Block {
  return { start: 0, bytes: Buffer.from(JSON.stringify(value)) };
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}
