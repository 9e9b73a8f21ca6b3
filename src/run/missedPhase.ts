import { filtersOf } from "../space/filters.ts";
import type { Captured } from "./capturePhase.ts";
import { missedOpportunities } from "./missed.ts";
import type { Missed, Phase3Type } from "./results.ts";

/** Phase 5, by type: the objective opportunities that the winner (or phase 2's set if there is none) misses. */
export function missedByType(
  captured: ReadonlyMap<string, Captured>,
  phase3: Readonly<Record<string, Phase3Type | null>>,
): Record<string, Missed> {
  return Object.fromEntries(
    [...captured].map(([type, { parts, top }]) => {
      const chosen = phase3[type]?.params ?? top[0]?.params ?? {};
      const { table, labels } = parts.all();
      return [type, missedOpportunities({ table, labels, rows: table.type.keys(), filters: filtersOf(chosen) })];
    }),
  );
}
