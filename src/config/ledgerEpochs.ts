import { type DaySpan, type EntryOf, type LedgerEntry, type SummedEpoch, spentOn, utcDayOf } from "./ledgerEntries.ts";

/**
 * Share of a doubt that the k-th look of an epoch may spend, k from 1: 6/(pi k)^2. Over all k they sum to 1 (Euler's sum of 1/k^2), so that an epoch can be
 * looked at forever and still keeps its error rate.
 */
export function shareOf(k: number): number {
  const piK = Math.PI * k;
  return 6 / (piK * piK);
}

/** Looks at nearly the same hold-out, which share one doubt, spent in parts. */
export interface Epoch {
  /** Days of the hold-out at its first look. */
  readonly anchor: DaySpan;
  looks: number;
  /** Levels spent by recorded looks. */
  spent: number;
  /** Shares of the current run's doubt spent by assumed nights. */
  assumed: number;
  /** Number of the line of the first look that is still a line; null if there is none. */
  firstSeq: number | null;
  /** Looks by fingerprint: the same run on the same days again learns nothing new and spends nothing. */
  readonly known: Map<string, { readonly look: number; readonly level: number; readonly holdout: DaySpan }>;
}

/** A run's look: its hold-out, and the day on which it runs. */
export interface Asked {
  readonly holdout: DaySpan;
  readonly day: number;
}

/** Days of a hold-out that were not in an epoch's first look. */
export function newDays(holdout: DaySpan, anchor: DaySpan): number {
  const common = Math.min(holdout.lastDay, anchor.lastDay) - Math.max(holdout.firstDay, anchor.firstDay) + 1;
  return daysIn(holdout) - Math.max(0, common);
}

/** Days of a span, both ends included. */
export function daysIn({ firstDay, lastDay }: DaySpan): number {
  return lastDay - firstDay + 1;
}

/**
 * The epoch that a look at this hold-out falls into: one for which fewer than half of the days are new compared with its first look; if
 * there are several, the one with the most looks; undefined if a new epoch begins. Going back to old days finds their old epoch.
 */
export function epochAt(epochs: readonly Epoch[], holdout: DaySpan): Epoch | undefined {
  let found: Epoch | undefined;
  for (const epoch of epochs)
    if (2 * newDays(holdout, epoch.anchor) < daysIn(holdout) && epoch.looks > (found?.looks ?? 0)) found = epoch;
  return found;
}

/** Every epoch of a type, in order of their first looks. `asked` gives gaps their hold-outs where they have none of their own. */
export function epochsOf(entries: readonly LedgerEntry[], type: string, asked: Asked | null): Epoch[] {
  let epochs: Epoch[] = [];
  const lookDays = new Set<number>();
  for (const entry of entries)
    if (entry.kind === "summary") {
      epochs = (Object.hasOwn(entry.epochs, type) ? entry.epochs[type]! : entry.anyType).map(opened);
    } else if (entry.kind === "look" && spentOn(entry, type)) {
      addLook(epochs, entry, type);
      lookDays.add(utcDayOf(entry.timeMs));
    } else if (entry.kind === "gap")
      for (const holdout of assumedLooks(entry, lookDays, asked)) addAssumed(epochs, holdout);
  return epochs;
}

/** An epoch as a summary keeps it. */
export function summed({ anchor, looks, spent, assumed }: Epoch): SummedEpoch {
  return { anchor, looks, spent, assumed };
}

function opened(epoch: SummedEpoch): Epoch {
  return { ...epoch, firstSeq: null, known: new Map() };
}

function intoEpoch(epochs: Epoch[], holdout: DaySpan): Epoch {
  const epoch = epochAt(epochs, holdout) ?? opened({ anchor: holdout, looks: 0, spent: 0, assumed: 0 });
  if (epoch.looks++ === 0) epochs.push(epoch);
  return epoch;
}

function addLook(epochs: Epoch[], entry: EntryOf<"look">, type: string): void {
  const { holdout, fingerprint, seq } = entry;
  const { look, level } = spentOn(entry, type)!;
  if (repeatOf(epochAt(epochs, holdout), fingerprint, holdout)) return;
  const epoch = intoEpoch(epochs, holdout);
  epoch.spent += level;
  epoch.firstSeq ??= seq;
  epoch.known.set(fingerprint, { look, level, holdout });
}

/** An earlier look of the same run at the very same days. */
export function repeatOf(
  epoch: Epoch | undefined,
  fingerprint: string,
  { firstDay, lastDay }: DaySpan,
): { readonly look: number; readonly level: number } | undefined {
  const known = epoch?.known.get(fingerprint);
  return known && known.holdout.firstDay === firstDay && known.holdout.lastDay === lastDay ? known : undefined;
}

function addAssumed(epochs: Epoch[], holdout: DaySpan): void {
  const epoch = intoEpoch(epochs, holdout);
  epoch.assumed += shareOf(epoch.looks);
}

/** Hold-outs of the nights of a gap: one for each day on which no look of the type is on record. */
function assumedLooks(gap: EntryOf<"gap">, lookDays: ReadonlySet<number>, asked: Asked | null): DaySpan[] {
  const days = gap.holdoutDays ?? (asked ? daysIn(asked.holdout) : null);
  const lag = gap.lagDays ?? (asked ? asked.day - asked.holdout.lastDay : null);
  if (days === null || lag === null) return [];
  const nights: number[] = [];
  const until = utcDayOf(gap.untilMs);
  for (let night = utcDayOf(gap.sinceMs); night <= until; night++) if (!lookDays.has(night)) nights.push(night);
  while (nights.length < gap.atLeast) nights.push(until);
  return nights.map((night) => ({ firstDay: night - lag - days + 1, lastDay: night - lag }));
}
