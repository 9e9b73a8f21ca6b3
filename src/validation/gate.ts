import { metricsOfTaken, type Purse } from "../portfolio/purse.ts";
import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";
import { isBelievable } from "./believable.ts";
import { compareByDays, type DailyComparison, resamples } from "./dailyBootstrap.ts";
import { blockDaysOf, type DailyPoints, type DaySpan, dailyPoints, purseDays, tradedDays } from "./days.ts";
import { highestP } from "./permutation.ts";
import type { CandidateName, GateCode, GateComparison, GateResult, Verdict } from "./result.ts";

/** Minimum hold-out trades, and days with a trade, for a decision. */
export const leastTrades = 30;
export const leastTradedDays = 15;

/** What every candidate of one type is compared with, and how. */
export interface GateRules {
  /** Hold-out trades of the current parameters, all of them; null if there are none. */
  readonly current: readonly Trade[] | null;
  /** The days of the hold-out, to the last candle's. */
  readonly span: DaySpan;
  readonly objectiveTotal: number;
  readonly hoursPerBar: number;
  /** Points per trade by which the candidate must be better. */
  readonly margin: number;
  /** Minimum share of resamples, 0.5-1. */
  readonly confidence: number;
  readonly seed: number;
  /** Of the one-position replay. */
  readonly limits: { readonly maxOpen?: number };
  readonly currentSawHoldout: boolean;
  /** What one purse made of the current set's trades; null without a portfolio, or without a current set. */
  readonly currentPurse?: Purse | null;
}

/** One candidate: its hold-out trades, every one, and the verdict on it. */
export interface GateCandidate {
  readonly name: CandidateName;
  readonly holdout: readonly Trade[];
  readonly verdict: Verdict;
  /** p of `permutation`; null if that test is not available. */
  readonly entryP: number | null;
  /** What one purse made of its trades, over the days of the span: then that is compared. */
  readonly purse?: Purse | null;
}

/** The trades of a set that count in a comparison, and its days. */
export function comparedDays(
  trades: readonly Trade[],
  purse: Purse | null | undefined,
  { limits, span }: Pick<GateRules, "limits" | "span">,
): { readonly taken: readonly Trade[]; readonly days: DailyPoints } {
  if (purse) return { taken: purse.trades, days: purseDays(purse, span) };
  const taken = onePosition(trades, limits);
  return { taken, days: dailyPoints(taken, span) };
}

const closedToAll = { open: false, better_share: 0, random_entries_p: null, p: 1, more_days: null } as const;

/**
 * Whether a set is clearly better than the current one and than not trading: replayed with one position per symbol, or from one purse, on the hold-out, day by day, it
 * needs enough trades and days, and must be better than both by more than the margin, in points per day and in average per trade, each in at least `confidence` of
 * resamples. A market that merely rose
 * lets a set pass that, which is why its trades must also make more than they do when entered at other times (`permutation`). Closed to any set that is neither PASSED nor
 * WARNING; its figures are given anyway. Without a current set, not trading is the only opponent.
 */
export function gateOf({ name, holdout, verdict, entryP, purse }: GateCandidate, rules: GateRules): GateResult {
  const { taken, days: own } = comparedDays(holdout, purse, rules);
  const standing = rules.current && comparedDays(rules.current, rules.currentPurse, rules);
  const current = standing ? standing.taken : null;
  const other = standing ? standing.days : null;
  const blockDays = blockDaysOf(taken, current ?? []);
  const { margin, seed } = rules;
  const compared = compareByDays({ candidate: own, current: other, blockDays, margin, seed });
  const share = leastShare(compared);
  const days = tradedDays(own);
  const isEnough = taken.length >= leastTrades && days >= leastTradedDays;
  const code = isBelievable(verdict) ? codeOf(compared, isEnough, entryP, rules.confidence) : "VERDICT";
  const metrics = (trades: readonly Trade[]) => metricsOfTaken(trades, rules.objectiveTotal, rules.hoursPerBar);
  return {
    open: code === "OPEN",
    code,
    candidate: name,
    ...(purse && {
      by: "portfolio",
      accounts: { candidate: purse.result.metrics, current: rules.currentPurse?.result.metrics ?? null },
    }),
    candidate_metrics: metrics(taken),
    current_metrics: current && metrics(current),
    against_nothing: comparison(own, null, compared.nothing),
    against_current: other && compared.current && comparison(own, other, compared.current),
    better_share: share,
    random_entries_p: entryP,
    // With this many resamples a smaller p cannot be distinguished from 0.
    p: Math.max(1 - share, 1 / (resamples + 1)),
    days: rules.span.count,
    block_days: blockDays,
    traded_days: days,
    min_trades: leastTrades,
    min_traded_days: leastTradedDays,
    more_days: isEnough ? null : moreDays(taken.length, days, rules.span.count),
    current_saw_holdout: rules.currentSawHoldout,
  };
}

/** The gate if nothing could be proposed. */
export function noGate(rules: Pick<GateRules, "span" | "currentSawHoldout">): GateResult {
  return {
    ...closedToAll,
    code: "NO_CANDIDATE",
    candidate: "none",
    candidate_metrics: null,
    current_metrics: null,
    against_nothing: null,
    against_current: null,
    days: rules.span.count,
    block_days: blockDaysOf(),
    traded_days: 0,
    min_trades: leastTrades,
    min_traded_days: leastTradedDays,
    current_saw_holdout: rules.currentSawHoldout,
  };
}

function codeOf(
  { nothing, current }: DailyComparison,
  isEnough: boolean,
  entryP: number | null,
  needed: number,
): GateCode {
  if (!isEnough) return "TOO_FEW";
  if (Math.min(nothing.per_day, nothing.per_trade) < needed) return "NOT_ABOVE_NOTHING";
  if (current && Math.min(current.per_day, current.per_trade) < needed) return "NOT_ABOVE_CURRENT";
  return entryP !== null && entryP > highestP ? "NOT_ABOVE_RANDOM_ENTRIES" : "OPEN";
}

function leastShare({ nothing, current }: DailyComparison): number {
  return Math.min(...[nothing, ...(current ? [current] : [])].flatMap((shares) => [shares.per_day, shares.per_trade]));
}

function comparison(own: DailyPoints, other: DailyPoints | null, shares: DailyComparison["nothing"]): GateComparison {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const average = (points: DailyPoints): number => {
    const trades = sum(points.counts);
    return trades === 0 ? 0 : sum(points.traded?.points ?? points.sums) / trades;
  };
  return {
    points_per_day: (sum(own.sums) - (other ? sum(other.sums) : 0)) / own.sums.length,
    points_per_trade: average(own) - (other ? average(other) : 0),
    better_per_day: shares.per_day,
    better_per_trade: shares.per_trade,
  };
}

/** Additional days until there are enough trades and traded days, at the current rate; null without any trade. */
function moreDays(trades: number, daysTraded: number, days: number): number | null {
  if (trades === 0) return null;
  const until = (found: number, needed: number): number => Math.ceil((Math.max(0, needed - found) * days) / found);
  return Math.max(until(trades, leastTrades), until(daysTraded, leastTradedDays));
}
