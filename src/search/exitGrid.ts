import type { Exit } from "../space/exitParts.ts";
import { defaultOf, exitKeysOf, exitOf, holdingBarsOf, isCounted } from "../space/exits.ts";
import type { Parameters, ParameterValue, Space } from "../space/parameters.ts";
import { type ExitSides, exitSidesOf, type LevelRules } from "./exitLevels.ts";

/** Every exit combination of a space, as the core reads them: a stop item with a target item. */
export interface ExitGrid extends ExitSides {
  /** Candidate positions by exit key of each item; keys that are not in the space are absent. */
  readonly stopDigits: readonly Readonly<Record<string, number>>[];
  readonly targetDigits: readonly Readonly<Record<string, number>>[];
}

/** Under the summary model every holding time is the lookahead. */
export function exitGridOf(space: Space, rules: LevelRules): ExitGrid {
  const stops = settingsOf(space, "stop");
  const targets = settingsOf(space, "target");
  const sides = exitSidesOf(
    stops.map(({ exit }) => exit),
    targets.map(({ exit }) => ({
      ...exit,
      holdingBars: rules.summaryBars ?? holdingBarsOf(exit.holdingHours, rules.timeframeMs),
    })),
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
  readonly exit: Exit;
}

/** Every setting of one side's parameters, the last key's candidates fastest; details that do not count stand at their first candidate. */
function settingsOf(space: Space, side: "stop" | "target"): Setting[] {
  const keys = exitKeysOf(side).filter((key) => space[key]);
  // What the space does not name of this side's rules it may still say in another unit.
  const fixed: Parameters = Object.fromEntries(
    exitKeysOf(side).flatMap((key) => {
      const value = space[key] ? undefined : defaultOf(key, (name) => space[name] !== undefined);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  let settings: { digits: Record<string, number>; params: Record<string, ParameterValue> }[] = [
    { digits: {}, params: { ...fixed } },
  ];
  for (const key of keys)
    settings = settings.flatMap(({ digits, params }) =>
      space[key]!.map((value, digit) => ({
        digits: { ...digits, [key]: digit },
        params: { ...params, [key]: value },
      })),
    );
  return settings.flatMap(({ digits, params }) => {
    const uncounted = keys.filter((key) => !isCounted(key, params));
    if (uncounted.some((key) => digits[key] !== 0)) return [];
    const counted = Object.fromEntries(Object.entries(params).filter(([key]) => !uncounted.includes(key)));
    return [{ digits, exit: exitOf(counted) }];
  });
}
