import {
  type ChallengeEnd,
  type ChallengerStep,
  ending,
  freezing,
  type ScoredChallenger,
  scoring,
} from "../config/ledgerChallenger.ts";
import { dateOf, type FrozenChallenger } from "../config/ledgerEntries.ts";
import { InputError } from "../errors.ts";
import { isSameSet } from "../space/same.ts";
import { isBelievable } from "../validation/believable.ts";
import type {
  CandidateResult,
  ChallengedDecision,
  ChallengerCode,
  ChallengerResult,
  DecisionReason,
  Verdict,
} from "../validation/result.ts";
import type { ChallengerBook } from "./challengerBook.ts";
import type { ChallengerDays } from "./challengerDays.ts";
import type { DecidedType } from "./decisionPhase.ts";
import { asOneSet, type Traded } from "./groups/unit.ts";
import { warnUnwritten } from "./ledgerPhase.ts";
import type { ConfigRun } from "./results.ts";
import type { Session } from "./session.ts";

/** The challengers of one config in one run, each scored on its new days. */
export interface Shadow {
  readonly book: ChallengerBook;
  readonly days: ChallengerDays;
  /** What each decision is about. */
  readonly traded: ReadonlyMap<string, Traded>;
  readonly scored: ReadonlyMap<string, ScoredChallenger>;
}

/** Scores the challengers of these types, or of types in groups, before anything is decided. Throws InputError. */
export async function shadowOf(
  book: ChallengerBook,
  days: ChallengerDays,
  traded: ReadonlyMap<string, Traded>,
): Promise<Shadow> {
  const scored = new Map<string, ScoredChallenger>();
  for (const [key, own] of traded) {
    const daysSince = (challenger: FrozenChallenger) => days.since(challenger, own);
    const found = await book.take(scoring({ type: key, current: asOneSet(own), daysSince }));
    if (found) scored.set(key, found);
  }
  return { book, days, traded, scored };
}

/** A type's decision by the gate, or the challenger's if it has won: it proved itself on days that no search had seen. */
export function withChallenger(type: string, decided: DecidedType, shadow: Shadow | null): DecidedType {
  const scored = shadow?.scored.get(type);
  if (!shadow || !scored || scored.end !== null || scored.challenger.challenge.state !== "won") return decided;
  const { challenger } = scored;
  const { decision, validation } = decided;
  const won = {
    ...reasonOf("CHALLENGER_WON", challenger),
    ...shadow.days.figures(challenger, shadow.traded.get(type)!),
  };
  const others = decision.reasons.map((reason) =>
    reason.code === "APPLIED" ? ({ ...reason, code: "CHALLENGER_FIRST" } as const) : reason,
  );
  return {
    decision: { ...decision, advice: "apply", applied: "challenger", reasons: [won, ...others] },
    params: challenger.params,
    validation: { ...validation, applied: "challenger" },
  };
}

/** What settling needs to know about a run. */
export interface Unsettled extends Pick<ConfigRun, "phase4"> {
  readonly decision: Readonly<Record<string, DecidedType["decision"]>>;
  /** Types whose new parameters are in the config. */
  readonly written: ReadonlySet<string>;
}

/**
 * Settles each type's challenger, once it is known whether the config was saved: it was applied, or withdrawn if another set was; if there is none and nothing
 * is applied, the first credible candidate becomes one. If the ledger cannot be written, saved configs stay saved.
 */
export async function settle(
  shadow: Shadow | null,
  run: Unsettled,
  session: Session,
): Promise<Record<string, ChallengedDecision>> {
  const settled: Record<string, ChallengedDecision> = {};
  for (const [type, decision] of Object.entries(run.decision))
    settled[type] = shadow
      ? await settleType(type, shadow, run, told(shadow.book, session))
      : { ...decision, challenger: null };
  return settled;
}

type Take = <T>(step: ChallengerStep<T>) => Promise<T | null>;

/** Applies steps; if one cannot be written, warns and returns null. */
function told({ path, take }: ChallengerBook, session: Session): Take {
  return (step) =>
    take(step).catch((cause: unknown) => {
      if (!(cause instanceof InputError)) throw cause;
      warnUnwritten(path, "the outcome of its challenger", session);
      return null;
    });
}

async function settleType(type: string, shadow: Shadow, run: Unsettled, take: Take): Promise<ChallengedDecision> {
  const decision = run.decision[type]!;
  const before = shadow.scored.get(type) ?? null;
  const shown = (challenger: FrozenChallenger, state: ChallengerResult["state"]) =>
    resultOf(challenger, state, shadow.book.isKept);
  if (before?.end === null) {
    const { challenger } = before;
    const { state } = challenger.challenge;
    if (!run.written.has(type)) return { ...decision, challenger: shown(challenger, state) };
    const isApplied = decision.applied === "challenger";
    await take(ending(challenger, isApplied ? "applied" : "withdrawn"));
    if (isApplied) return { ...decision, challenger: shown(challenger, state) };
    const reasons = [...decision.reasons, reasonOf("CHALLENGER_WITHDRAWN", challenger)];
    return { ...decision, reasons, challenger: shown(challenger, "withdrawn") };
  }
  const frozen = decision.applied === null ? await freezeFirst(type, shadow, run, take) : null;
  const reasons = [
    ...decision.reasons,
    ...(before ? [reasonOf(endCodes[before.end], before.challenger)] : []),
    ...(frozen ? [frozen.reason] : []),
  ];
  const ended = before && shown(before.challenger, endStates[before.end]);
  return { ...decision, reasons, challenger: frozen ? shown(frozen.challenger, "frozen") : ended };
}

/** The first credible candidate that differs from the current set and ever traded differently. */
async function freezeFirst(
  type: string,
  { days, traded }: Shadow,
  { phase4 }: Unsettled,
  take: Take,
): Promise<{ readonly challenger: FrozenChallenger; readonly reason: DecisionReason } | null> {
  const standing = traded.get(type);
  // Without opportunities there is nothing to decide.
  if (!standing) return null;
  const own = asOneSet(standing);
  for (const { candidate, suggestion, params, verdict } of phase4.types[type]!.candidates.filter(isProposed)) {
    if (!isBelievable(verdict) || (own && isSameSet({ ...own, ...params }, own))) continue;
    const known = days.known(standing, params);
    const challenger = await take(freezing({ type, params, verdict, current: own, ...known }));
    if (!challenger) continue;
    const name = { candidate, ...(suggestion !== null && { suggestion }) };
    return { challenger, reason: { ...reasonOf("CHALLENGER_FROZEN", challenger), ...name } };
  }
  return null;
}

function isProposed({ gate }: CandidateResult): boolean {
  return gate !== null;
}

const endCodes = {
  applied: "CHALLENGER_WON",
  dropped: "CHALLENGER_DROPPED",
  expired: "CHALLENGER_EXPIRED",
  withdrawn: "CHALLENGER_WITHDRAWN",
} as const satisfies Record<ChallengeEnd, ChallengerCode>;

const endStates = {
  applied: "won",
  dropped: "dropped",
  expired: "expired",
  withdrawn: "withdrawn",
} as const satisfies Record<ChallengeEnd, ChallengerResult["state"]>;

function reasonOf(code: ChallengerCode, { challenge }: FrozenChallenger): DecisionReason {
  const { days, evidence, threshold, frozenDay } = challenge;
  return {
    code,
    since: dateOf(frozenDay + 1),
    days,
    evidence_current: evidence.current.best,
    evidence_nothing: evidence.nothing.best,
    needed: threshold,
  };
}

function resultOf(
  { params, verdict, challenge }: FrozenChallenger,
  state: ChallengerResult["state"],
  recorded: boolean,
): ChallengerResult {
  const { days, evidence, threshold, frozenDay } = challenge;
  const since = dateOf(frozenDay + 1);
  return { params, verdict: verdict as Verdict, since, days, evidence, needed: threshold, state, recorded };
}
