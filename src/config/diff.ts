import type { ConfigDocument, Snapshot } from "./document.ts";
import { documentOf, readConfigBytes } from "./document.ts";
import type { ConfigDiff, DiffEntry } from "./result.ts";

/** What new parameters by type would change in a config. `tested` counts the parameters that the search varied. */
export function diffConfig(
  document: ConfigDocument,
  params: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  tested: number,
): ConfigDiff {
  const entries: DiffEntry[] = [];
  for (const [type, changed] of params) {
    const old = document.currentParams(type);
    compare(`${type}_params`, old, { ...old, ...changed }, entries);
  }
  return { tested, changed: entries.length, entries };
}

/** Two config files compared: `global`, each symbol of `per_symbol`, and every type's block. `tested` counts the values compared. */
export async function diffFiles(oldPath: string, newPath: string): Promise<ConfigDiff> {
  const [old, fresh] = await Promise.all([oldPath, newPath].map(comparable));
  const entries: DiffEntry[] = [];
  let tested = 0;
  for (const key of new Set([...Object.keys(old!), ...Object.keys(fresh!)]))
    tested += compare(key, old![key] ?? {}, fresh![key] ?? {}, entries);
  return { tested, changed: entries.length, entries };
}

async function comparable(path: string): Promise<Snapshot> {
  const { bytes, realPath } = await readConfigBytes(path);
  const document = documentOf(path, realPath, bytes);
  const others = document.blockNames.filter((key) => key.endsWith("_params"));
  return { ...document.snapshot(), ...Object.fromEntries(others.map((key) => [key, document.block(key) ?? {}])) };
}

/** Adds the differences below one path; how many values were compared. Keys that begin with `_` are the bot's notes. */
function compare(path: string, old: unknown, fresh: unknown, entries: DiffEntry[]): number {
  if (isBlock(old) || isBlock(fresh)) {
    const a = isBlock(old) ? old : {};
    const b = isBlock(fresh) ? fresh : {};
    let compared = 0;
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      if (!key.startsWith("_")) compared += compare(`${path}.${key}`, memberOf(a, key), memberOf(b, key), entries);
    return compared;
  }
  if (!isSame(old, fresh)) entries.push({ path, old: shown(old), new: shown(fresh) });
  return 1;
}

function memberOf(block: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(block, key) ? block[key] : undefined;
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values mean the same; numbers compare as numbers, whatever their spelling. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shown(value: unknown): DiffEntry["old"] {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  return Array.isArray(value) && value.every((item) => typeof item === "number") ? value : JSON.stringify(value);
}
