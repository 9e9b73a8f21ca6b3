import { longestTriedBars } from "../search/stages.ts";
import { holdingHoursOf, longestHoursOf } from "../space/exits.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import type { Settings } from "./request.ts";

/** Longest holding time in bars that any phase of a run tries, from its spaces, current parameters and suggestions. */
export function horizonOf(spaces: Spaces, sets: readonly Parameters[], settings: Settings): number {
  const hours = [...[...spaces.values()].map(longestHoursOf), ...sets.map(holdingHoursOf)];
  return settings.rules.summaryBars ?? longestTriedBars(hours, settings.timeframeMs);
}
