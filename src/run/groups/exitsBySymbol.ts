import type { ExitsOf } from "../../portfolio/walk.ts";
import type { Exit } from "../../space/exitParts.ts";
import { exitOf } from "../../space/exits.ts";
import type { Traded } from "./unit.ts";

/** The exits of trades that sets have made, each for its symbols. */
export function exitsBySymbol(sets: Traded["currents"]): ExitsOf {
  if (sets.length === 1) return sets[0]!.params;
  const exits = new Map<string, Exit>();
  for (const { symbols, params } of sets) for (const symbol of symbols ?? []) exits.set(symbol, exitOf(params));
  return ({ symbol }) => exits.get(symbol)!;
}
