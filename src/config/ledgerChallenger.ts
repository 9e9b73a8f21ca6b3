import { type AgainstBoth, beginChallenge } from "../validation/challenger.ts";
import {
  type ChallengerRow,
  type EntryBody,
  type EntryOf,
  type FrozenChallenger,
  type LedgerEntry,
  utcDayOf,
} from "./ledgerEntries.ts";

const rowMs = 365 * 86_400_000;

/** The challengers of a type: the one that stands, and the row that shares what may be spent. */
export interface Challengers {
  readonly open: FrozenChallenger | null;
  /** Null where the next challenger begins a new row. */
  readonly row: ChallengerRow | null;
}

/**
 * A type's challengers as a ledger's entries tell. A row begins with its first challenger and ends when one of it is applied, or with the year: within a row all
 * challengers together are applied falsely once in twenty at most. Each night of a gap may have had one.
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
  // What stood before the gap may have been applied or dropped in it: only what came after is known.
  return { open: null, row: { startedMs, count } };
}

function rowAt(row: ChallengerRow | null, nowMs: number): ChallengerRow | null {
  return row && nowMs - row.startedMs < rowMs ? row : null;
}

/** A candidate to be frozen. */
export interface Freezing {
  readonly type: string;
  readonly params: FrozenChallenger["params"];
  /** The last UTC day whose figures the choice may have seen. */
  readonly frozenDay: number;
  /** Daily differences to each opponent on all days up to then, points. */
  readonly known: AgainstBoth<readonly number[]>;
}

/**
 * The entry that makes a candidate its type's challenger. Null where one stands already (one at a time), or where the candidate never
 * differed from an opponent.
 */
export function freezingOf(
  entries: readonly LedgerEntry[],
  freezing: Freezing,
  nowMs: number,
  seq: number,
): EntryBody<"challenger"> | null {
  const { type, params, frozenDay, known } = freezing;
  const { open, row } = challengersOf(entries, type, nowMs);
  if (open) return null;
  const challenge = beginChallenge((row?.count ?? 0) + 1, frozenDay, known);
  if (!challenge) return null;
  return { event: "frozen", challenger: { type, frozenSeq: seq, params, challenge }, outcome: null };
}

/** The entry that tells how a challenger stands after further days. A win is one of these, too: it still has to be applied. */
export function scoringOf(challenger: FrozenChallenger): EntryBody<"challenger"> {
  return { event: "scored", challenger, outcome: null };
}

/** The entry that ends a challenge; a new row begins where the challenger was applied. */
export function endingOf(
  challenger: FrozenChallenger,
  outcome: "applied" | "dropped" | "expired" | "withdrawn",
): EntryBody<"challenger"> {
  return { event: "ended", challenger, outcome };
}
