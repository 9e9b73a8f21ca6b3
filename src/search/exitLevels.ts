import { NO_LEVEL, STOP_ITEM_BYTES, TARGET_ITEM_BYTES } from "../core/abi.ts";
import { type ExitItems, firstLevels, type Levels, type LockLevel, type StepLevel } from "../core/levels.ts";
import { CoreFault, InputError } from "../errors.ts";
import { type CoreStop, type CoreTarget, costPercent, type Exit, type LevelUnit } from "../space/exitParts.ts";

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

  /** `textOf` is a text that equal things share, and no others. */
  constructor(private readonly textOf: (thing: T) => string) {}

  place(thing: T): number {
    const text = this.textOf(thing);
    let place = this.places.get(text);
    if (place === undefined) {
      place = this.list.length;
      this.places.set(text, place);
      this.list.push(thing);
    }
    return place;
  }
}

/** Levels of exits as they are met, and where each of them then stands. */
class LevelLists {
  private readonly trailing = new Listed<Levels["trailing"][number]>(
    ({ activation, distance }) => `${activation} ${distance}`,
  );
  private readonly steps = new Listed<StepLevel>(
    ({ unit, steps }) => `${unit} ${steps.map(({ fromBars, value }) => `${fromBars} ${value}`).join()}`,
  );
  private readonly locks = new Listed<LockLevel>(
    ({ activation, unit, offsetPercent }) => `${activation} ${unit} ${offsetPercent}`,
  );
  private readonly targets: number[] = [];
  private readonly stops: number[] = [];
  private readonly holdingBars: number[] = [];
  private readonly units: { targets?: LevelUnit; stops?: LevelUnit; trailing?: LevelUnit } = {};
  private hasTables = false;
  private withExitSignal = false;

  constructor(private readonly rules: LevelRules) {}

  addStop({ stops, partial }: StopSide): void {
    for (const { core } of stops)
      if (core.kind === "fixed") {
        this.stops.push(core.level.value);
        this.setUnit("stops", core.level.unit);
      } else if (core.kind === "trailing") {
        this.trailing.place(trailingOf(core));
        this.setUnit("trailing", core.unit);
      } else this.locks.place(this.lockOf(core));
    if (partial) this.steps.place(partialOf(partial));
  }

  addTarget({ target: { core }, holdingBars, usesExitSignal }: TargetSide): void {
    if (core.kind === "fixed") {
      this.targets.push(core.level.value);
      this.setUnit("targets", core.level.unit);
    } else {
      this.hasTables = true;
      this.steps.place(this.tableOf(core));
    }
    this.holdingBars.push(holdingBars);
    this.withExitSignal ||= usesExitSignal;
  }

  /** All of them, in the core's order. */
  levels(): Levels {
    return {
      targets: ascending(this.targets),
      stops: ascending(this.stops),
      trailing: this.trailing.list,
      holdingBars: ascending(this.holdingBars),
      units: this.units,
      steps: this.steps.list,
      hasTables: this.hasTables,
      locks: this.locks.list,
      withExitSignal: this.withExitSignal,
    };
  }

  /** Levels of a stop item, as abi.ts has them. */
  stopItem({ stops, partial }: StopSide, levels: Levels, first: FirstLevels): number[] {
    const [stop, ...further] = stops.map(({ core }) =>
      core.kind === "fixed"
        ? first.stop + levels.stops.indexOf(core.level.value)
        : core.kind === "trailing"
          ? first.trailing + this.trailing.place(trailingOf(core))
          : first.lock + this.locks.place(this.lockOf(core)),
    );
    if (further.length > stopShorts - 2) throw new CoreFault("EXIT_STOPS", "an exit has more stops than an item holds");
    return [stop!, partial ? first.step + this.steps.place(partialOf(partial)) : NO_LEVEL, ...further];
  }

  /** Levels of a target item, likewise. */
  targetItem(
    { target: { core }, holdingBars, usesExitSignal }: TargetSide,
    levels: Levels,
    first: FirstLevels,
  ): number[] {
    return [
      core.kind === "fixed"
        ? levels.targets.indexOf(core.level.value)
        : first.step + this.steps.place(this.tableOf(core)),
      first.holding + levels.holdingBars.indexOf(holdingBars),
      usesExitSignal ? first.exitSignal : NO_LEVEL,
    ];
  }

  /** Levels of one kind stand in one order: they have one unit. */
  private setUnit(kind: "targets" | "stops" | "trailing", unit: LevelUnit): void {
    if ((this.units[kind] ?? unit) !== unit) throw new CoreFault("EXIT_UNITS", `${kind} of one space have two units`);
    this.units[kind] = unit;
  }

  private tableOf({ steps }: Extract<CoreTarget, { kind: "steps" }>): StepLevel {
    return {
      unit: "percent",
      steps: steps.map(({ minutes, percent }) => ({
        fromBars: Math.ceil((minutes * 60_000) / this.rules.timeframeMs) + 1,
        value: percent === -1 ? Number.NEGATIVE_INFINITY : percent,
      })),
    };
  }

  private lockOf({ activation, offsetPercent }: Extract<CoreStop, { kind: "locked" }>): LockLevel {
    return {
      activation: activation.value,
      unit: activation.unit,
      offsetPercent: offsetPercent ?? costPercent(this.rules.cost),
    };
  }
}

function trailingOf({ activation, distance }: Extract<CoreStop, { kind: "trailing" }>): Levels["trailing"][number] {
  return { activation, distance };
}

function partialOf({ level }: NonNullable<Exit["partial"]>): StepLevel {
  return { unit: level.unit, steps: [{ fromBars: 0, value: level.value }] };
}

type FirstLevels = ReturnType<typeof firstLevels>;

const stopShorts = STOP_ITEM_BYTES / 2;
const targetShorts = TARGET_ITEM_BYTES / 2;

/** The levels of all these sides, each once, and the items that say which of them a side has. Throws InputError where the exit model has no such levels. */
export function exitSidesOf(stops: readonly StopSide[], targets: readonly TargetSide[], rules: LevelRules): ExitSides {
  if (rules.summaryBars !== null) requireSummary(stops, targets);
  const lists = new LevelLists(rules);
  for (const side of targets) lists.addTarget(side);
  for (const side of stops) lists.addStop(side);
  const levels = lists.levels();
  const first = firstLevels(levels);
  const stopItems = new Uint16Array(stops.length * stopShorts).fill(NO_LEVEL);
  for (const [k, side] of stops.entries()) stopItems.set(lists.stopItem(side, levels, first), k * stopShorts);
  const targetItems = new Uint16Array(targets.length * targetShorts).fill(NO_LEVEL);
  for (const [k, side] of targets.entries()) targetItems.set(lists.targetItem(side, levels, first), k * targetShorts);
  const isPartial = stops.some(({ partial }) => partial);
  const shares = isPartial ? Float64Array.from(stops, ({ partial }) => partial?.share ?? 0) : null;
  return { levels, stopItems, targetItems, shares };
}

/** One exit alone. */
export function exitItemsOf(exit: Exit, holdingBars: number, rules: LevelRules): { levels: Levels; items: ExitItems } {
  const { levels, stopItems, targetItems, shares } = exitSidesOf([exit], [{ ...exit, holdingBars }], rules);
  return { levels, items: { stopItem: stopItems, targetItem: targetItems, share: shares?.[0] ?? 0 } };
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
