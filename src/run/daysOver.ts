import { endTimeMs, fitsPath } from "../candles/candles.ts";
import { barsHeldAtMost, candlesOf, rowCrosses } from "../search/market.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Prepared } from "./prepare.ts";
import type { Settings } from "./request.ts";

const dayMs = 86_400_000;
/** A symbol whose candles end so long before the newest is given up: nobody waits for the rest of its trades. */
const givenUpMs = 7 * dayMs;

/** The first UTC day that the opportunities cover from its beginning. */
export function firstWholeDay({ table }: Pick<Prepared, "table">): number {
  return dayOf(firstOf(table.timestampMs)) + 1;
}

/**
 * The last UTC day that is over: an opportunity of a later day is known, and candles reach beyond the longest holding of whatever these sets may have entered on it
 * or before. Which day that is depends on no trade's outcome. Days before `fromDay` are not looked at.
 */
export function lastDayOver(
  type: string,
  fromDay: number,
  sets: readonly Parameters[],
  { market, table }: Pick<Prepared, "market" | "table">,
  { rules, timeframeMs }: Pick<Settings, "rules" | "timeframeMs">,
): number {
  const bars = Math.max(...sets.map((set) => barsHeldAtMost(exitOf(set), rules, timeframeMs)));
  const ends = [...market.bySymbol.values()].map(endTimeMs);
  const newest = Math.max(...ends);
  const isGivenUp = (endMs: number): boolean => newest - endMs >= givenUpMs;
  const reached = Math.min(...ends.filter((endMs) => !isGivenUp(endMs)));
  const latest = table.timestampMs.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  let last = Math.min(dayOf(reached - bars * timeframeMs), dayOf(latest)) - 1;
  // Where candles are missing, a path may take longer than its bars.
  const series = candlesOf(table, market);
  const crosses = rowCrosses(table, series, bars);
  const code = table.types.indexOf(type);
  for (let row = 0; row < table.count; row++) {
    const day = dayOf(table.timestampMs[row]!);
    if (table.type[row] !== code || day < fromDay || day > last) continue;
    const candles = series[table.symbol[row]!]!;
    const isOver = isGivenUp(endTimeMs(candles)) || crosses(row) || fitsPath(candles, table.bar[row]!, bars);
    if (!isOver) last = day - 1;
  }
  return last;
}

/** The earliest of some times. */
export function firstOf(timesMs: Float64Array): number {
  return timesMs.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / dayMs);
}
