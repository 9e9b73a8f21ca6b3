import type { Look, RecordedLook } from "./ledger.ts";
import type { LedgerEntry } from "./ledgerEntries.ts";
import { levelOf } from "./ledgerLevel.ts";

/** A ledger that is on no disk: that of a config which only a rehearsal knows. It spends as one beside a file does. */
export class MemoryLedger {
  private readonly entries: LedgerEntry[] = [];

  /** Keeps a look and gives what it may spend. `nowMs` is the present of that night. */
  look({ types, ...rest }: Look, nowMs: number): RecordedLook {
    const levels = new Map(types.map((type) => [type, levelOf(this.entries, type, { ...rest, nowMs })]));
    const spent = Object.fromEntries([...levels].map(([type, { look, level }]) => [type, { look, level }]));
    const seq = this.entries.length + 1;
    this.entries.push({ kind: "look", seq, timeMs: nowMs, ...rest, types: spent });
    return { seq, levels, ledger: { state: "whole", said: null } };
  }
}
