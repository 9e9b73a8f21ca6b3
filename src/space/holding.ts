import { InputError } from "../errors.ts";
import { holdingBarsOf } from "./exits.ts";
import type { Parameters, Space } from "./parameters.ts";

const key = "max_holding_hours";
const hourMs = 3_600_000;

/** A holding time that is not a whole number of candles, and what it is rounded to, in hours; null if it is dropped. */
export interface RoundedHolding {
  readonly hours: number;
  readonly held: number | null;
}

/** Hours rounded to whole candles, half a candle up; at least one candle. Whole candles stay unchanged. */
export function heldHours(hours: number, timeframeMs: number): number {
  const bars = holdingBarsOf(hours, timeframeMs);
  // Twenty minutes are 0.3333333333333333 hours: the user's spelling of a whole candle is kept.
  const isWhole = Math.abs(hours * hourMs - bars * timeframeMs) < 1e-9 * timeframeMs * bars;
  return isWhole ? hours : (bars * timeframeMs) / hourMs;
}

/**
 * A space whose holding times are whole candles, each once, in the order given; those below half a candle are dropped. Throws InputError
 * if none is left.
 */
export function withWholeHoldings(
  space: Space,
  timeframeMs: number,
  where: string,
): { readonly space: Space; readonly rounded: readonly RoundedHolding[] } {
  const hours = space[key] as readonly number[] | undefined;
  if (!hours) return { space, rounded: [] };
  const times = hours.map((time) => ({
    hours: time,
    held: time * hourMs < timeframeMs / 2 ? null : heldHours(time, timeframeMs),
  }));
  const kept = [...new Set(times.flatMap(({ held }) => held ?? []))];
  const rounded = times.filter(({ hours: time, held }) => held !== time);
  if (kept.length === 0)
    throw new InputError("SPACE_HOLDING", "every holding time is shorter than half a candle", {
      where: `${where}, ${key}`,
      found: hours.join(", "),
      expected: `hours from ${timeframeMs / 2 / hourMs} up, half a candle; ${timeframeMs / hourMs} is one`,
      remedy: "use longer holding times, or shorter candles",
    });
  return { space: rounded.length === 0 ? space : { ...space, [key]: kept }, rounded };
}

/** A set with its holding time in whole candles, at least one. */
export function withWholeHolding(
  params: Parameters,
  timeframeMs: number,
): { readonly params: Parameters; readonly rounded: readonly RoundedHolding[] } {
  const hours = params[key] as number | undefined;
  if (hours === undefined) return { params, rounded: [] };
  const held = heldHours(hours, timeframeMs);
  return held === hours ? { params, rounded: [] } : { params: { ...params, [key]: held }, rounded: [{ hours, held }] };
}
