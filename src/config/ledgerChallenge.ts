import { continueChallenge, type ScoredDay } from "../validation/challenger.ts";
import type { RecordOptions } from "./ledger.ts";
import { type Addition, appendToLedger } from "./ledgerAppend.ts";
import { challengersOf, endingOf, type Freezing, freezingOf, scoringOf } from "./ledgerChallenger.ts";
import type { EntryBody, FrozenChallenger } from "./ledgerEntries.ts";

/**
 * Makes a candidate its type's challenger; null, and nothing written, where one stands already or the candidate never differed from an opponent.
 * Throws InputError.
 */
export function freezeChallenger(
  configPath: string,
  freezing: Freezing,
  options: RecordOptions,
): Promise<FrozenChallenger | null> {
  return appendToLedger<FrozenChallenger | null>(configPath, options, ({ entries }, seq) => {
    const body = freezingOf(entries, freezing, options.nowMs, seq);
    return { additions: body ? [added(body)] : [], result: body?.challenger ?? null };
  });
}

/** Whole days after a freezing: those that are over, with every trade that was entered on them. */
export interface DaysSince {
  readonly days: readonly ScoredDay[];
  /** The last UTC day that is over. */
  readonly today: number;
}

/**
 * Scores a type's challenger on the days that it was not scored on yet, and ends it where it is dropped or its time is over. One that has won stands until
 * `endChallenger` says what came of it. Null where there is no challenger. Throws InputError.
 */
export function scoreChallenger(
  configPath: string,
  type: string,
  { days, today }: DaysSince,
  options: RecordOptions,
): Promise<FrozenChallenger | null> {
  return appendToLedger<FrozenChallenger | null>(configPath, options, ({ entries }) => {
    const { open } = challengersOf(entries, type, options.nowMs);
    if (!open) return { additions: [], result: null };
    const challenge = continueChallenge(open.challenge, days, today);
    const { state } = challenge;
    const result = { ...open, challenge };
    if (challenge.days === open.challenge.days && state === open.challenge.state) return { additions: [], result };
    const isOver = state === "dropped" || state === "expired";
    return { additions: [added(isOver ? endingOf(result, state) : scoringOf(result))], result };
  });
}

/** Ends a type's challenge, if there is one: its set was applied, or withdrawn for a reason that no score knows. Throws InputError. */
export function endChallenger(
  configPath: string,
  type: string,
  outcome: "applied" | "withdrawn",
  options: RecordOptions,
): Promise<void> {
  return appendToLedger(configPath, options, ({ entries }) => {
    const { open } = challengersOf(entries, type, options.nowMs);
    return { additions: open ? [added(endingOf(open, outcome))] : [], result: undefined };
  });
}

function added(body: EntryBody<"challenger">): Addition {
  return { kind: "challenger", body };
}
