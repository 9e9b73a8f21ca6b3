import { addTallies, emptyTally, type SampledSets, type ScoreTally, type SweepStudy } from "../core/study.ts";
import { isCounted } from "../space/exits.ts";
import type { Space } from "../space/parameters.ts";
import type { ExitGrid } from "./exitGrid.ts";
import type { FilterAxis } from "./filterGrid.ts";

/** Statistics on all ranked sets of a search. Scores are without their drawdown term. */
export interface SearchStudy {
  readonly samples: SampledSets;
  readonly all: SweepStudy["all"];
  /** By parameter of the space, then candidate, in the user's order. */
  readonly parameters: Readonly<Record<string, readonly ScoreTally[]>>;
}

/** Tallies by the parameters of a space. What a set does not use, as the activation of a trailing stop that is off, is not counted for it. */
export function studyOf(
  space: Space,
  axes: readonly FilterAxis[],
  exits: ExitGrid,
  { samples, all, axes: byAxis, exits: byExit }: SweepStudy,
): SearchStudy {
  const parameters: Record<string, readonly ScoreTally[]> = {};
  for (const [key, candidates] of Object.entries(space)) {
    const axis = axes.findIndex(({ parameter }) => parameter === key);
    parameters[key] =
      axis >= 0
        ? candidates.map((_, digit) => byAxis[axis]![axes[axis]!.digits.indexOf(digit)]!)
        : candidates.map((_, digit) => joined(exitsWith(space, exits, key, digit).map((exit) => byExit[exit]!)));
  }
  return { samples, all, parameters };
}

/** Exits, as [stop item][target item], that have a candidate of an exit parameter. */
function exitsWith(space: Space, { stopDigits, targetDigits }: ExitGrid, key: string, digit: number): number[] {
  const found: number[] = [];
  for (const [s, stop] of stopDigits.entries()) {
    const params = Object.fromEntries(Object.entries(stop).map(([name, place]) => [name, space[name]![place]!]));
    if (!isCounted(key, params)) continue;
    for (const [t, target] of targetDigits.entries())
      if ((stop[key] ?? target[key]) === digit) found.push(s * targetDigits.length + t);
  }
  return found;
}

function joined(tallies: readonly ScoreTally[]): ScoreTally {
  return tallies.reduce(addTallies, emptyTally());
}
