import type { RecordOptions } from "./ledger.ts";
import { appendToLedger } from "./ledgerAppend.ts";
import { type AppliedRecommendation, newestApplied } from "./ledgerApplied.ts";
import { challengersOf, ending } from "./ledgerChallenger.ts";
import type { FrozenChallenger, LedgerEntry } from "./ledgerEntries.ts";
import { readLedger } from "./ledgerRead.ts";

/** What a config's ledger says that decides whether a recommendation may be applied to one of its types. */
export interface AppliedBefore {
  /** Whether this recommendation was applied. */
  readonly isUsed: boolean;
  /** The applied recommendation whose data end last; null if none was. */
  readonly newest: AppliedRecommendation | null;
  /** The type's challenger; null if there is none. */
  readonly challenger: FrozenChallenger | null;
}

/** Looks a recommendation up in the ledger of a config. Throws InputError if the ledger cannot be read. */
export async function appliedBefore(
  configPath: string,
  id: string,
  nowMs: number,
): Promise<(type: string) => AppliedBefore> {
  const { entries } = await readLedger(configPath, nowMs);
  const newest = newestApplied(entries);
  const isUsed = isUsedIn(entries, id);
  return (type) => ({
    isUsed: isUsed(type),
    newest: newest.get(type) ?? null,
    challenger: challengersOf(entries, type, nowMs).open,
  });
}

/** Whether a recommendation was applied to a type. */
function isUsedIn(entries: readonly LedgerEntry[], id: string): (type: string) => boolean {
  const newest = newestApplied(entries);
  const used = new Set(entries.flatMap((entry) => (entry.kind === "applied" && entry.id === id ? entry.types : [])));
  return (type) => used.has(type) || newest.get(type)?.id === id;
}

/** What is recorded once a recommendation has been saved. */
export interface Applying extends AppliedRecommendation {
  /** The applied types; true where it was the challenger that won. */
  readonly types: ReadonlyMap<string, boolean>;
}

/** Records that a recommendation was applied, for types that are not on record yet, and that the challengers of its types have ended with it. Throws InputError. */
export function recordApplied(
  configPath: string,
  { types, ...recommendation }: Applying,
  options: RecordOptions,
): Promise<void> {
  return appendToLedger(configPath, options, ({ entries }, firstSeq) => {
    const isUsed = isUsedIn(entries, recommendation.id);
    const fresh = [...types].filter(([type]) => !isUsed(type));
    if (fresh.length === 0) return { additions: [], result: undefined };
    const ended = fresh.flatMap(([type, isChallenger], k) => {
      const { open } = challengersOf(entries, type, options.nowMs);
      if (!open) return [];
      const step = ending(open, isChallenger ? "applied" : "withdrawn");
      const { body } = step(entries, { nowMs: options.nowMs, seq: firstSeq + 1 + k });
      return body ? [{ kind: "challenger", body } as const] : [];
    });
    const body = { ...recommendation, types: fresh.map(([type]) => type) };
    return { additions: [{ kind: "applied", body }, ...ended], result: undefined };
  });
}
