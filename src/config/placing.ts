import { InputError } from "../errors.ts";
import { parseJson } from "./comments.ts";
import type { ConfigDocument } from "./document.ts";
import type { Place } from "./layout.ts";
import { blockAtPath, type OpenBlock, openBlock, styleWithin } from "./openBlock.ts";
import { quoted } from "./quoted.ts";
import { isBlock, isSame } from "./same.ts";
import { conflict, type Plan } from "./savePlan.ts";
import type { Scan } from "./scan.ts";
import { insertMembers } from "./splice.ts";
import { printed } from "./style.ts";

/** Members to be added to an object that is there. */
interface Addition {
  readonly path: readonly string[];
  readonly object: OpenBlock;
  readonly members: Record<string, unknown>;
}

/** What setting values takes: edits, and outermost members that are missing, as text. */
export interface Placing extends Plan {
  readonly missing: readonly (readonly [key: string, text: string])[];
}

/** The edits that set values at their places in a file as it is now. `loaded` is the file as the run read it. Throws InputError on a conflict. */
export function placeEdits(scan: Scan, loaded: ConfigDocument, places: readonly Place[]): Placing {
  const edits: Plan["edits"][number][] = [];
  const keys: Plan["keys"][number][] = [];
  const outermost: Record<string, unknown> = {};
  const additions = new Map<OpenBlock["open"], Addition>();
  for (const { path, value } of places) {
    const block = blockAtPath(scan, path);
    const old = block?.bytes.toString();
    const present = old === undefined ? undefined : parseJson(old);
    if (isSame(present, value)) continue;
    const read = loaded.valueAt(path);
    if (!isSame(present, read)) throw conflict(loaded.path, path.join("."), present, value);
    if (!scan.blocks.has(path[0]!)) put(outermost, path, value);
    else if (!block) add(additions, scan, loaded.path, { path, value });
    else {
      const own = openBlock(block);
      const style = isBlock(value)
        ? styleWithin(scan.style, own.kind === "object" ? own.spelling(scan.style) : undefined)
        : scan.style;
      const text = printed(value, style, path.length);
      edits.push({ start: block.start, end: block.start + block.bytes.length, text });
      keys.push({ path, old: old!, new: text });
    }
  }
  for (const { path, object, members } of additions.values()) {
    const spelling = object.spelling(scan.style);
    const style = styleWithin(scan.style, spelling);
    const texts = Object.entries(members).map(([key, value]) => [key, printed(value, style, path.length + 1)] as const);
    edits.push(...insertMembers(object, texts, style, path.length, spelling));
    keys.push(...texts.map(([key, text]) => ({ path: [...path, key], old: null, new: text })));
  }
  const missing = Object.entries(outermost).map(([key, value]) => [key, printed(value, scan.style, 1)] as const);
  return { edits, keys, missing };
}

/** Adds a missing value, with the objects around it that are missing, too. */
function add(additions: Map<number, Addition>, scan: Scan, where: string, { path, value }: Place): void {
  let depth = path.length - 1;
  while (depth > 1 && !blockAtPath(scan, path.slice(0, depth))) depth--;
  const around = path.slice(0, depth);
  const block = blockAtPath(scan, around);
  const object = block && openBlock(block);
  if (object?.kind !== "object")
    throw new InputError("CONFIG_BLOCK", "a parameter block must be an object", {
      where: `${where}, ${quoted(around.join("."))}`,
      found: block ? quoted(block.bytes.toString()) : "missing",
      expected: "an object of names and values",
      remedy: "fix the block; nothing was written",
    });
  const addition = additions.get(object.open) ?? { path: around, object, members: {} };
  additions.set(object.open, addition);
  put(addition.members, path.slice(depth), value);
}

/** Sets a value at its path within an object, with the objects around it that are missing. */
function put(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let inner = object;
  for (const key of path.slice(0, -1)) {
    const next = isBlock(inner[key]) ? (inner[key] as Record<string, unknown>) : {};
    inner[key] = next;
    inner = next;
  }
  inner[path.at(-1)!] = value;
}
