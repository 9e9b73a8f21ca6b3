import * as abi from "./abi.ts";

/** What a level is a multiple of: the ATR, or a percentage of the entry. */
export type CoreUnit = "atr" | "percent";

/** A level that steps in time: this many bars after the signal it takes a value, the earliest first; infinite before. */
export interface StepLevel {
  readonly unit: CoreUnit;
  readonly steps: readonly { readonly fromBars: number; readonly value: number }[];
}

/** A stop that stands at an offset from the entry once the peak has reached its activation. */
export interface LockLevel {
  readonly activation: number;
  readonly unit: CoreUnit;
  readonly offsetPercent: number;
}

/** Levels that passages are taken for: targets and stops ascending, holding times in bars ascending. */
export interface Levels {
  readonly targets: readonly number[];
  readonly stops: readonly number[];
  readonly trailing: readonly { readonly activation: number; readonly distance: number }[];
  readonly holdingBars: readonly number[];
  /** Of targets, stops and trailing stops; ATRs where absent. */
  readonly units?: { readonly targets?: CoreUnit; readonly stops?: CoreUnit; readonly trailing?: CoreUnit };
  /** Touched as targets are: tables, and the levels of partial exits. */
  readonly steps?: readonly StepLevel[];
  /** Whether any exit has a level that steps for its target. */
  readonly hasTables?: boolean;
  readonly locks?: readonly LockLevel[];
  /** Whether the last level is each path's own exit signal. */
  readonly withExitSignal?: boolean;
}

/** One exit of those that levels make: a stop item and a target item as abi.ts has them, and the share that leaves by the partial exit. */
export interface ExitItems {
  readonly stopItem: Uint16Array;
  readonly targetItem: Uint16Array;
  readonly share: number;
}

/** Place of the first level of each kind in a record. */
export function firstLevels({ targets, stops, trailing, holdingBars, steps = [], locks = [] }: Levels) {
  const stop = targets.length;
  const trail = stop + stops.length;
  const holding = trail + trailing.length;
  const step = holding + holdingBars.length;
  const lock = step + steps.length;
  return { target: 0, stop, trailing: trail, holding, step, lock, exitSignal: lock + locks.length };
}

export function levelCountOf(levels: Levels): number {
  return firstLevels(levels).exitSignal + (levels.withExitSignal ? 1 : 0);
}

export function unitCode(unit: CoreUnit | undefined): number {
  return unit === "percent" ? abi.PERCENT : abi.ATR;
}

/** Levels in the core's order: targets, stops, activations, holding times, the distances; then the levels that step, then the locks. */
export function packLevels(levels: Levels): Float64Array {
  return Float64Array.from([...packPlain(levels), ...packSteps(levels.steps ?? []), ...packLocks(levels.locks ?? [])]);
}

/** Bytes from the first level on at which those that step stand, and the locks. */
export function placesOf(levels: Levels): { readonly steps: number; readonly locks: number } {
  const steps = packPlain(levels).length * 8;
  return { steps, locks: steps + packSteps(levels.steps ?? []).length * 8 };
}

function packPlain(levels: Levels): number[] {
  return [
    ...levels.targets,
    ...levels.stops,
    ...levels.trailing.map(({ activation }) => activation),
    ...levels.holdingBars,
    ...levels.trailing.map(({ distance }) => distance),
  ];
}

/** Heads, padded to whole entries, then the entries of all; see assembly/steps.ts. */
function packSteps(steps: readonly StepLevel[]): number[] {
  const headBytes = steps.length * abi.STEP_BYTES;
  let next = Math.ceil(headBytes / abi.STEP_ENTRY_BYTES);
  const heads: number[] = [];
  const entries: number[] = [];
  for (const { unit, steps: own } of steps) {
    heads.push(next, own.length, unitCode(unit), 0, 0);
    for (const { fromBars, value } of own) entries.push(fromBars, value);
    next += own.length;
  }
  const padding = headBytes % abi.STEP_ENTRY_BYTES === 0 ? [] : [0];
  return [...heads, ...padding, ...entries];
}

function packLocks(locks: readonly LockLevel[]): number[] {
  return locks.flatMap(({ activation, unit, offsetPercent }) => [activation, unitCode(unit), offsetPercent, 0, 0]);
}

/** Bytes of one record; `details` as the passages kernel has it. */
export function recordBytesOf(levels: Levels, details: 1 | 2 | 3): number {
  const count = levelCountOf(levels);
  const columns = details === 1 ? 1 : details + 1;
  return Math.ceil(count / 2) * 8 + count * 8 * columns;
}

export function longestBarsOf(levels: Levels): number {
  return levels.holdingBars.reduce((longest, bars) => Math.max(longest, bars), 0);
}

/** The levels of one exit alone, and its items among them. */
export function levelsAlone(
  levels: Levels,
  { stopItem, targetItem, share }: ExitItems,
): { readonly levels: Levels; readonly items: ExitItems } {
  const own = {
    targets: [] as number[],
    stops: [] as number[],
    trailing: [] as Levels["trailing"][number][],
    holdingBars: [] as number[],
    steps: [] as StepLevel[],
    locks: [] as LockLevel[],
    withExitSignal: false,
  };
  const kinds = ["targets", "stops", "trailing", "holdingBars", "steps", "locks"] as const;
  const first = firstLevels(levels);
  const starts = [first.target, first.stop, first.trailing, first.holding, first.step, first.lock, first.exitSignal];
  const kindOf = (level: number): number => starts.findLastIndex((start) => start <= level);
  const named = [...stopItem, ...targetItem].filter((level) => level !== abi.NO_LEVEL);
  const moved = new Map<number, number>();
  // In the order of the whole: stops stay ascending.
  for (const level of [...new Set(named)].sort((a, b) => a - b)) {
    const kind = kindOf(level);
    if (kind === kinds.length) own.withExitSignal = true;
    else {
      const list: unknown[] = own[kinds[kind]!];
      moved.set(level, list.length);
      list.push((levels[kinds[kind]!] as readonly unknown[])[level - starts[kind]!]);
    }
  }
  const alone: Levels = { ...own, hasTables: own.targets.length === 0, ...(levels.units && { units: levels.units }) };
  const firstAlone = firstLevels(alone);
  const startsAlone = [
    ...[firstAlone.target, firstAlone.stop, firstAlone.trailing, firstAlone.holding],
    ...[firstAlone.step, firstAlone.lock, firstAlone.exitSignal],
  ];
  const among = (item: Uint16Array): Uint16Array =>
    item.map((level) => (level === abi.NO_LEVEL ? level : startsAlone[kindOf(level)]! + (moved.get(level) ?? 0)));
  return { levels: alone, items: { stopItem: among(stopItem), targetItem: among(targetItem), share } };
}
