import { createHash } from "node:crypto";
import type { Parameters } from "../space/parameters.ts";
import { setText } from "../space/same.ts";
import { type AgainstBoth, beginChallenge, continueChallenge, type ScoredDay } from "../validation/challenger.ts";
import {
  type ChallengerRow,
  type EntryBody,
  type EntryOf,
  type FrozenChallenger,
  type LedgerEntry,
  utcDayOf,
} from "./ledgerEntries.ts";

const rowMs = 365 * 86_400_000;

/** The challengers of a type: the current one, and the row that shares the doubt to spend. */
export interface Challengers {
  readonly open: FrozenChallenger | null;
  /** Null if the next challenger begins a new row. */
  readonly row: ChallengerRow | null;
}

/**
 * A type's challengers according to a ledger's entries. A row begins with its first challenger and ends when one of its challengers is applied, or with the year: within a row
 * all challengers together have at most a one in twenty chance of a false application. Each night of a gap may have had one.
 */
export function challengersOf(entries: readonly LedgerEntry[], type: string, nowMs: number): Challengers {
  let state: Challengers = { open: null, row: null };
  for (const entry of entries)
    if (entry.kind === "summary")
      state = Object.hasOwn(entry.challengers, type) ? entry.challengers[type]! : { open: null, row: entry.anyRow };
    else if (entry.kind === "gap") state = afterGap(state, entry);
    else if (entry.kind === "challenger" && entry.challenger.type === type) state = afterEvent(state, entry);
  return { ...state, row: rowAt(state.row, nowMs) };
}

function afterEvent({ row }: Challengers, entry: EntryOf<"challenger">): Challengers {
  if (entry.event === "scored") return { open: entry.challenger, row };
  if (entry.event === "ended") return { open: null, row: entry.outcome === "applied" ? null : row };
  const standing = rowAt(row, entry.timeMs);
  return {
    open: entry.challenger,
    row: { startedMs: standing?.startedMs ?? entry.timeMs, count: (standing?.count ?? 0) + 1 },
  };
}

function afterGap({ row }: Challengers, { sinceMs, untilMs, atLeast }: EntryOf<"gap">): Challengers {
  const standing = rowAt(row, sinceMs) ?? { startedMs: sinceMs, count: 0 };
  const years = Math.max(0, Math.floor((untilMs - standing.startedMs) / rowMs));
  const startedMs = standing.startedMs + years * rowMs;
  const nights = utcDayOf(untilMs) - utcDayOf(Math.max(sinceMs, startedMs)) + 1;
  const count = (years === 0 ? standing.count : 0) + Math.max(atLeast, nights);
  // A challenger from before the gap may have been applied or dropped in it: only what came after is known.
  return { open: null, row: { startedMs, count } };
}

function rowAt(row: ChallengerRow | null, nowMs: number): ChallengerRow | null {
  return row && nowMs - row.startedMs < rowMs ? row : null;
}

/** A candidate to be frozen. */
export interface Freezing {
  readonly type: string;
  readonly params: Parameters;
  readonly verdict: string;
  /** The config's parameters; null if it has none. */
  readonly current: Parameters | null;
  /** The last UTC day that the choice may have used. */
  readonly frozenDay: number;
  /** Daily differences to each opponent on all days up to then, points. */
  readonly known: AgainstBoth<readonly number[]>;
}

/** Complete days after a freezing, with every trade entered on them. */
export interface DaysSince {
  readonly days: readonly ScoredDay[];
  /** The last UTC day that is over. */
  readonly today: number;
}

/** How a challenge ends. */
export type ChallengeEnd = "applied" | "dropped" | "expired" | "withdrawn";

/** A challenger after its new days; `end` is null if it continues. */
export interface ScoredChallenger {
  readonly challenger: FrozenChallenger;
  readonly end: ChallengeEnd | null;
}

/** One change of a ledger's challengers: the answer to the caller, and the entry that this adds, if any. */
export type ChallengerStep<T> = (
  entries: readonly LedgerEntry[],
  now: { readonly nowMs: number /** Number of the next line. */; readonly seq: number },
) => { readonly body: EntryBody<"challenger"> | null; readonly result: T };

/**
 * Makes a candidate its type's challenger. Null if there already is one, or if the candidate never differed from an opponent.
 */
export function freezing({
  type,
  params,
  verdict,
  current,
  frozenDay,
  known,
}: Freezing): ChallengerStep<FrozenChallenger | null> {
  return (entries, { nowMs, seq }) => {
    const { open, row } = challengersOf(entries, type, nowMs);
    const challenge = open ? null : beginChallenge((row?.count ?? 0) + 1, frozenDay, known);
    if (!challenge) return { body: null, result: null };
    const challenger = { type, frozenSeq: seq, params, verdict, opponent: hashOf(current), challenge };
    return { body: { event: "frozen", challenger, outcome: null }, result: challenger };
  };
}

/** What a type's challenger is scored by. */
export interface Scoring {
  readonly type: string;
  /** The config's current parameters; null if it has none. */
  readonly current: Parameters | null;
  /** The days since a challenger's freezing; null if it can no longer be traded. */
  readonly daysSince: (challenger: FrozenChallenger) => DaysSince | null;
}

/**
 * Scores a type's challenger on the days not scored yet. It ends if it is dropped, its time is over, or, with no day scored, if its opponent
 * is no longer the one it was frozen against. A winner stays until `ending` records what happened. Null if there is no challenger.
 */
export function scoring({ type, current, daysSince }: Scoring): ChallengerStep<ScoredChallenger | null> {
  return (entries, { nowMs }) => {
    const { open } = challengersOf(entries, type, nowMs);
    if (!open) return { body: null, result: null };
    if (open.opponent !== hashOf(current)) return ended(open, isAdopted(open, current) ? "applied" : "withdrawn");
    const since = daysSince(open);
    if (!since) return ended(open, "withdrawn");
    const challenge = continueChallenge(open.challenge, since.days, since.today);
    const { state } = challenge;
    const challenger = { ...open, challenge };
    if (state === "dropped" || state === "expired") return ended(challenger, state);
    const isNew = challenge.days !== open.challenge.days || state !== open.challenge.state;
    const body = isNew ? ({ event: "scored", challenger, outcome: null } as const) : null;
    return { body, result: { challenger, end: null } };
  };
}

/** Ends a challenge, unless it has ended: its set was applied, or withdrawn for a reason outside its score. */
export function ending(
  { type, frozenSeq }: Pick<FrozenChallenger, "type" | "frozenSeq">,
  outcome: "applied" | "withdrawn",
): ChallengerStep<undefined> {
  return (entries, { nowMs }) => {
    const { open } = challengersOf(entries, type, nowMs);
    return { body: open?.frozenSeq === frozenSeq ? ended(open, outcome).body : null, result: undefined };
  };
}

function ended(challenger: FrozenChallenger, end: ChallengeEnd) {
  const body: EntryBody<"challenger"> = { event: "ended", challenger, outcome: end };
  return { body, result: { challenger, end } };
}

/** A run saved a challenger that had won, and died before it could record that here. */
function isAdopted({ params, challenge }: FrozenChallenger, current: Parameters | null): boolean {
  return challenge.state === "won" && current !== null && setText({ ...current, ...params }) === setText(current);
}

function hashOf(current: Parameters | null): string {
  const text = current === null ? "" : setText(current);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
