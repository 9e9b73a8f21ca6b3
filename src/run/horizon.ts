import { longestTriedBars } from "../search/stages.ts";
import { exitDefaults, exitOf } from "../space/exits.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import type { Settings } from "./request.ts";

/** Longest holding time in bars that any phase of a run tries, from its spaces, current parameters and suggestions. */
export function horizonOf(spaces: Spaces, sets: readonly Parameters[], settings: Settings): number {
  const hours = [...spaces.values()].flatMap(
    (space) => (space["max_holding_hours"] as number[] | undefined) ?? [exitDefaults.max_holding_hours],
  );
  for (const set of sets) hours.push(exitOf(set).holdingHours);
  return settings.rules.summaryBars ?? longestTriedBars(hours, settings.timeframeMs);
}
