import type { Market } from "../candles/candles.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, type OpportunityTable, pickRows } from "../opportunities/table.ts";
import { startingPoints } from "../search/startingPoints.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import { isSameSet } from "../space/same.ts";
import { bestOfAnother, type Captured, captureTypes } from "./capturePhase.ts";
import { horizonOf } from "./horizon.ts";
import { type Profit, profitType } from "./profitPhase.ts";
import { askAboutLabels } from "./questions.ts";
import type { Settings } from "./request.ts";
import { Run } from "./run.ts";
import type { Session } from "./session.ts";
import { type RunUniverse, universeOf } from "./universe.ts";

/** The data for finding a set's origin. */
export interface Searched {
  readonly session: Session;
  readonly settings: Settings;
  readonly market: Market;
  /** Every opportunity, of all types. */
  readonly found: OpportunityTable;
  readonly spaces: Spaces;
  readonly type: string;
  readonly current: Parameters | null;
  /** Keeps what a report with pictures draws. */
  readonly draws: boolean;
}

/** The run of `optimize` that a set belongs to: its opportunities, its split, and its searches of the type. */
export interface Origin {
  readonly foundBy: "phase3" | "phase2" | "suggestion";
  readonly run: Run;
  readonly universe: RunUniverse;
  readonly captured: Captured;
  readonly profit: Profit;
  /** Starting points of phase 3 besides its own finds. */
  readonly suggestions: readonly Parameters[];
}

/**
 * Searches as `optimize` would, without the set and then with the set as a suggestion: a verdict depends on which search, if any, chose
 * the set. If neither phase 3 nor phase 2 ends with it, it is a suggestion.
 */
export async function originOf(searched: Searched, params: Parameters): Promise<Origin> {
  for (const suggestions of [[], [params]]) {
    const origin = await searchOnce(searched, suggestions);
    const { captured, profit } = origin;
    const isSame = (other: Parameters | undefined): boolean => other !== undefined && isSameSet(other, params);
    if (isSame(profit.report?.params)) return { ...origin, foundBy: "phase3" };
    if (isSame(captured.top[0]?.params)) return { ...origin, foundBy: "phase2" };
    if (suggestions.length > 0) return { ...origin, foundBy: "suggestion" };
  }
  throw new Error("unreachable: the second search ends the loop");
}

/** Phases 2 and 3 of a run with these suggestions. */
async function searchOnce(
  { session, settings, market, found, spaces, type, current, draws }: Searched,
  suggestions: readonly Parameters[],
): Promise<Omit<Origin, "foundBy">> {
  const run = new Run(
    session,
    settings,
    market,
    horizonOf(spaces, [...(current ? [current] : []), ...suggestions], settings),
    draws,
  );
  const universe = universeOf(run, found, (fitting) => {
    // A copy: `found` is used again.
    const table = pickRows(found, fitting);
    const labels = asLabels(flagObjective(table, market, settings));
    askAboutLabels(labels, settings, session);
    return { table, labels };
  });
  const captured = await session.phase("phase2", "searching what captures most", () =>
    captureTypes(run, universe, spaces),
  );
  const own = captured.get(type)!;
  const starts = startingPoints(own.top, current, bestOfAnother(captured, type), suggestions);
  const profit = await session.phase("phase3", `searching profit and risk, ${type}`, async () =>
    profitType(run, own.parts, spaces.get(type)!, starts),
  );
  return { run, universe, captured: own, profit, suggestions };
}
