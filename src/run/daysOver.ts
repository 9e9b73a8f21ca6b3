import { endTimeMs } from "../candles/candles.ts";
import { barsHeldAtMost } from "../search/market.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Prepared } from "./prepare.ts";
import type { Settings } from "./request.ts";

const dayMs = 86_400_000;
/** If a symbol's candles end this long before the newest, its open trades are no longer waited for. */
const givenUpMs = 7 * dayMs;

/** The first UTC day that the opportunities cover from its beginning. */
export function firstWholeDay({ table }: Pick<Prepared, "table">): number {
  return dayOf(firstOf(table.timestampMs)) + 1;
}

/**
 * The last complete UTC day: an opportunity of a later day is known, and candles cover the longest holding time of anything these sets may have entered on it.
 * It does not depend on any trade's outcome.
 */
export function lastDayOver(
  sets: readonly Parameters[],
  { market, table }: Pick<Prepared, "market" | "table">,
  { rules, timeframeMs }: Pick<Settings, "rules" | "timeframeMs">,
): number {
  const bars = Math.max(...sets.map((set) => barsHeldAtMost(exitOf(set), rules, timeframeMs)));
  const ends = [...market.bySymbol.values()].map(endTimeMs);
  const newest = Math.max(...ends);
  const reached = Math.min(...ends.filter((endMs) => newest - endMs < givenUpMs));
  const latest = table.timestampMs.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  return Math.min(dayOf(reached - bars * timeframeMs), dayOf(latest)) - 1;
}

/** The earliest of several times. */
export function firstOf(timesMs: Float64Array): number {
  return timesMs.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / dayMs);
}
