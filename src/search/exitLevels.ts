import { NO_LEVEL, STOP_ITEM_BYTES, TARGET_ITEM_BYTES } from "../core/abi.ts";
import { type ExitItems, firstLevels, type Levels, type LockLevel, type StepLevel } from "../core/levels.ts";
import { CoreFault, InputError } from "../errors.ts";
import { costPercent, type Exit, type LevelUnit } from "../space/exitParts.ts";

/** What the levels of an exit depend on beside the exit. */
export interface LevelRules {
  readonly timeframeMs: number;
  /** Of a round trip, a fraction of entry. */
  readonly cost: number;
  /** Bars that the `summary` exit model looks ahead; null for the `path` model. */
  readonly summaryBars: number | null;
}

/** The stop side of an exit, and its target side with the longest holding time in bars. */
export type StopSide = Pick<Exit, "stops" | "partial">;
export interface TargetSide extends Pick<Exit, "target" | "usesExitSignal"> {
  readonly holdingBars: number;
}

/** Exits as the core reads them: every stop side with every target side. */
export interface ExitSides {
  readonly levels: Levels;
  /** Levels of each side's items, as abi.ts has them. */
  readonly stopItems: Uint16Array;
  readonly targetItems: Uint16Array;
  /** What leaves by each stop item's partial exit, 0 if it has none; null if none has one. */
  readonly shares: Float64Array | null;
}

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Things of one kind, each once, in the order they come. */
class Listed<T> {
  readonly list: T[] = [];
  private readonly places = new Map<string, number>();

  place(thing: T): number {
    const text = JSON.stringify(thing, (_, value) => (value === Number.NEGATIVE_INFINITY ? "-Infinity" : value));
    let place = this.places.get(text);
    if (place === undefined) {
      place = this.list.length;
      this.places.set(text, place);
      this.list.push(thing);
    }
    return place;
  }
}

/** The levels of all these sides, each once, and the items that say which of them a side has. Throws InputError if the exit model has no such levels. */
export function exitSidesOf(stops: readonly StopSide[], targets: readonly TargetSide[], rules: LevelRules): ExitSides {
  if (rules.summaryBars !== null) requireSummary(stops, targets);
  const trailing = new Listed<Levels["trailing"][number]>();
  const steps = new Listed<StepLevel>();
  const locks = new Listed<LockLevel>();
  const units: { targets?: LevelUnit; stops?: LevelUnit; trailing?: LevelUnit } = {};
  const fixed = { targets: [] as number[], stops: [] as number[] };
  const stepsOf = ({ target }: TargetSide): StepLevel | null =>
    target.core.kind === "fixed"
      ? null
      : {
          unit: "percent",
          steps: target.core.steps.map(({ minutes, percent }) => ({
            fromBars: Math.ceil((minutes * 60_000) / rules.timeframeMs) + 1,
            value: percent === -1 ? Number.NEGATIVE_INFINITY : percent,
          })),
        };
  for (const side of targets) {
    const { core } = side.target;
    if (core.kind === "fixed") {
      fixed.targets.push(core.level.value);
      units.targets = core.level.unit;
    } else steps.place(stepsOf(side)!);
  }
  const partialOf = ({ partial }: StopSide): StepLevel | null =>
    partial && { unit: partial.level.unit, steps: [{ fromBars: 0, value: partial.level.value }] };
  for (const side of stops) {
    for (const { core } of side.stops)
      if (core.kind === "fixed") {
        fixed.stops.push(core.level.value);
        units.stops = core.level.unit;
      } else if (core.kind === "trailing") {
        trailing.place({ activation: core.activation, distance: core.distance });
        units.trailing = core.unit;
      } else locks.place(lockOf(core, rules.cost));
    if (side.partial) steps.place(partialOf(side)!);
  }
  const levels: Levels = {
    targets: ascending(fixed.targets),
    stops: ascending(fixed.stops),
    trailing: trailing.list,
    holdingBars: ascending(targets.map(({ holdingBars }) => holdingBars)),
    units,
    steps: steps.list,
    hasTables: targets.some(({ target }) => target.core.kind === "steps"),
    locks: locks.list,
    withExitSignal: targets.some(({ usesExitSignal }) => usesExitSignal),
  };
  const first = firstLevels(levels);
  const stopShorts = STOP_ITEM_BYTES / 2;
  const targetShorts = TARGET_ITEM_BYTES / 2;
  const stopItems = new Uint16Array(stops.length * stopShorts).fill(NO_LEVEL);
  for (const [k, side] of stops.entries()) {
    const [stop, ...further] = side.stops.map(({ core }) =>
      core.kind === "fixed"
        ? first.stop + levels.stops.indexOf(core.level.value)
        : core.kind === "trailing"
          ? first.trailing + trailing.place({ activation: core.activation, distance: core.distance })
          : first.lock + locks.place(lockOf(core, rules.cost)),
    );
    if (further.length > stopShorts - 2) throw new CoreFault("EXIT_STOPS", "an exit has more stops than an item holds");
    const partial = side.partial ? first.step + steps.place(partialOf(side)!) : NO_LEVEL;
    stopItems.set([stop!, partial, ...further], k * stopShorts);
  }
  const targetItems = new Uint16Array(targets.length * targetShorts).fill(NO_LEVEL);
  for (const [k, side] of targets.entries()) {
    const { core } = side.target;
    const target =
      core.kind === "fixed" ? levels.targets.indexOf(core.level.value) : first.step + steps.place(stepsOf(side)!);
    const holding = first.holding + levels.holdingBars.indexOf(side.holdingBars);
    targetItems.set([target, holding, side.usesExitSignal ? first.exitSignal : NO_LEVEL], k * targetShorts);
  }
  const isPartial = stops.some(({ partial }) => partial);
  const shares = isPartial ? Float64Array.from(stops, ({ partial }) => partial?.share ?? 0) : null;
  return { levels, stopItems, targetItems, shares };
}

/** One exit alone. */
export function exitItemsOf(exit: Exit, holdingBars: number, rules: LevelRules): { levels: Levels; items: ExitItems } {
  const { levels, stopItems, targetItems, shares } = exitSidesOf([exit], [{ ...exit, holdingBars }], rules);
  return { levels, items: { stopItem: stopItems, targetItem: targetItems, share: shares?.[0] ?? 0 } };
}

function lockOf(
  { activation, offsetPercent }: Extract<Exit["stops"][number]["core"], { kind: "locked" }>,
  cost: number,
): LockLevel {
  return {
    activation: activation.value,
    unit: activation.unit,
    offsetPercent: offsetPercent ?? costPercent(cost),
  };
}

/** The summary model knows no order of events: only a target and a stop mean anything to it. A trailing stop is never met. */
function requireSummary(stops: readonly StopSide[], targets: readonly TargetSide[]): void {
  const found = [
    ...new Set([
      ...targets.flatMap(({ target }) => (target.core.kind === "steps" ? [target.reason] : [])),
      ...targets.flatMap(({ usesExitSignal }) => (usesExitSignal ? ["exit signals"] : [])),
      ...stops.flatMap((side) => side.stops.flatMap(({ core, reason }) => (core.kind === "locked" ? [reason] : []))),
      ...stops.flatMap(({ partial }) => (partial ? ["partial exits"] : [])),
    ]),
  ];
  if (found.length === 0) return;
  throw new InputError("SUMMARY_EXITS", "--exit-model summary supports only a target and a stop", {
    found: found.join(", "),
    expected: "levels that do not depend on the order of events: a target and a stop, in ATRs or in percent",
    remedy: "leave these parameters out, or use --exit-model path",
  });
}
