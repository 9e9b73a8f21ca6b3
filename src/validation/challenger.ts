/*
 * A challenger is a set that looked good on a hold-out but was not clearly better. It is frozen, and scored only on days after its freezing,
 * by two test martingales: one on the daily difference to the current parameters, one on the difference to not trading.
 *
 *   E = product over days of (1 + f * d / c), d counted as c at most and as -c / f at least, f = 1/2, c fixed at the freezing
 *
 * If a challenger is no better, no factor is above 1 on average given the days before, so E starts at 1 and ever reaches x with a probability of
 * at most 1/x, however often one looks (Ville 1939; Waudby-Smith and Ramdas 2023, "Estimating means of bounded random variables by betting").
 */

/** Share of the largest stake that is bet on each day. */
const fraction = 1 / 2;
/** Evidence below which a challenger is given up. */
const hopeless = 1 / 5;
/** Days after its freezing within which a challenger must win. */
export const challengeDays = 90;
/** Evidence that a single challenger would need. */
const needed = 20;

/** The evidence of one martingale: its current value, and its maximum so far, which counts. */
export interface Evidence {
  /** Of the martingale, now. */
  readonly value: number;
  /** Its largest value so far. */
  readonly best: number;
}

/** One value per opponent: the current parameters, and not trading. */
export interface AgainstBoth<T> {
  /** Against the current set. */
  readonly current: T;
  /** Against not trading. */
  readonly nothing: T;
}

/** One UTC day (counted from 1970) after the freezing: points of the challenger less those of each opponent. */
export interface ScoredDay extends AgainstBoth<number> {
  readonly day: number;
}

/** The state of a challenge; `running` continues, everything else is final. */
export interface Challenge {
  readonly frozenDay: number;
  /** Evidence that both martingales must reach. */
  readonly threshold: number;
  /** Points per day above which a gain is clipped. */
  readonly clips: AgainstBoth<number>;
  readonly evidence: AgainstBoth<Evidence>;
  /** Days scored. */
  readonly days: number;
  /** The last day that was scored; the day of the freezing before any was. */
  readonly lastDay: number;
  readonly state: "running" | "won" | "dropped" | "expired";
}

/** Evidence that the k-th challenger of a row needs, k from 1: what all of a row may ever spend sums to 1/20. */
export function thresholdOf(k: number): number {
  const piK = Math.PI * k;
  return (needed * piK * piK) / 6;
}

/**
 * The clip c of one martingale from the daily differences known at the freezing, points: two standard deviations, or half the worst day if that is more, so
 * that a loss as large as any known one counts in full. A clip on both sides would cut rare large losses short and mistake a set that earns nothing for a good one. Null if no day differs.
 */
export function clipOf(differences: readonly number[]): number | null {
  const mean = differences.reduce((sum, d) => sum + d, 0) / differences.length;
  const squares = differences.reduce((sum, d) => sum + (d - mean) * (d - mean), 0);
  const spread = Math.sqrt(squares / Math.max(1, differences.length - 1));
  const worst = differences.reduce((least, d) => Math.min(least, d), 0);
  const clip = Math.max(2 * spread, -worst * fraction);
  return Number.isFinite(clip) && clip > 0 ? clip : null;
}

/**
 * A new challenge: `k` counts the challengers of the type's row, this one included; `known` are the daily differences on all days up to the freezing, training and
 * hold-out. Null if the challenger never differs from an opponent: nothing can be learned from it.
 */
export function beginChallenge(k: number, frozenDay: number, known: AgainstBoth<readonly number[]>): Challenge | null {
  const current = clipOf(known.current);
  const nothing = clipOf(known.nothing);
  if (current === null || nothing === null) return null;
  const start: Evidence = { value: 1, best: 1 };
  return {
    frozenDay,
    threshold: thresholdOf(k),
    clips: { current, nothing },
    evidence: { current: start, nothing: start },
    days: 0,
    lastDay: frozenDay,
    state: "running",
  };
}

/**
 * A challenge after further whole days, in order. Days already scored are skipped, so that a run may pass all days that it knows. It is won on the
 * day by which both martingales have reached the threshold, dropped when one falls below 1/5, and expired where day 90 after the freezing
 * came first; `today` is the last day that is over.
 */
export function continueChallenge(challenge: Challenge, days: readonly ScoredDay[], today: number): Challenge {
  let now = challenge;
  for (const day of days) {
    if (now.state !== "running") return now;
    if (day.day > now.lastDay && day.day - now.frozenDay <= challengeDays) now = afterDay(now, day);
  }
  if (now.state === "running" && today - now.frozenDay >= challengeDays) return { ...now, state: "expired" };
  return now;
}

function afterDay(challenge: Challenge, scored: ScoredDay): Challenge {
  const { evidence, clips, threshold } = challenge;
  const current = afterBet(evidence.current, scored.current, clips.current);
  const nothing = afterBet(evidence.nothing, scored.nothing, clips.nothing);
  const isWon = current.best >= threshold && nothing.best >= threshold;
  const isHopeless = current.value < hopeless || nothing.value < hopeless;
  return {
    ...challenge,
    evidence: { current, nothing },
    days: challenge.days + 1,
    lastDay: scored.day,
    state: isWon ? "won" : isHopeless ? "dropped" : "running",
  };
}

function afterBet({ value, best }: Evidence, difference: number, clip: number): Evidence {
  const next = value * Math.max(0, 1 + (fraction * Math.min(difference, clip)) / clip);
  return { value: next, best: Math.max(best, next) };
}
