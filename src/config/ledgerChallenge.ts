import type { RecordOptions } from "./ledger.ts";
import { appendToLedger } from "./ledgerAppend.ts";
import type { ChallengerStep } from "./ledgerChallenger.ts";

/**
 * Applies a step to the challengers of a config's ledger, under the ledger's lock: concurrent runs apply theirs one after the other. Nothing is written
 * if the step adds nothing. Throws InputError.
 */
export function challengeIn<T>(configPath: string, step: ChallengerStep<T>, options: RecordOptions): Promise<T> {
  return appendToLedger<T>(configPath, options, ({ entries }, seq) => {
    const { body, result } = step(entries, { nowMs: options.nowMs, seq });
    return { additions: body ? [{ kind: "challenger", body }] : [], result };
  });
}
