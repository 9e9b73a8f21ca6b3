import type { Market } from "../candles/candles.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, type Labels, type OpportunityTable, pickRows } from "../opportunities/table.ts";
import { candlesOf, overMsOf, rowsThatFit } from "../search/market.ts";
import { type Split, splitRows } from "../search/split.ts";
import { startingPoints } from "../search/startingPoints.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import { isSameSet } from "../space/same.ts";
import { type Captured, captureType } from "./capturePhase.ts";
import { horizonOf } from "./horizon.ts";
import { type Profit, profitType } from "./profitPhase.ts";
import { askAboutLabels } from "./questions.ts";
import type { Settings, ValidateRequest } from "./request.ts";
import type { Session } from "./session.ts";
import { typePartsOf } from "./typeParts.ts";

/** The data for finding a set's origin. */
export interface Searched {
  readonly session: Session;
  readonly settings: Settings;
  readonly request: Pick<ValidateRequest, "coarseCombos" | "fineCombos">;
  readonly market: Market;
  /** Every opportunity, of all types. */
  readonly found: OpportunityTable;
  readonly spaces: Spaces;
  readonly type: string;
  readonly current: Parameters | null;
}

/** The run of `optimize` that a set belongs to: its opportunities, its split, and its searches of the type. */
export interface Origin {
  readonly foundBy: "phase3" | "phase2" | "suggestion";
  readonly longestBars: number;
  readonly table: OpportunityTable;
  readonly labels: Labels;
  readonly split: Split;
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
  { session, settings, request, market, found, spaces, type, current }: Searched,
  suggestions: readonly Parameters[],
): Promise<Omit<Origin, "foundBy">> {
  const longestBars = horizonOf(spaces, [...(current ? [current] : []), ...suggestions], settings);
  const candles = candlesOf(found, market);
  // A copy: `found` is used again.
  const table = pickRows(found, rowsThatFit(found, candles, longestBars));
  const labels = asLabels(flagObjective(table, market, settings));
  askAboutLabels(labels, settings, session);
  const split = splitRows(table, overMsOf(table, candles, longestBars, settings.lookaheadBars));
  const captured = new Map<string, Captured>();
  await session.phase("phase2", "searching what captures most", async () => {
    for (const [name, space] of spaces) {
      await session.breathe();
      captured.set(name, captureType(session, settings, market, typePartsOf(name, table, labels, split), space));
    }
  });
  const own = captured.get(type)!;
  const other = [...captured].find(([name]) => name !== type)?.[1].top[0]?.params ?? null;
  const starts = startingPoints(own.top, current, other, suggestions);
  const profit = await session.phase("phase3", `searching profit and risk, ${type}`, async () =>
    profitType(session, settings, request, market, own.parts, spaces.get(type)!, starts, longestBars),
  );
  return { longestBars, table, labels, split, captured: own, profit, suggestions };
}
