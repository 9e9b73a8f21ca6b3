import { didYouMean } from "../../didYouMean.ts";
import { InputError } from "../../errors.ts";
import { exitKeyOf, exitKeys } from "../../space/exits.ts";
import type { JsonFile } from "../../space/files.ts";
import { filterNameOf } from "../../space/filters.ts";
import type { Parameters, ParameterValue } from "../../space/parameters.ts";
import { quoted, quotedValue } from "../quoted.ts";
import { isBlock } from "../same.ts";

/** Which of Sluice's parameters is which of freqtrade's; exits have their places without it. */
export interface FreqtradeMap {
  /** By filter, such as `max_rsi`: freqtrade's space and name, such as `buy` and `rsi_max`. */
  readonly filters: ReadonlyMap<string, readonly [space: string, name: string]>;
  /** Current values by Sluice's names that a parameter file does not give; what it gives counts. */
  readonly current: Parameters;
}

/** Exits alone. */
export const exitsOnly: FreqtradeMap = { filters: new Map(), current: {} };

/** Spaces with a layout of their own. */
const exitSpaces = ["roi", "stoploss", "trailing", "max_open_trades"];
const example = '{"buy": {"rsi_max": "max_rsi"}, "current": {"max_holding_hours": 48}}';

/**
 * A map from a file shaped like freqtrade's `params`: the name of a filter where its threshold would be, and under `current` values that the
 * parameter file lacks. Throws InputError.
 */
export function freqtradeMapOf({ path, document }: JsonFile): FreqtradeMap {
  if (!isBlock(document)) throw faulty(path, document, "one object of freqtrade's spaces");
  const filters = new Map<string, readonly [string, string]>();
  for (const [space, names] of Object.entries(document)) {
    if (space === "current") continue;
    const where = `${path}, ${quoted(space)}`;
    if (exitSpaces.includes(space)) throw faulty(where, names, "no key for exits: their places are fixed");
    if (!isBlock(names)) throw faulty(where, names, "an object of freqtrade's names and Sluice's filters");
    for (const [name, filter] of Object.entries(names)) {
      const place = `${where}, ${quoted(name)}`;
      if (typeof filter !== "string" || !isMappable(filter)) throw faulty(place, filter, mappable, hintFor(filter));
      if (filters.has(filter)) throw faulty(place, filter, "each filter once");
      filters.set(filter, [space, name]);
    }
  }
  return { filters, current: currentOf(document["current"], `${path}, current`) };
}

const mappable = "a filter that is one number or switch: min_, max_ or require_ and a column of the signals";

function isMappable(filter: string): boolean {
  const kind = exitKeyOf(filter) ? undefined : filterNameOf(filter)?.kind;
  return kind !== undefined && kind !== "allowed";
}

function hintFor(filter: unknown): string | undefined {
  return typeof filter === "string" && exitKeyOf(filter) ? "leave it out: exits have fixed places" : undefined;
}

function currentOf(given: unknown, where: string): Parameters {
  if (given === undefined) return {};
  if (!isBlock(given)) throw faulty(where, given, "an object of Sluice's parameters and their current values");
  for (const [name, value] of Object.entries(given)) {
    const place = `${where}, ${quoted(name)}`;
    const key = exitKeyOf(name);
    if (!key && !isMappable(name))
      throw faulty(
        place,
        value,
        "the name of an exit or of a filter",
        didYouMean(name, exitKeys(), "correct the name"),
      );
    const expected = key ? key.expected(value) : expectedOf(name, value);
    if (expected !== null) throw faulty(place, value, expected);
  }
  return given as Readonly<Record<string, ParameterValue>>;
}

/** What a filter's value must be, where it is not; null if it is. */
export function expectedOf(filter: string, value: unknown): string | null {
  if (filterNameOf(filter)?.kind === "require") return typeof value === "boolean" ? null : "true or false";
  return typeof value === "number" && Number.isFinite(value) ? null : "a finite number";
}

function faulty(
  where: string,
  found: unknown,
  expected: string,
  remedy = `correct the map, such as ${example}`,
): InputError {
  return new InputError("FREQTRADE_MAP", "the map of parameters is invalid", {
    where,
    found: quotedValue(found),
    expected,
    remedy,
  });
}
