import type { Parameters } from "../../space/parameters.ts";
import type { Missed, Phase2Type, Phase3Type } from "../results.ts";
import type { SetOfSymbols } from "./groupCurrents.ts";
import type { Group } from "./groupsGiven.ts";
import type { ShrunkSet } from "./shrinkage.ts";

/** One type's parameters in one group of symbols, judged: what its decision is about. */
export interface GroupUnit {
  readonly type: string;
  readonly group: Group;
  /** What the group's members trade by now: each distinct set with its symbols. */
  readonly currents: readonly SetOfSymbols[];
  readonly phase2: Phase2Type;
  readonly phase3: Phase3Type | null;
  readonly shrinkage: { readonly phase2: ShrunkSet | null; readonly phase3: ShrunkSet | null };
  readonly missed: Missed;
}

/** By `groupKey`. */
export type GroupUnits = ReadonlyMap<string, GroupUnit>;

/** The symbols that a decision is about and what they are traded by: all, by one set, without groups. */
export interface Traded {
  /** A signal type. */
  readonly type: string;
  /** Null for all. */
  readonly symbols: readonly string[] | null;
  /** The sets that they are traded by, each with its symbols (null for all); empty if by none. */
  readonly currents: readonly { readonly symbols: readonly string[] | null; readonly params: Parameters }[];
}

/** What a decision of a run is about; `key` is a signal type, or a `groupKey`. */
export function tradedOf(key: string, current: ReadonlyMap<string, Parameters>, units: GroupUnits | null): Traded {
  const unit = units?.get(key);
  if (unit) return { type: unit.type, symbols: unit.group.symbols, currents: unit.currents };
  const params = current.get(key);
  return { type: key, symbols: null, currents: params ? [{ symbols: null, params }] : [] };
}

/** The current parameters as one set: null if there are none; where symbols have different ones, each value under its symbols' names, which equals no set of a search. */
export function asOneSet({ currents }: Pick<Traded, "currents">): Parameters | null {
  if (currents.length < 2) return currents[0]?.params ?? null;
  return Object.fromEntries(
    currents.flatMap(({ symbols, params }) =>
      Object.entries(params).map(([key, value]) => [`${symbols?.join("+")}.${key}`, value] as const),
    ),
  );
}
