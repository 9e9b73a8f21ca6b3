import { parseJson } from "./comments.ts";
import type { ConfigDocument } from "./document.ts";
import { writeStamp } from "./lastUpdate.ts";
import type { Place } from "./layout.ts";
import { learningChanges } from "./learning.ts";
import { openBlock, styleWithin } from "./openBlock.ts";
import { placeEdits } from "./placing.ts";
import { isBlock, isSame, memberOf } from "./same.ts";
import { conflict, type KeyChange, type Plan } from "./savePlan.ts";
import type { Scan } from "./scan.ts";
import { type Edit, insertMembers } from "./splice.ts";
import { printed } from "./style.ts";

/** What a save wants to write. */
export interface Changes {
  /** New values by type; only parameters of the search. */
  readonly params: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** New values at other places of the file, such as a symbol's. */
  readonly places?: readonly Place[];
  /** The new `latest` of `phase2_learning`; null leaves that block alone. */
  readonly phase2Learning: Readonly<Record<string, unknown>> | null;
}

/**
 * The edits that apply the changes to a file as it is now. `loaded` is the config as the run read it: a key that both the bot and the
 * changes touched since is a conflict (InputError). There are no edits if the file already has all values, or if parameters are given and
 * none of them changes: the learning alone is not worth a write.
 */
export function planEdits(scan: Scan, loaded: ConfigDocument, changes: Changes, nowMs: number): Plan {
  const planner = new Planner(scan, loaded);
  for (const [type, params] of changes.params) planner.setParameters(type, params);
  planner.setPlaces(changes.places ?? []);
  const changesParameters = planner.hasChanges;
  if (changes.params.size + (changes.places?.length ?? 0) > 0 && !changesParameters) return { edits: [], keys: [] };
  if (changes.phase2Learning && loaded.keepsLearning) planner.setLearning(changes.phase2Learning);
  if (changesParameters) planner.setLastUpdate(nowMs);
  return planner.plan();
}

class Planner {
  private readonly edits: Edit[] = [];
  private readonly keys: KeyChange[] = [];
  private readonly missing: (readonly [key: string, text: string])[] = [];
  /** The config as it is now. */
  private readonly now: ConfigDocument;

  constructor(
    private readonly scan: Scan,
    private readonly loaded: ConfigDocument,
  ) {
    this.now = loaded.asFound(scan);
  }

  get hasChanges(): boolean {
    return this.keys.length + this.missing.length > 0;
  }

  setPlaces(places: readonly Place[]): void {
    const { edits, keys, missing } = placeEdits(this.scan, this.loaded, places);
    this.edits.push(...edits);
    this.keys.push(...keys);
    this.missing.push(...missing);
  }

  setParameters(type: string, params: Readonly<Record<string, unknown>>): void {
    const { loaded, now } = this;
    const places = loaded.placesOf(params);
    if (places) {
      this.setPlaces(places);
      return;
    }
    const name = `${type}_params`;
    if (now.block(name)) this.change(name, params);
    else if (loaded.isDerived(type)) {
      const derived = now.currentParams(type);
      const says = Object.entries(params).every(([key, value]) => isSame(memberOf(derived, key), value));
      if (!says) this.missing.push([name, printed({ ...derived, ...params }, this.scan.style, 1)]);
    } else
      for (const [key, value] of Object.entries(params))
        if (!isSame(memberOf(loaded.block(name)!, key), value))
          throw conflict(loaded.path, `${name}.${key}`, undefined, value);
  }

  setLearning(latest: Readonly<Record<string, unknown>>): void {
    const { loaded, now, scan } = this;
    const name = "phase2_learning";
    const learning = learningChanges(scan, latest);
    if (learning.whole === null) this.change(name, learning.values, learning.texts);
    else if (!isSame(loaded.value(name), now.value(name))) throw conflict(loaded.path, name, now.value(name), latest);
    else if (learning.old === null) this.missing.push([name, learning.whole]);
    else this.replace(name, learning.whole);
  }

  setLastUpdate(nowMs: number): void {
    const { stampKey } = this.loaded;
    const stamp = writeStamp(this.now.value(stampKey), nowMs);
    if (!this.scan.blocks.has(stampKey)) this.missing.push([stampKey, JSON.stringify(stamp)]);
    else if (stamp !== null) this.replace(stampKey, JSON.stringify(stamp));
  }

  plan(): Plan {
    const { scan, edits, keys, missing } = this;
    const added = missing.length > 0 ? insertMembers(scan.root, missing, scan.style, 0) : [];
    return {
      edits: [...edits, ...added],
      keys: [...keys, ...missing.map(([key, text]) => ({ path: [key], old: null, new: text }))],
    };
  }

  /** One block's new values, as text where the spelling must be kept. */
  private change(name: string, values: Readonly<Record<string, unknown>>, texts?: ReadonlyMap<string, string>): void {
    const { scan, loaded } = this;
    const block = openBlock(scan.blocks.get(name)!);
    const read = loaded.value(name);
    const before = isBlock(read) ? read : {};
    const spelling = block.spelling(scan.style);
    const style = styleWithin(scan.style, spelling);
    const fresh: [string, string][] = [];
    for (const [key, value] of Object.entries(values)) {
      const member = block.find(key);
      const present: unknown = member && parseJson(block.textOf(member));
      if (isSame(present, value)) continue;
      if (!isSame(present, memberOf(before, key))) throw conflict(loaded.path, `${name}.${key}`, present, value);
      const text = texts?.get(key) ?? printed(value, style, 2);
      this.keys.push({ path: [name, key], old: member ? block.textOf(member) : null, new: text });
      if (member) this.edits.push({ start: member.start, end: member.end, text });
      else fresh.push([key, text]);
    }
    if (fresh.length > 0) this.edits.push(...insertMembers(block, fresh, style, 1, spelling));
  }

  /** A top-level value that is there, replaced as a whole. */
  private replace(name: string, text: string): void {
    const { start, bytes } = this.scan.blocks.get(name)!;
    this.edits.push({ start, end: start + bytes.length, text });
    this.keys.push({ path: [name], old: bytes.toString(), new: text });
  }
}
