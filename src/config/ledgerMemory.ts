import { type Look, type RecordedLook, spendingOf } from "./ledger.ts";
import type { ChallengerStep } from "./ledgerChallenger.ts";
import type { LedgerEntry } from "./ledgerEntries.ts";

/**
 * A ledger in memory: of a config that exists only in a rehearsal, or a copy for a dry run. It follows the same spending rules as one beside a
 * file.
 */
export class MemoryLedger {
  private readonly entries: LedgerEntry[];

  constructor(entries: readonly LedgerEntry[] = []) {
    this.entries = [...entries];
  }

  /** Records a look and returns what it may spend. `nowMs` is the present of that night. */
  look(look: Look, nowMs: number): RecordedLook {
    const { types: _, accounts: __, ...rest } = look;
    const { levels, spent } = spendingOf(this.entries, look, { ...rest, nowMs });
    const seq = this.nextSeq();
    this.entries.push({ kind: "look", seq, timeMs: nowMs, ...rest, types: spent });
    return { seq, levels, ledger: { state: "whole", said: null } };
  }

  /** Applies a step to the challengers. */
  challenge<T>(step: ChallengerStep<T>, nowMs: number): T {
    const seq = this.nextSeq();
    const { body, result } = step(this.entries, { nowMs, seq });
    if (body) this.entries.push({ kind: "challenger", seq, timeMs: nowMs, ...body });
    return result;
  }

  private nextSeq(): number {
    return (this.entries.at(-1)?.seq ?? 0) + 1;
  }
}
