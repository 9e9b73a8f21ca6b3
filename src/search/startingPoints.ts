import { defaultOf, exitKeyOf, exitKeys } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import type { RankedSet } from "./result.ts";

/** A set whose exits the coarse stage searches around. */
export interface StartingPoint {
  /** Whose set it is, in words. */
  readonly from: string;
  /** The set's parameters. */
  readonly params: Parameters;
}

/**
 * Where phase 3 starts from: phase 2's best, the current parameters, phase 2's next best, the other type's best, then what was
 * suggested. Only a start's exits matter (every filter combination is tried around each), so one with the same exits as an earlier is
 * dropped, and phase 2's next best is the best set with other exits.
 */
export function startingPoints(
  top: readonly RankedSet[],
  current: Parameters | null,
  otherBest: Parameters | null,
  suggestions: readonly Parameters[],
): StartingPoint[] {
  const best = top[0]?.params ?? null;
  const next = best && top.find(({ params }) => exitKey(params) !== exitKey(best))?.params;
  const points: [string, Parameters | null | undefined][] = [
    ["phase 2", best],
    ["current", current],
    ["phase 2, next", next],
    ["other type", otherBest],
    ...suggestions.map((params, k): [string, Parameters] => [`suggestion ${k + 1}`, params]),
  ];
  const seen = new Set<string>();
  return points.flatMap(([from, params]) => {
    if (!params || seen.has(exitKey(params))) return [];
    seen.add(exitKey(params));
    return [{ from, params }];
  });
}

/** The part of a set's exits that the stages vary. */
function exitKey(params: Parameters): string {
  const varied = exitKeys().filter((key) => exitKeyOf(key)!.scaled);
  return JSON.stringify(varied.map((key) => params[key] ?? defaultOf(key, (name) => name in params)));
}
