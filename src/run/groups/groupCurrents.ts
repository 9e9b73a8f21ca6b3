import type { ConfigDocument } from "../../config/document.ts";
import { SymbolBlocks } from "../../config/symbolBlocks.ts";
import { checkParameters } from "../../space/check.ts";
import type { Parameters, Space } from "../../space/parameters.ts";
import { isSameSet } from "../../space/same.ts";
import type { Intake } from "../intake.ts";
import { searchedOf } from "../spaces.ts";
import type { Group } from "./groupsGiven.ts";

/** The current parameters of each symbol that has some of its own for a type: by type, then symbol. */
export type SymbolCurrents = ReadonlyMap<string, ReadonlyMap<string, Parameters>>;

/** A set and the symbols that are traded by it. */
export interface SetOfSymbols {
  readonly symbols: readonly string[];
  readonly params: Parameters;
}

/** The parameters of `per_symbol.SYMBOL.X_params` on top of the type's, where a config has such a block, as far as the space searches them. Throws InputError. */
export function symbolCurrents(
  config: ConfigDocument,
  symbols: readonly string[],
  spaces: ReadonlyMap<string, Space>,
  featureNames: readonly string[],
  intake: Intake,
): SymbolCurrents {
  const blocks = new SymbolBlocks(config);
  const currents = new Map<string, Map<string, Parameters>>();
  for (const [type, space] of spaces) {
    const own = new Map<string, Parameters>();
    for (const symbol of symbols) {
      if (!blocks.has(type, symbol)) continue;
      const block = searchedOf(blocks.params(type, symbol), space);
      const where = `${config.path}, ${blocks.path(type, symbol).join(".")}`;
      own.set(symbol, intake.set(checkParameters(Object.fromEntries(block), featureNames, where), `--config ${where}`));
    }
    currents.set(type, own);
  }
  return currents;
}

/** What a group's members trade a type by: each distinct set with its symbols, in the order of the group. A symbol without parameters trades nothing. */
export function currentSetsOf(
  type: string,
  { symbols }: Group,
  current: ReadonlyMap<string, Parameters>,
  own: SymbolCurrents | undefined,
): SetOfSymbols[] {
  const sets: { params: Parameters; symbols: string[] }[] = [];
  for (const symbol of symbols) {
    const params = own?.get(type)?.get(symbol) ?? current.get(type);
    if (!params || Object.keys(params).length === 0) continue;
    const known = sets.find((set) => isSameSet(set.params, params));
    if (known) known.symbols.push(symbol);
    else sets.push({ params, symbols: [symbol] });
  }
  return sets;
}
