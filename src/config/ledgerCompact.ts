import { newestApplied } from "./ledgerApplied.ts";
import { challengersOf } from "./ledgerChallenger.ts";
import {
  accountsOf,
  type DaySpan,
  type EntryBody,
  entriesOf,
  entryOf,
  type LedgerEntry,
  type SummedEpoch,
  utcDayOf,
} from "./ledgerEntries.ts";
import { type Asked, daysIn, type Epoch, epochsOf, newDays, summed } from "./ledgerEpochs.ts";
import { type Line, sealed } from "./ledgerLine.ts";

/** Size in bytes above which old lines are summarised. */
export const compactAboveBytes = 256 * 1024;
/** Epochs that a summary keeps apart for each type. */
const keptEpochs = 64;

/**
 * The lines of a ledger larger than `aboveBytes`, with its oldest lines replaced by one summary: those before every epoch that a look made today could
 * still fall into, and, however recent, as many as needed to get down to half of four times that size. Spending stays the same for every
 * epoch; only details of old runs are lost.
 */
export function compacted(lines: readonly Line[], nowMs: number, aboveBytes = compactAboveBytes): readonly Line[] {
  if (bytesOf(lines) <= aboveBytes) return lines;
  const first = lines[0]!;
  const entries = lines.map(entryOf).filter((entry) => entry !== null);
  let keepFrom = lines.findIndex(({ seq }) => seq >= firstSeqThatMatters(entries));
  if (keepFrom < 0) keepFrom = lines.length - 1;
  let kept = bytesOf(lines.slice(keepFrom));
  const most = kept > 4 * aboveBytes ? 2 * aboveBytes : kept;
  while (keepFrom < lines.length - 1 && kept > most) kept -= bytesOf([lines[keepFrom++]!]);
  // A summary of one line says no less than the line and is longer.
  if (keepFrom < 2) return lines;
  const absorbed = lines.slice(0, keepFrom);
  const last = absorbed.at(-1)!;
  const summary = sealed({
    ledger: first.ledger,
    seq: last.seq,
    timeMs: last.timeMs,
    kind: "summary",
    body: summaryOf(absorbed, newestLook(entries), nowMs),
    previous: "",
  });
  return [summary, ...lines.slice(keepFrom)];
}

function bytesOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
}

/** The first line of the epochs that a look at the newest hold-outs' days, or later ones, may fall into. */
function firstSeqThatMatters(entries: readonly LedgerEntry[]): number {
  const newest = newestLook(entries);
  if (!newest) return Number.POSITIVE_INFINITY;
  const seqs = typesIn(entries)
    .flatMap((type) => epochsOf(entries, type, newest))
    .filter(({ anchor }) => mayMatter(anchor, newest.holdout))
    .flatMap(({ firstSeq }) => (firstSeq === null ? [] : [firstSeq]));
  return Math.min(...seqs);
}

/** The newest look; a gap that knows no hold-outs of its own takes them from it. */
function newestLook(entries: readonly LedgerEntry[]): Asked | null {
  const look = entriesOf(entries, "look").at(-1);
  return look ? { holdout: look.holdout, day: utcDayOf(look.timeMs) } : null;
}

function mayMatter(anchor: DaySpan, newest: DaySpan): boolean {
  return 2 * newDays(newest, anchor) < daysIn(newest);
}

function summaryOf(absorbed: readonly Line[], newest: Asked | null, nowMs: number): EntryBody<"summary"> {
  const entries = absorbed.map(entryOf).filter((entry) => entry !== null);
  const before = entriesOf(entries, "summary")[0];
  const types = typesIn(entries);
  const last = absorbed.at(-1)!;
  const thenMs = Math.min(nowMs, last.timeMs);
  return {
    config: before?.config ?? entriesOf(entries, "opened")[0]?.config ?? "",
    continues: last.link,
    openedMs: before?.openedMs ?? absorbed[0]!.timeMs,
    lines: absorbed.length - (before ? 1 : 0) + (before?.lines ?? 0),
    epochs: Object.fromEntries(types.map((type) => [type, bounded(epochsOf(entries, type, newest))])),
    anyType: bounded(epochsOf(entries, "", newest)),
    challengers: Object.fromEntries(types.map((type) => [type, challengersOf(entries, type, thenMs)])),
    anyRow: challengersOf(entries, "", thenMs).row,
    applied: Object.fromEntries(newestApplied(entries)),
  };
}

/** Every type that an entry names. */
function typesIn(entries: readonly LedgerEntry[]): string[] {
  const types = new Set<string>();
  for (const entry of entries)
    if (entry.kind === "look") for (const type of accountsOf(entry)) types.add(type);
    else if (entry.kind === "challenger") types.add(entry.challenger.type);
    else if (entry.kind === "summary")
      for (const type of [...Object.keys(entry.epochs), ...Object.keys(entry.challengers)]) types.add(type);
  return [...types];
}

/** Epochs as a summary keeps them: if there are too many, the oldest become one with all their days and looks, which is never more lenient. */
function bounded(epochs: readonly Epoch[]): SummedEpoch[] {
  const all = epochs.map(summed);
  const old = all.slice(0, Math.max(0, all.length - keptEpochs + 1));
  if (old.length < 2) return all;
  const whole = old.reduce((a, b) => ({
    anchor: {
      firstDay: Math.min(a.anchor.firstDay, b.anchor.firstDay),
      lastDay: Math.max(a.anchor.lastDay, b.anchor.lastDay),
    },
    looks: a.looks + b.looks,
    spent: a.spent + b.spent,
    assumed: a.assumed + b.assumed,
  }));
  return [whole, ...all.slice(old.length)];
}
