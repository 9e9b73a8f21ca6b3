import type { ChallengedDecision, ChallengerResult, Decision, DecisionReason } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { capital, setName } from "./setName.ts";

/** A decision, of a run that may have a challenger or of `validate`, which has none. */
export type MaybeChallenged = Decision & Partial<Pick<ChallengedDecision, "challenger">>;

/** Why the challenger is applied, in one sentence that follows a colon. */
export function wonText({ reasons }: Decision, texts: Texts = en): string {
  const won = reasons.find(({ code }) => code === "CHALLENGER_WON");
  const figure = (key: string): number => Number(won?.[key] ?? 0);
  const since = dayText(String(won?.["since"]), texts);
  const [current, nothing] = [whole(figure("evidence_current")), whole(figure("evidence_nothing"))];
  return texts.reasoning.challenger.won(since, figure("days"), current, nothing, Math.ceil(figure("needed")));
}

/** What happened to a challenger, and the state of the current one; one sentence each. */
export function challengerTexts({ reasons, challenger, applied }: MaybeChallenged, texts: Texts = en): string[] {
  const ended = reasons.flatMap((reason) => endedText(reason, texts) ?? []);
  if (!challenger || applied === "challenger") return ended;
  return [...ended, ...(standingText(challenger, reasons, texts) ?? [])];
}

function endedText({ code, since, days }: DecisionReason, texts: Texts): string | null {
  const { challenger: words } = texts.reasoning;
  const ended = {
    CHALLENGER_DROPPED: words.dropped,
    CHALLENGER_EXPIRED: words.expired,
    CHALLENGER_WITHDRAWN: words.withdrawn,
  }[code as string];
  return ended ? ended(dayText(String(since), texts), Number(days)) : null;
}

/** `Challenger since 3 Nov: 23 days, evidence 8 of 33.` */
function standingText(
  { state, since, days, evidence, needed, recorded }: ChallengerResult,
  reasons: readonly DecisionReason[],
  texts: Texts,
): string[] | null {
  const { challenger: words } = texts.reasoning;
  const { current, nothing } = evidence;
  const takes = Math.ceil(needed);
  if (state === "frozen") {
    const { candidate, suggestion } = reasons.find(({ code }) => code === "CHALLENGER_FROZEN")!;
    const name = capital(setName(candidate!, suggestion, texts));
    return [(recorded ? words.is : words.wouldBe)(name, dayText(since, texts), takes)];
  }
  if (state === "running" || state === "won")
    return [words.standing(dayText(since, texts), days, whole(Math.min(current.best, nothing.best)), takes)];
  return null;
}

/** A date within the last months: `3 Nov`. */
function dayText(day: string, { dates }: Texts): string {
  const [year, month, date] = day.split("-").map(Number);
  return dates.dayOfYear({ year: year!, month: month! - 1, date: date! });
}

/** Rounded down, so that it never looks sufficient when it is not. */
function whole(evidence: number): string {
  return String(Math.floor(evidence));
}
