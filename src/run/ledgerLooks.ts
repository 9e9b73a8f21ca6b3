import { type EntryOf, entriesOf } from "../config/ledgerEntries.ts";
import { readLedger } from "../config/ledgerRead.ts";
import type { LedgerLook } from "./answers.ts";

/** The looks that a config's ledger still has one by one, in order: old ones it has summed up. Throws InputError if it cannot be read. */
export async function ledgerLooks(config: string, nowMs: number): Promise<LedgerLook[]> {
  const { entries } = await readLedger(config, nowMs);
  const outcomes = new Map(entriesOf(entries, "outcome").map((outcome) => [outcome.look, outcome]));
  return entriesOf(entries, "look").map((look) => ({
    number: look.seq,
    time: look.timeMs,
    config,
    fingerprint: look.fingerprint,
    data_end: look.dataEndMs,
    dry_run: look.isDryRun,
    types: typesOf(look, outcomes.get(look.seq)),
  }));
}

/** What was decided for each type; nothing where the run ended before. */
function typesOf(look: EntryOf<"look">, outcome: EntryOf<"outcome"> | undefined): LedgerLook["types"] {
  const names = Object.keys(outcome?.types ?? look.types);
  return Object.fromEntries(
    names.map((name) => {
      const { candidates = [], decision } = outcome?.types[name] ?? {};
      const { advice = null, applied = null } = decision ?? {};
      return [name, { verdict: candidates[0]?.verdict ?? null, advice, applied }];
    }),
  );
}
