import { lockedStop, partialLevel } from "../exitParts.ts";
import { type ExitKey, type ExitRule, inAtrs, isFiniteNumber } from "../exitRule.ts";
import type { Parameters, PartialExit } from "../parameters.ts";

const activations = ["break_even_activation", "break_even_activation_percent"] as const;

/** A stop that is moved to the entry, or a little beyond, once the trade has gone far enough. */
export const breakEven: ExitRule = {
  name: "break-even stop",
  side: "stop",
  keys: {
    break_even_activation: inAtrs(activationKey("profit that moves the stop to break-even, in ATRs")),
    break_even_activation_percent: activationKey("profit that moves the stop to break-even, in percent of the entry"),
    break_even_offset_percent: {
      description: "offset of the break-even stop, in percent of the entry above it; default: the cost of a round trip",
      expected: (value) => (isFiniteNumber(value) ? null : "a finite number"),
    },
  },
  details: {
    keys: ["break_even_offset_percent"],
    controls: [...activations, "partial_exit"],
    count: (params) => activationOf(params) !== null || movesStop(params["partial_exit"] as PartialExit | undefined),
  },
  insteadOf: [activations],
  isVariant: true,
  reasons: ["break_even"],
  parts: (params) => {
    const activation = activationOf(params);
    return activation === null ? {} : { stops: [lockedStop(activation, offsetOf(params), "break_even")] };
  },
};

/** The share that exits early, and the stop of the rest after that. */
export const partialExit: ExitRule = {
  name: "partial exit",
  side: "stop",
  keys: {
    partial_exit: {
      description:
        'partial exit at a level of its own: "none", or for example {"share": 0.5, "atr": 1.5, "then": "break_even"}, with "percent" for percent of the entry and "hold" to leave the stop alone',
      expected: (value) =>
        value === "none" || isPartialExit(value)
          ? null
          : '"none", or {"share": a number between 0 and 1, "atr" or "percent": a number above 0, "then": "hold" or "break_even"}',
      off: "none",
      usesAtr: (value) => typeof value === "object" && "atr" in value,
    },
  },
  isVariant: true,
  reasons: [],
  parts: (params) => {
    const partial = params["partial_exit"] as PartialExit | undefined;
    if (partial === undefined || partial === "none") return {};
    const level = partialLevel(partial);
    return {
      partial: { share: partial.share, level },
      ...(movesStop(partial) && { stops: [lockedStop(level, offsetOf(params), "break_even")] }),
    };
  },
};

function activationKey(description: string): ExitKey {
  return {
    description,
    expected: (value) =>
      value === "none" || (isFiniteNumber(value) && value >= 0) ? null : 'a number, 0 or more, or "none"',
    off: "none",
  };
}

function activationOf(params: Parameters) {
  const [atr, percent] = activations.map((key) => params[key]);
  if (typeof atr === "number") return { value: atr, unit: "atr" } as const;
  return typeof percent === "number" ? ({ value: percent, unit: "percent" } as const) : null;
}

function offsetOf(params: Parameters): number | null {
  return (params["break_even_offset_percent"] as number | undefined) ?? null;
}

function movesStop(partial: PartialExit | undefined): boolean {
  return typeof partial === "object" && partial.then === "break_even";
}

function isPartialExit(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { share, atr, percent, then, ...others } = value as Record<string, unknown>;
  const level = atr ?? percent;
  return (
    Object.keys(others).length === 0 &&
    isFiniteNumber(share) &&
    share > 0 &&
    share < 1 &&
    (atr === undefined) !== (percent === undefined) &&
    isFiniteNumber(level) &&
    level > 0 &&
    (then === undefined || then === "hold" || then === "break_even")
  );
}
