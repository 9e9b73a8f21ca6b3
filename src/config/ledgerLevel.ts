import type { DaySpan, LedgerEntry } from "./ledgerEntries.ts";
import { utcDayOf } from "./ledgerEntries.ts";
import { type Epoch, epochAt, epochsOf, repeatOf, shareOf } from "./ledgerEpochs.ts";

/** A look that is about to be made. */
export interface LookAhead {
  /** UTC days, counted from 1970, both ends included. */
  readonly holdout: DaySpan;
  /** From `--confidence`: an epoch may spend 1 minus this, its doubt. */
  readonly confidence: number;
  /** Fingerprint of the run, if it has one: the same run on the same days again is the same look. */
  readonly fingerprint?: string;
  readonly nowMs: number;
}

/** What one look may spend. */
export interface Level {
  /** Number of this look within its epoch, from 1. */
  readonly look: number;
  /** The hold-out at the epoch's first look: this one if a new epoch begins. */
  readonly epoch: DaySpan;
  /** Doubt that this look may spend: a test at this level may change something. 0 if nothing is left at this confidence. */
  readonly level: number;
  /** Doubt of the epoch that is left when this look has spent its own. */
  readonly left: number;
  /** Whether this repeats an earlier look: same run, same days. It gets the same level and spends nothing new. */
  readonly isRepeat: boolean;
}

/**
 * What a type's next look at a hold-out may spend: with a doubt a = 1 - confidence, the k-th look of an epoch may spend a * 6/(pi k)^2, and never more than is left of a.
 * An epoch ends when half of the hold-out's days are new compared with its first look.
 */
export function levelOf(entries: readonly LedgerEntry[], type: string, look: LookAhead): Level {
  const { holdout, confidence, fingerprint, nowMs } = look;
  const epochs = epochsOf(entries, type, { holdout, day: utcDayOf(nowMs) });
  const epoch = epochAt(epochs, holdout);
  const alpha = 1 - confidence;
  const spent = epoch ? spentOf(epoch, alpha) : 0;
  const repeat = fingerprint === undefined ? undefined : repeatOf(epoch, fingerprint, holdout);
  const anchor = epoch?.anchor ?? holdout;
  if (repeat)
    return { look: repeat.look, level: repeat.level, epoch: anchor, left: Math.max(0, alpha - spent), isRepeat: true };
  const k = (epoch?.looks ?? 0) + 1;
  const level = Math.max(0, Math.min(alpha * shareOf(k), alpha - spent));
  return { look: k, epoch: anchor, level, left: Math.max(0, alpha - spent - level), isRepeat: false };
}

/** Doubt that an epoch has spent, with assumed nights at the current run's doubt. */
function spentOf({ spent, assumed }: Epoch, alpha: number): number {
  return spent + assumed * alpha;
}
