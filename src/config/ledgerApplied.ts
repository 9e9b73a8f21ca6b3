import type { LedgerEntry } from "./ledgerEntries.ts";

/** A recommendation that was applied, for one type. */
export interface AppliedRecommendation {
  readonly id: string;
  /** Epoch ms. */
  readonly dataEndMs: number;
}

/** By type: the applied recommendation whose data end last, according to a ledger's entries. */
export function newestApplied(entries: readonly LedgerEntry[]): Map<string, AppliedRecommendation> {
  const newest = new Map<string, AppliedRecommendation>();
  const take = (type: string, { id, dataEndMs }: AppliedRecommendation): void => {
    if (dataEndMs >= (newest.get(type)?.dataEndMs ?? Number.NEGATIVE_INFINITY)) newest.set(type, { id, dataEndMs });
  };
  for (const entry of entries)
    if (entry.kind === "applied") for (const type of entry.types) take(type, entry);
    else if (entry.kind === "summary")
      for (const [type, applied] of Object.entries(entry.applied ?? {})) take(type, applied);
  return newest;
}
