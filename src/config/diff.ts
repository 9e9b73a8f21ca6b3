import { exitKeyOf } from "../space/exits.ts";
import { ConfigDocument, openConfig } from "./document.ts";
import type { ConfigDiff, DiffEntry } from "./result.ts";
import { isBlock, isSame, memberOf } from "./same.ts";

/** A config's blocks by name: a loaded document, or plain data such as a snapshot. */
export type Comparable = ConfigDocument | Readonly<Record<string, unknown>>;

type Values = Readonly<Record<string, unknown>>;

/**
 * What differs between two configs in `global`, each symbol of `per_symbol`, and the types' blocks. A map in the new one's place holds new
 * parameters by type, applied on top of the old config's current ones (derived where it has no block). `tested` counts the parameters that the
 * search varied; by default, the values compared.
 */
export function diffConfig(
  old: Comparable,
  fresh: Comparable | ReadonlyMap<string, Values>,
  tested?: number,
): ConfigDiff {
  const entries: DiffEntry[] = [];
  let compared = 0;
  if (fresh instanceof Map) {
    for (const [type, params] of fresh as ReadonlyMap<string, Values>) {
      const places = old instanceof ConfigDocument ? old.placesOf(params) : null;
      if (places) {
        for (const { path, value } of places)
          compared += compare(path.join("."), (old as ConfigDocument).valueAt(path), value, entries);
        continue;
      }
      const current = old instanceof ConfigDocument ? old.currentParams(type) : memberOf(old, `${type}_params`);
      compared += compare(`${type}_params`, current, { ...(isBlock(current) ? current : {}), ...params }, entries);
    }
  } else {
    const [a, b] = [blocksOf(old), blocksOf(fresh as Comparable)];
    for (const name of new Set([...a.keys(), ...b.keys()]))
      compared += compare(name, a.get(name), b.get(name), entries);
  }
  return { tested: tested ?? compared, changed: entries.length, entries };
}

/** Two config files compared as they are written: nothing is derived, a missing block is missing. */
export async function diffFiles(oldPath: string, newPath: string): Promise<ConfigDiff> {
  return diffConfig(await openConfig(oldPath), await openConfig(newPath));
}

function blocksOf(config: Comparable): Map<string, unknown> {
  const isDocument = config instanceof ConfigDocument;
  const types = isDocument ? config.typeBlockNames : Object.keys(config).filter((key) => key.endsWith("_params"));
  const own = isDocument && config.holdsOneType ? ["params"] : ["global", "per_symbol"];
  const names = [...own, ...types.filter((key) => !key.startsWith("_"))];
  return new Map(names.map((name) => [name, isDocument ? config.value(name) : memberOf(config, name)]));
}

/**
 * Adds the differences below one path; returns how many values were compared. Keys that begin with `_` are the bot's notes. A null value
 * counts as missing.
 */
export function compare(path: string, old: unknown, fresh: unknown, entries: DiffEntry[]): number {
  if (old === undefined && fresh === undefined) return 0;
  // A table or a partial exit is one value.
  const isInside = (value: unknown): boolean => !isExitParameter(path) && (isNothing(value) || isBlock(value));
  if (isInside(old) && isInside(fresh) && !(isNothing(old) && isNothing(fresh))) {
    const [a, b] = [(old ?? {}) as Values, (fresh ?? {}) as Values];
    const keys = new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => !key.startsWith("_")));
    let compared = 0;
    for (const key of keys) compared += compare(`${path}.${key}`, memberOf(a, key), memberOf(b, key), entries);
    return compared;
  }
  if (!isSame(old ?? null, fresh ?? null)) entries.push(entryOf(path, old, fresh));
  return 1;
}

/** Whether a path ends at an exit parameter, such as `swing_params.roi`. */
function isExitParameter(path: string): boolean {
  return exitKeyOf(path.slice(path.lastIndexOf(".") + 1)) !== undefined;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** One difference, as a result shows it. */
export function entryOf(path: string, old: unknown, fresh: unknown): DiffEntry {
  const isTable = isExitParameter(path);
  return { path, old: shown(old, isTable), new: shown(fresh, isTable) };
}

function shown(value: unknown, isTable: boolean): DiffEntry["old"] {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  if (isTable && isBlock(value)) return value as DiffEntry["old"];
  return Array.isArray(value) && value.every((item) => typeof item === "number") ? value : JSON.stringify(value);
}
