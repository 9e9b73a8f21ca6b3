import { InputError } from "../errors.ts";
import { quoted } from "./csvRows.ts";

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a timeframe such as `15m`, `4h` or `1d`; anything else is an InputError. */
export function parseTimeframe(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (!count)
    throw new InputError("TIMEFRAME", "a timeframe is a number and m, h or d", {
      found: quoted(text),
      expected: "15m, 1h, 4h, 1d ...",
    });
  return Number(count) * unitMs[unit as keyof typeof unitMs];
}

/** A timeframe as file names have it: in the largest unit that divides it. */
export function formatTimeframe(timeframeMs: number): string {
  for (const unit of ["d", "h", "m"] as const)
    if (timeframeMs % unitMs[unit] === 0) return `${timeframeMs / unitMs[unit]}${unit}`;
  return `${timeframeMs}ms`;
}
