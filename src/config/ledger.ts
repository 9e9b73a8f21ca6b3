import { type AppendOptions, appendToLedger } from "./ledgerAppend.ts";
import { dateOf, type EntryBody, type LedgerEntry } from "./ledgerEntries.ts";
import { type Level, type LookAhead, levelOf } from "./ledgerLevel.ts";
import type { Ledger, LedgerState } from "./ledgerRead.ts";

/** A run that is about to test its candidates on a hold-out. */
export type Look = Omit<EntryBody<"look">, "types"> & {
  /** Types whose candidates will be tested. */
  readonly types: readonly string[];
  /** Of those that are a type's parameters in a group of symbols: the type, whose account they share. */
  readonly accounts?: ReadonlyMap<string, string>;
};

/** A look that is on record. */
export interface RecordedLook {
  /** Number of its line, by which its outcome names it. */
  readonly seq: number;
  /** What each type may spend. */
  readonly levels: ReadonlyMap<string, Level>;
  /** How the ledger was found before. */
  readonly ledger: Pick<Ledger, "state" | "said">;
}

/** How a ledger's file is locked and dated. */
export type RecordOptions = Omit<AppendOptions, "holdout">;

/** The levels of a look's types, and what its line says of them. */
export function spendingOf(
  entries: readonly LedgerEntry[],
  { types, accounts }: Look,
  ahead: LookAhead,
): { readonly levels: ReadonlyMap<string, Level>; readonly spent: EntryBody<"look">["types"] } {
  const levels = new Map(types.map((key) => [key, levelOf(entries, accounts?.get(key) ?? key, ahead)]));
  const spent = [...levels].map(([key, { look, level }]) => {
    const type = accounts?.get(key);
    return [key, { look, level, ...(type !== undefined && { type }) }] as const;
  });
  return { levels, spent: Object.fromEntries(spent) };
}

/**
 * Records a look at a hold-out and returns what it may spend. This happens before anything is decided: two runs at once are two looks in a
 * row; a run that dies has looked, and so has a dry run, whose result was seen. If it throws InputError, nothing may be decided.
 */
export function recordLook(configPath: string, look: Look, options: RecordOptions): Promise<RecordedLook> {
  const { types: _, accounts: __, ...rest } = look;
  const { holdout, confidence, fingerprint } = look;
  return appendToLedger<RecordedLook>(configPath, { ...options, holdout }, (ledger, seq) => {
    const ahead = { holdout, confidence, fingerprint, nowMs: options.nowMs };
    const { levels, spent } = spendingOf(ledger.entries, look, ahead);
    const { state, said } = ledger;
    return {
      additions: [{ kind: "look", body: { ...rest, types: spent } }],
      result: { seq, levels, ledger: { state, said } },
    };
  });
}

/** Records the outcome of a look: every candidate with its verdict, and the decision. Throws InputError. */
export function recordOutcome(
  configPath: string,
  outcome: EntryBody<"outcome">,
  options: RecordOptions,
): Promise<void> {
  return appendToLedger(configPath, options, () => ({
    additions: [{ kind: "outcome", body: outcome }],
    result: undefined,
  }));
}

/** A ledger as a run's result shows it. */
export interface LedgerResult {
  /** How often the hold-out was looked at before this run, for the type with the most looks. */
  readonly earlier_looks: number;
  /** Whether the ledger could be used, and if not, what was wrong with it. */
  readonly state: LedgerState;
  /** What is wrong with the ledger, in words; null if nothing is. */
  readonly problem: string | null;
  /** By signal type: how often its hold-out was looked at, and what that leaves. */
  readonly types: Readonly<
    Record<
      string,
      {
        /** Number of this look at these days, from 1. */
        readonly look: number;
        /** Doubt that this look may spend, and what is left of the epoch's after it. */
        readonly level: number;
        /** Doubt of the epoch that is left when this look has spent its own. */
        readonly left: number;
        /** First and last day of the hold-out at the epoch's first look, `2026-11-23`. */
        readonly epoch: readonly [string, string];
        /** The same run looked at the same days before: nothing new was spent. */
        readonly repeated: boolean;
      }
    >
  >;
}

/** A look on record as a run's result shows it. */
export function ledgerResultOf({ levels, ledger }: Pick<RecordedLook, "levels" | "ledger">): LedgerResult {
  const types = [...levels].map(([type, { look, level, left, epoch, isRepeat }]) => {
    const days = [dateOf(epoch.firstDay), dateOf(epoch.lastDay)] as const;
    return [type, { look, level, left, epoch: days, repeated: isRepeat }] as const;
  });
  const { state, said } = ledger;
  return { earlier_looks: earlierLooks(levels), state, problem: said, types: Object.fromEntries(types) };
}

/** How often a hold-out was looked at before this look, for the type with the most looks. */
export function earlierLooks(levels: ReadonlyMap<string, Level>): number {
  return [...levels.values()].reduce((most, { look }) => Math.max(most, look - 1), 0);
}
