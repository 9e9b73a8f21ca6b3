import { compareByDays } from "./dailyBootstrap.ts";
import { blockDaysOf, dailyPoints, tradedDays } from "./days.ts";
import { comparedDays, type GateRules, leastTradedDays, leastTrades } from "./gate.ts";
import { holmLevels } from "./holm.ts";
import type { CandidateResult, Decision, DecisionReason, GateResult } from "./result.ts";

/** How the current parameters do on the hold-out, one position per symbol. */
export interface CurrentStanding {
  readonly trades: number;
  readonly traded_days: number;
  /** Points. */
  readonly avg_return: number;
  /** Share of resamples of days in which they lose. */
  readonly losing_share: number;
}

/** Share of losing resamples from which the advice is to pause. */
const pausingShare = 0.9;

/** The current parameters compared with not trading; null without them. */
export function standingOf(rules: GateRules): CurrentStanding | null {
  if (!rules.current) return null;
  const { taken, days: points } = comparedDays(rules.current, rules.currentPurse, rules);
  const { currentLoses } = compareByDays({
    candidate: dailyPoints([], rules.span),
    current: points,
    blockDays: blockDaysOf(taken),
    margin: 0,
    seed: rules.seed,
  });
  const total = (points.traded?.points ?? points.sums).reduce((sum, value) => sum + value, 0);
  return {
    trades: taken.length,
    traded_days: tradedDays(points),
    avg_return: taken.length === 0 ? 0 : total / taken.length,
    losing_share: currentLoses,
  };
}

/** What is known about one type of one config at its decision. */
export interface Undecided {
  /** In the order in which they may be applied; the current set is not among them. */
  readonly candidates: readonly (Pick<CandidateResult, "candidate" | "suggestion" | "verdict"> & {
    readonly gate: GateResult;
  })[];
  readonly standing: CurrentStanding | null;
  /** What the ledger lets this decision spend; null without a ledger, when the hold-out counts as never looked at. */
  readonly spending: Spending | null;
}

/** What one more look at a hold-out may spend of the doubt that all looks share. */
export interface Spending {
  /** Number of this look, from 1. */
  readonly look: number;
  /** Doubt, 0-1: a p above it changes nothing. */
  readonly level: number;
}

/** A decision, and the index of the applied candidate; null if none is. */
export interface Decided {
  readonly decision: Decision;
  readonly applied: number | null;
}

/**
 * Decides on all types of all configs of one run together. For each, the first candidate whose gate is open is applied, if its p also
 * reaches the level that Holm's step-down requires for that many decisions at once. If a look may spend less than the whole doubt, its p is scaled up accordingly
 * (p stays valid, so Holm's bound holds). If none is applied and the current set clearly loses, the advice is to pause; nothing acts on it.
 */
export function decideAll(all: readonly Undecided[], confidence: number): Decided[] {
  const doubt = 1 - confidence;
  const shareOf = ({ spending }: Undecided): number => (spending === null ? 1 : Math.min(1, spending.level / doubt));
  const pOf = (one: Undecided): number => {
    const least = one.candidates.reduce((p, { gate }) => (gate.open ? Math.min(p, gate.p) : p), 1);
    return shareOf(one) === 0 ? 1 : Math.min(1, least / shareOf(one));
  };
  const levels = holmLevels(all.map(pOf), doubt);
  return all.map((one, k) => {
    const isRejected = levels[k]!.isRejected;
    const level = levels[k]!.level * shareOf(one);
    const applied = isRejected ? one.candidates.findIndex(({ gate }) => gate.open && gate.p <= level + 1e-12) : -1;
    const reasons = reasonsOf(one, applied, { level, decisions: all.length });
    const surelyLoses = isSurelyLosing(one.standing);
    if (surelyLoses) reasons.push({ code: "CURRENT_LOSES", ...one.standing! });
    const decision: Decision = {
      advice: applied >= 0 ? "apply" : surelyLoses ? "pause" : "keep",
      applied: applied >= 0 ? (one.candidates[applied]!.candidate as Decision["applied"]) : null,
      reasons,
      confidence,
    };
    return { decision, applied: applied >= 0 ? applied : null };
  });
}

/** Loses in nine of ten resamples, with enough trades and days for that to be meaningful. */
function isSurelyLosing(standing: CurrentStanding | null): boolean {
  return (
    standing !== null &&
    standing.trades >= leastTrades &&
    standing.traded_days >= leastTradedDays &&
    standing.losing_share >= pausingShare
  );
}

/** Why each candidate up to the applied one was passed over or applied. */
function reasonsOf(
  { candidates, spending }: Undecided,
  applied: number,
  holm: { readonly level: number; readonly decisions: number },
): DecisionReason[] {
  if (candidates.length === 0) return [{ code: "NO_CANDIDATE" }];
  return candidates
    .slice(0, applied >= 0 ? applied + 1 : candidates.length)
    .map(({ candidate: name, suggestion, verdict, gate }, k) => {
      const candidate = { candidate: name, ...(suggestion !== null && { suggestion }) };
      const { code, better_share, random_entries_p, p, more_days, traded_days } = gate;
      const trades = gate.candidate_metrics?.n ?? 0;
      if (code === "VERDICT") return { code, ...candidate, verdict };
      if (code === "TOO_FEW") return { code, ...candidate, trades, traded_days, more_days };
      if (code === "NOT_ABOVE_RANDOM_ENTRIES") return { code, ...candidate, random_entries_p };
      if (code !== "OPEN") return { code, ...candidate, better_share };
      return k === applied
        ? { code: "APPLIED", ...candidate, better_share, opponents: gate.against_current ? 2 : 1 }
        : {
            code: "NOT_SURE_ENOUGH",
            ...candidate,
            ...{ better_share, p, level: holm.level, decisions: holm.decisions, look: spending?.look ?? null },
          };
    });
}
