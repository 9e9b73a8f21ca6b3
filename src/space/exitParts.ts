import type { PartialExit } from "./parameters.ts";

/** Of the entry a percentage, or a multiple of the ATR. */
export type LevelUnit = "atr" | "percent";

export interface Level {
  readonly value: number;
  readonly unit: LevelUnit;
}

/** What a trade's levels are made of. */
export interface Entered {
  /** Quote currency. */
  readonly entry: number;
  /** Price units. */
  readonly atr: number;
  /** Of a round trip, a fraction of entry. */
  readonly cost: number;
}

/** A level's distance from the entry, in price units; computed once, as written. */
export function distanceOf({ value, unit }: Level, { entry, atr }: Entered): number {
  return unit === "atr" ? value * atr : (value * entry) / 100;
}

/** What the core knows of a stop: one of the levels that it takes first passages for. */
export type CoreStop =
  | { readonly kind: "fixed"; readonly level: Level }
  | { readonly kind: "trailing"; readonly activation: number; readonly distance: number; readonly unit: LevelUnit }
  /** `offsetPercent` of entry; null is what a round trip costs. */
  | { readonly kind: "locked"; readonly activation: Level; readonly offsetPercent: number | null };

/** A stop of one trade by the plain rule, excursions from the entry in price units: where it stands once the largest of the bars before has reached `from`. */
export interface StopLevel {
  readonly from: number;
  readonly at: number;
  /** Whether `at` is counted from that largest excursion, not from the entry. */
  readonly follows: boolean;
}

/** A target of one trade by the plain rule: an excursion from the entry, in bars that open so long after it or later. */
export interface TargetLevel {
  readonly fromMs: number;
  readonly at: number;
}

/** One of the stops of an exit: the highest of them counts, of equal ones the first. */
export interface StopPart {
  readonly reason: string;
  readonly core: CoreStop;
  levelOf(trade: Entered): StopLevel;
}

/** What the core knows of a target. Steps count from so many minutes after the entry, ascending; a value of -1 leaves whatever was made. */
export type CoreTarget =
  | { readonly kind: "fixed"; readonly level: Level }
  | { readonly kind: "steps"; readonly steps: readonly { readonly minutes: number; readonly percent: number }[] };

/** The target of an exit. */
export interface TargetPart {
  readonly reason: string;
  readonly core: CoreTarget;
  /** Earliest first; infinite before the first. */
  levelsOf(trade: Entered): readonly TargetLevel[];
}

/** How a trade is left. */
export interface Exit {
  readonly target: TargetPart;
  /** The first has a fixed level. */
  readonly stops: readonly StopPart[];
  readonly holdingHours: number;
  /** Whether an opportunity's own exit signal ends it. */
  readonly usesExitSignal: boolean;
  /** The share that leaves at a level of its own, touched as a target is; null if all leaves at once. */
  readonly partial: { readonly share: number; readonly level: Level } | null;
}

/** What one rule adds to an exit. */
export interface ExitParts {
  readonly target?: TargetPart;
  readonly stops?: readonly StopPart[];
  readonly holdingHours?: number;
  readonly usesExitSignal?: boolean;
  readonly partial?: Exit["partial"];
}

export function fixedStop(level: Level, reason: string): StopPart {
  return {
    reason,
    core: { kind: "fixed", level },
    levelOf: (trade) => ({ from: 0, at: -distanceOf(level, trade), follows: false }),
  };
}

/** From a peak of `activation` on, a stop that follows the peak at `distance`. */
export function trailingStop(activation: number, distance: number, unit: LevelUnit, reason: string): StopPart {
  const starts = { value: activation, unit };
  const behind = { value: distance, unit };
  return {
    reason,
    core: { kind: "trailing", activation, distance, unit },
    levelOf: (trade) => ({
      from: distanceOf(starts, trade),
      at: -distanceOf(behind, trade),
      follows: true,
    }),
  };
}

/** From a peak of `activation` on, a stop at `offsetPercent` of the entry; null is what a round trip costs. */
export function lockedStop(activation: Level, offsetPercent: number | null, reason: string): StopPart {
  return {
    reason,
    core: { kind: "locked", activation, offsetPercent },
    levelOf: (trade) => ({
      from: distanceOf(activation, trade),
      at: distanceOf({ value: offsetPercent ?? costPercent(trade.cost), unit: "percent" }, trade),
      follows: false,
    }),
  };
}

export function fixedTarget(level: Level, reason: string): TargetPart {
  return {
    reason,
    core: { kind: "fixed", level },
    levelsOf: (trade) => [{ fromMs: 0, at: distanceOf(level, trade) }],
  };
}

/** A target that is another percentage from each of so many minutes on, the earliest first. */
export function steppedTarget(
  steps: readonly { readonly minutes: number; readonly percent: number }[],
  reason: string,
): TargetPart {
  return {
    reason,
    core: { kind: "steps", steps },
    levelsOf: (trade) =>
      steps.map(({ minutes, percent }) => ({
        fromMs: minutes * 60_000,
        at: percent === -1 ? Number.NEGATIVE_INFINITY : distanceOf({ value: percent, unit: "percent" }, trade),
      })),
  };
}

/** A round trip's cost, a fraction, in percent of entry. */
export function costPercent(cost: number): number {
  return 100 * cost;
}

/** The level at which the share of a partial exit leaves. */
export function partialLevel(value: Extract<PartialExit, object>): Level {
  return value.atr === undefined ? { value: value.percent!, unit: "percent" } : { value: value.atr, unit: "atr" };
}
