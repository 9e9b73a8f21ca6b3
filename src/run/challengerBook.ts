import { challengeIn } from "../config/ledgerChallenge.ts";
import type { ChallengerStep } from "../config/ledgerChallenger.ts";
import { MemoryLedger } from "../config/ledgerMemory.ts";
import { readLedger } from "../config/ledgerRead.ts";
import { waiting } from "./ledgerPhase.ts";
import type { Session } from "./session.ts";

/** The challengers of one config. */
export interface ChallengerBook {
  /** Path of the config. */
  readonly path: string;
  readonly take: <T>(step: ChallengerStep<T>) => Promise<T>;
  /** Whether steps persist to the next run. */
  readonly isKept: boolean;
}

/** The ledger beside a config. A wait for it cannot be stopped: a run that has saved a config must report it. */
export function fileBook(path: string, nowMs: number, session: Session): ChallengerBook {
  const { onWait } = waiting(session);
  return {
    path,
    take: (step) => session.uninterrupted(() => challengeIn(path, step, { nowMs, onWait })),
    isKept: true,
  };
}

/** A copy of the ledger beside a config, for a run that does not write it. */
export async function copiedBook(path: string, nowMs: number): Promise<ChallengerBook> {
  const { entries } = await readLedger(path, nowMs);
  return { ...memoryBook(path, new MemoryLedger(entries), nowMs), isKept: false };
}

/** The ledger of a rehearsal. */
export function memoryBook(path: string, ledger: MemoryLedger, nowMs: number): ChallengerBook {
  return { path, take: async (step) => ledger.challenge(step, nowMs), isKept: true };
}
