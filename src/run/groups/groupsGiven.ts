import { InputError } from "../../errors.ts";
import { openGroups } from "../../space/files.ts";
import { isPlainObject } from "../plainObject.ts";

/** Every symbol that no other group names. */
export const everyOther = "*";

/** Groups as a request names them: the symbols of each, or `*` for every symbol that no other names. */
export type GroupsGiven = Readonly<Record<string, readonly string[] | typeof everyOther>>;

/** A group of symbols that gets parameters of its own. */
export interface Group {
  readonly name: string;
  /** At least one, in the order of the market. */
  readonly symbols: readonly string[];
}

/** The groups of a run, and the symbols that are in none. */
export interface Groups {
  readonly groups: readonly Group[];
  readonly ungrouped: readonly string[];
}

/** What `group` was given: a group for each symbol, or groups by name. */
export type GroupOption = "symbol" | GroupsGiven;

/** Reads the option, which may name a file, and checks its shape. Throws InputError. */
export function readGroups(given: string | object): GroupOption {
  if (given === "symbol") return given;
  const { path, document } = openGroups(given);
  const where = typeof given === "string" ? `--group ${path}` : "group";
  if (!isPlainObject(document) || Object.keys(document).length === 0)
    throw refused(where, "it must be an object of names and symbols", JSON.stringify(document).slice(0, 200));
  for (const [name, symbols] of Object.entries(document)) {
    if (name.trim() === "") throw refused(where, "a group needs a name", JSON.stringify(name));
    if (symbols === everyOther) continue;
    const isList = Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === "string" && symbol !== "");
    if (!isList)
      throw refused(where, `group ${JSON.stringify(name)} must be a list of symbols or "*"`, JSON.stringify(symbols));
    if (symbols.length === 0) throw refused(where, `group ${JSON.stringify(name)} is empty`, "[]");
  }
  return document as GroupsGiven;
}

/** The groups among the symbols of a market. Throws InputError for a symbol that is not there or is in two groups, and for a group without any. */
export function groupsAmong(option: GroupOption, symbols: readonly string[]): Groups {
  if (option === "symbol")
    return { groups: symbols.map((symbol) => ({ name: symbol, symbols: [symbol] })), ungrouped: [] };
  const where = "--group";
  const groupOf = new Map<string, string>();
  for (const [name, named] of Object.entries(option)) {
    if (named === everyOther) continue;
    for (const symbol of named) {
      if (!symbols.includes(symbol))
        throw refused(
          where,
          `group ${JSON.stringify(name)} names a symbol that has no candles`,
          symbol,
          symbols.join(", "),
        );
      const other = groupOf.get(symbol);
      if (other !== undefined) throw refused(where, `a symbol is in two groups`, `${symbol} in ${other} and ${name}`);
      groupOf.set(symbol, name);
    }
  }
  const rests = Object.keys(option).filter((name) => option[name] === everyOther);
  if (rests.length > 1) throw refused(where, "only one group can be all other symbols", rests.join(", "));
  const rest = rests[0];
  if (rest !== undefined) for (const symbol of symbols) if (!groupOf.has(symbol)) groupOf.set(symbol, rest);
  const groups = Object.keys(option).map((name) => ({
    name,
    symbols: symbols.filter((symbol) => groupOf.get(symbol) === name),
  }));
  const empty = groups.find((group) => group.symbols.length === 0);
  if (empty) throw refused(where, `group ${JSON.stringify(empty.name)} is empty`, "no symbol is left for it");
  return { groups, ungrouped: symbols.filter((symbol) => !groupOf.has(symbol)) };
}

function refused(where: string, rule: string, found: string, known?: string): InputError {
  return new InputError("GROUPS", `invalid groups of symbols: ${rule}`, {
    where,
    found,
    expected:
      known === undefined
        ? 'groups such as {"majors": ["BTCUSDT", "ETHUSDT"], "rest": "*"}, each symbol in one of them'
        : `symbols among: ${known}`,
    remedy: 'fix the groups, or use "symbol" for a group of each symbol',
  });
}
