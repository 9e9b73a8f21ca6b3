import type { Parameters } from "../space/parameters.ts";
import { isSameSet } from "../space/same.ts";
import type { SetOfSymbols } from "./groups/groupCurrents.ts";
import type { Profit } from "./profitPhase.ts";
import { phase2Search, phase3Search, searchAround, type TypeSearch } from "./setSearches.ts";
import type { Contender } from "./verdictPhase.ts";

/** What a group proposes in place of its own searches' best, and what its members trade by. */
export interface GroupChoice {
  readonly currents: readonly SetOfSymbols[];
  /** Null if none could be ranked. */
  readonly phase2: Parameters | null;
  /** `isOwn`: the group's own search found it; a set that the whole's found is judged by the search around it, as a suggestion is. */
  readonly phase3: { readonly params: Parameters; readonly isOwn: boolean } | null;
}

/**
 * The sets to judge for one type, in the order in which they may be applied: phase 3's set, phase 2's, every suggestion; then the current set. Each as it
 * would be written: parameters that a suggestion does not name keep their current values. Duplicates are left out.
 */
export function contendersOf(search: TypeSearch, profit: Profit, group?: GroupChoice): Contender[] {
  const { current, suggestions } = search.given;
  const proposed: Contender[] = [];
  const propose = (contender: Contender): void => {
    if (!proposed.some(({ params }) => isSameSet(params, contender.params))) proposed.push(contender);
  };
  const phase2 = group?.phase2 ?? search.captured.top[0]?.params;
  const phase3 = group?.phase3 ?? (profit.report && { params: profit.report.params, isOwn: true });
  if (phase3)
    propose({
      name: "phase3",
      suggestion: null,
      params: phase3.params,
      search: phase3.isOwn ? phase3Search(search, profit) : searchAround(search, phase3.params),
    });
  if (phase2) propose({ name: "phase2", suggestion: null, params: phase2, search: phase2Search(search) });
  for (const [k, suggested] of suggestions.entries()) {
    const params = { ...current, ...suggested };
    propose({ name: "suggestion", suggestion: k + 1, params, search: searchAround(search, params) });
  }
  return [
    ...proposed,
    ...(current
      ? [
          {
            name: "current",
            suggestion: null,
            params: current,
            search: null,
            ...(group && group.currents.length > 1 && { sets: group.currents }),
          } as const,
        ]
      : []),
  ];
}
