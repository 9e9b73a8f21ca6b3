import type { ChallengedDecision, ChallengerResult, Decision, DecisionReason } from "../validation/result.ts";
import { counted } from "../words/figures.ts";
import { capital, setName } from "./setName.ts";

/** A decision, of a run that may have a challenger or of `validate`, which has none. */
export type MaybeChallenged = Decision & Partial<Pick<ChallengedDecision, "challenger">>;

/** Why the challenger is applied, in one sentence that follows a colon. */
export function wonText({ reasons }: Decision): string {
  const won = reasons.find(({ code }) => code === "CHALLENGER_WON");
  const figure = (key: string): number => Number(won?.[key] ?? 0);
  return (
    `the challenger since ${dayText(String(won?.["since"]))} is better than the current set and than not trading, on ${counted(figure("days"), "day")} ` +
    `that no search had seen: evidence ${whole(figure("evidence_current"))} and ${whole(figure("evidence_nothing"))}, needed ${Math.ceil(figure("needed"))}.`
  );
}

/** What happened to a challenger, and the state of the current one; one sentence each. */
export function challengerTexts({ reasons, challenger, applied }: MaybeChallenged): string[] {
  const ended = reasons.flatMap((reason) => endedText(reason) ?? []);
  if (!challenger || applied === "challenger") return ended;
  return [...ended, ...(standingText(challenger, reasons) ?? [])];
}

function endedText({ code, since, days }: DecisionReason): string[] | null {
  const after = (what: string): string[] => [
    `The challenger since ${dayText(String(since))} ${what} after ${counted(Number(days), "day")}`,
  ];
  switch (code) {
    case "CHALLENGER_DROPPED":
      return after("is dropped").map((text) => `${text}: it does not look better.`);
    case "CHALLENGER_EXPIRED":
      return after("is dropped").map((text) => `${text} without enough evidence.`);
    case "CHALLENGER_WITHDRAWN":
      return after("is withdrawn").map(
        (text) => `${text}: its opponent's parameters have changed, or the opportunities lack a feature it filters by.`,
      );
    default:
      return null;
  }
}

/** `Challenger since 3 Nov: 23 days, evidence 8 of 33.` */
function standingText(
  { state, since, days, evidence, needed, recorded }: ChallengerResult,
  reasons: readonly DecisionReason[],
): string[] | null {
  const { current, nothing } = evidence;
  const takes = Math.ceil(needed);
  if (state === "frozen") {
    const { candidate, suggestion } = reasons.find(({ code }) => code === "CHALLENGER_FROZEN")!;
    const name = setName(candidate!, suggestion);
    return [
      `${capital(name)} ${recorded ? "is" : "would become"} the challenger from ${dayText(since)} on; it needs evidence of ${takes}.`,
    ];
  }
  if (state === "running" || state === "won")
    return [
      `Challenger since ${dayText(since)}: ${counted(days, "day")}, evidence ${whole(Math.min(current.best, nothing.best))} of ${takes}.`,
    ];
  return null;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date within the last months: `3 Nov`. */
function dayText(date: string): string {
  const [, month, day] = date.split("-").map(Number);
  return `${day} ${months[month! - 1]}`;
}

/** Rounded down, so that it never looks sufficient when it is not. */
function whole(evidence: number): string {
  return String(Math.floor(evidence));
}
