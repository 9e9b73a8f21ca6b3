import { InputError } from "../errors.ts";
import { exitRules } from "../space/exitRules/rules.ts";
import { defaultOf, exitKeysOf, holdingBarsOf, stopSideOf, targetSideOf } from "../space/exits.ts";
import type { Parameters, ParameterValue, Space } from "../space/parameters.ts";
import { type ExitSides, exitSidesOf, type LevelRules } from "./exitLevels.ts";

/** Every exit combination of a space, as the core reads them: a stop item with a target item. */
export interface ExitGrid extends ExitSides {
  /** Candidate positions by exit key of each item; keys that are not in the space are absent. */
  readonly stopDigits: readonly Readonly<Record<string, number>>[];
  readonly targetDigits: readonly Readonly<Record<string, number>>[];
}

/** Some of a space's exits: stop items and target items from the first to before the end, each side in its own order. */
export interface ExitRange {
  /** The first stop item. */
  readonly firstStop: number;
  /** The first stop item behind it. */
  readonly endStop: number;
  /** The first target item. */
  readonly firstTarget: number;
  /** The first target item behind it. */
  readonly endTarget: number;
}

/** How many stop items and target items a space has. */
export function exitSidesIn(space: Space): { readonly stops: number; readonly targets: number } {
  return { stops: settingsOf(space, "stop").length, targets: settingsOf(space, "target").length };
}

/** All exits of a space, or some of them. Under the summary model every holding time is the lookahead. */
export function exitGridOf(space: Space, rules: LevelRules, range?: ExitRange): ExitGrid {
  const stops = settingsOf(space, "stop").slice(range?.firstStop, range?.endStop);
  const targets = settingsOf(space, "target").slice(range?.firstTarget, range?.endTarget);
  const sides = exitSidesOf(
    stops.map(({ params }) => stopSideOf(params)),
    targets.map(({ params }) => {
      const side = targetSideOf(params);
      return { ...side, holdingBars: rules.summaryBars ?? holdingBarsOf(side.holdingHours, rules.timeframeMs) };
    }),
    rules,
  );
  return {
    ...sides,
    stopDigits: stops.map(({ digits }) => digits),
    targetDigits: targets.map(({ digits }) => digits),
  };
}

interface Setting {
  readonly digits: Readonly<Record<string, number>>;
  /** Of one side, defaults filled in. */
  readonly params: Parameters;
}

/** Settings of one side that a search can hold: a million more would take a minute to lay out, and hours to search. */
const maxSettings = 1e6;

/** Refuses a side before its settings are made. */
function requireFew(space: Space, keys: readonly string[]): void {
  const product = keys.reduce((settings, key) => settings * (space[key]?.length ?? 1), 1);
  if (product <= maxSettings) return;
  const named = keys.filter((key) => (space[key]?.length ?? 1) > 1);
  throw new InputError("SPACE_EXITS", "the space has more exits than a search can test", {
    found: `${product.toPrecision(3)} combinations of ${named.join(", ")}`,
    expected: `at most ${maxSettings.toPrecision(3)}`,
    remedy: "use fewer values for these parameters",
  });
}

/** Every setting of one side's parameters, the last key's candidates fastest; details that do not count stand at their first candidate. */
function settingsOf(space: Space, side: "stop" | "target"): Setting[] {
  requireFew(space, exitKeysOf(side));
  const defaults: Record<string, ParameterValue> = {};
  let settings: { digits: Record<string, number>; params: Record<string, ParameterValue> }[] = [
    { digits: {}, params: defaults },
  ];
  for (const key of exitKeysOf(side)) {
    if (space[key]) {
      settings = settings.flatMap(({ digits, params }) =>
        space[key]!.map((value, digit) => ({
          digits: { ...digits, [key]: digit },
          params: { ...params, [key]: value },
        })),
      );
      continue;
    }
    // What the space does not name it may still say in another unit.
    const value = defaultOf(key, (name) => space[name] !== undefined);
    if (value !== undefined) for (const { params } of settings) params[key] = value;
  }
  for (const { details } of exitRules) {
    const named = details?.keys.filter((key) => space[key] && settings[0] && key in settings[0].digits) ?? [];
    if (named.length === 0) continue;
    settings = settings.filter(({ digits, params }) => {
      if (details!.count(params)) return true;
      for (const key of named) delete params[key];
      return named.every((key) => digits[key] === 0);
    });
  }
  return settings;
}
