import { createHash, type Hash } from "node:crypto";
import type { Market } from "../candles/candles.ts";
import { type CallName, calls } from "./calls.ts";
import { defaults, defaultTop } from "./defaults.ts";
import { version } from "./version.ts";

/**
 * Options that no fingerprint covers, and why. Every other option is covered, so that a new one is covered by default.
 * The contents of files and candles are covered by what was read from them.
 */
export const notInFingerprint: Readonly<Record<string, string>> = {
  candles: "read",
  opportunities: "read",
  signals: "read",
  snapshots: "read",
  space: "read",
  spaceFile: "read",
  params: "read",
  current: "read",
  suggestions: "read",
  suggestFile: "read",
  mapFile: "read: the current parameters that it gives",
  configs: "read",
  group: "read: the groups of symbols that it names",
  config: "read",
  paramsFile: "read",
  currentFile: "read",
  type: "read: the type that was meant",
  out: "where a result goes",
  bestFile: "where a result goes",
  tradesFile: "where a result goes",
  allFile: "where a result goes",
  surface: "what else a result says: it changes none of its figures",
  report: "where a result goes",
  force: "where a result goes",
  nowMs: "the clock: what it leaves out of the candles shows in what was read",
  threads: "the machine",
  memoryBytes: "the machine",
  maxRssBytes: "the machine",
};

/** Options that came after the first fingerprints, by call (`*`: every one): covered where they are given, so that older fingerprints stay. */
const coveredIfGiven: Readonly<Record<string, readonly string[]>> = {
  "*": ["portfolio", "rank", "portfolioMetric", "shortlist"],
  simulate: ["maxOpen"],
  search: ["maxOpen"],
};

/**
 * A hash of everything that a result depends on: version, call, the options with their defaults, and everything read (`read`, by name: spaces,
 * parameters, current values of configs, candles, opportunities). Equal fingerprints mean equal results.
 */
export function fingerprintOf(
  call: CallName,
  request: Readonly<Record<string, unknown>>,
  read: Readonly<Record<string, unknown>> & { readonly market: Market },
): string {
  const hash = createHash("sha256");
  const { bySymbol, ...market } = read.market;
  // No result depends on the order in which series were given.
  const series = [...bySymbol].sort(([a], [b]) => (a < b ? -1 : 1));
  feed(hash, [version, call, coveredOptions(call, request), { ...read, market }, series]);
  return hash.digest("hex").slice(0, 32);
}

/** The options that a fingerprint covers, in the order of the call's own, defaults in place. */
export function coveredOptions(call: CallName, request: Readonly<Record<string, unknown>>): [string, unknown][] {
  const standing: Readonly<Record<string, unknown>> = { ...defaults, top: defaultTop[call as keyof typeof defaultTop] };
  return Object.keys(calls[call].entries)
    .filter((key) => !Object.hasOwn(notInFingerprint, key))
    .filter((key) => request[key] !== undefined || !isCoveredIfGiven(call, key))
    .map((key) => [key, request[key] ?? standing[key]]);
}

function isCoveredIfGiven(call: CallName, key: string): boolean {
  return [...coveredIfGiven["*"]!, ...(coveredIfGiven[call] ?? [])].includes(key);
}

/** Feeds a value with its shape, so that no two values of different kinds or bounds make the same bytes. Keys keep their order. */
function feed(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength}\n`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (Array.isArray(value)) {
    hash.update(`list ${value.length}\n`);
    for (const item of value) feed(hash, item);
  } else if (value instanceof Map) feed(hash, ["map", ...value]);
  else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    hash.update(`object ${entries.length}\n`);
    for (const entry of entries) feed(hash, entry);
  } else if (typeof value === "string") hash.update(`text ${JSON.stringify(value)}\n`);
  // A number's shortest text reads back as the same number; -0 has none of its own.
  else hash.update(`${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}\n`);
}
