import { isSameSet } from "../space/same.ts";
import type { Profit } from "./profitPhase.ts";
import { phase2Search, phase3Search, searchAround, type TypeSearch } from "./setSearches.ts";
import type { Contender } from "./verdictPhase.ts";

/**
 * The sets to judge for one type, in the order in which they may be applied: phase 3's set, phase 2's, every suggestion; then the current set. Each as it
 * would be written: parameters that a suggestion does not name keep their current values. Duplicates are left out.
 */
export function contendersOf(search: TypeSearch, profit: Profit): Contender[] {
  const { current, suggestions } = search.given;
  const proposed: Contender[] = [];
  const propose = (contender: Contender): void => {
    if (!proposed.some(({ params }) => isSameSet(params, contender.params))) proposed.push(contender);
  };
  const phase2 = search.captured.top[0]?.params;
  if (profit.report)
    propose({
      name: "phase3",
      suggestion: null,
      params: profit.report.params,
      search: phase3Search(search, profit),
    });
  if (phase2) propose({ name: "phase2", suggestion: null, params: phase2, search: phase2Search(search) });
  for (const [k, suggested] of suggestions.entries()) {
    const params = { ...current, ...suggested };
    propose({ name: "suggestion", suggestion: k + 1, params, search: searchAround(search, params) });
  }
  return [
    ...proposed,
    ...(current ? [{ name: "current", suggestion: null, params: current, search: null } as const] : []),
  ];
}
