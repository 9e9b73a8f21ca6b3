import type { ConfigRun } from "../run/results.ts";
import type { DecisionReason, GateResult } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { percent, share } from "../words/figures.ts";
import { challengerTexts, type MaybeChallenged, wonText } from "./challengerText.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { certaintyText, resampleText } from "./resampleText.ts";
import { capital, setName } from "./setName.ts";

/** The decisions on all types of a run; types that should pause come first. */
export function byUrgency(run: Pick<ConfigRun, "decision">): [type: string, MaybeChallenged][] {
  const types = Object.entries(run.decision);
  const isPause = ([, { advice }]: (typeof types)[number]): boolean => advice === "pause";
  return [...types.filter(isPause), ...types.filter((one) => !isPause(one))];
}

/** `scalping: keep. No other set is clearly better: ...`, within the width. */
export function decisionLine(type: string, decision: MaybeChallenged, paint: Paint, texts: Texts = en): string[] {
  const { reasoning: words } = texts;
  const { advice } = decision;
  const word = { apply: paint.green, keep: paint.yellow, pause: paint.red }[advice](words.advice[advice]);
  const why = capital(decisionText(decision, texts));
  return paragraph(words.advised(paint.bold(type)), words.adviceAnd(paint.bold(word), why));
}

/** Why, and the state of the challenger, in a few sentences, the first of which follows a colon. */
export function decisionText(decision: MaybeChallenged, texts: Texts = en): string {
  return [gateDecisionText(decision, texts), ...challengerTexts(decision, texts)].join(texts.reasoning.space);
}

function gateDecisionText(decision: MaybeChallenged, texts: Texts): string {
  const { reasoning: words } = texts;
  const { advice, reasons, confidence } = decision;
  const passedOver = reasons.flatMap((reason) => reasonText(reason, confidence, texts) ?? []).join(texts.and);
  if (advice === "apply") {
    const before = passedOver === "" ? "" : words.passedOver(passedOver);
    if (decision.applied === "challenger") return wonText(decision, texts) + before;
    const applied = reasons.find(({ code }) => code === "APPLIED");
    const opponents = numberOf(applied, "opponents") === 1 ? words.notTrading : words.both;
    const set = setName(decision.applied!, applied?.suggestion, texts);
    return words.better(set, opponents, resampleText(numberOf(applied, "better_share"), texts)) + before;
  }
  const none = passedOver === "" ? words.noneProposed : words.noneBetter(passedOver);
  if (advice === "keep") return none;
  const loses = reasons.find(({ code }) => code === "CURRENT_LOSES");
  const found = resampleText(numberOf(loses, "losing_share"), texts);
  const lost = words.loses(found, numberOf(loses, "avg_return"), numberOf(loses, "trades"));
  return [lost, capital(none)].join(words.space);
}

/** Why one candidate is not applied; null for reasons that are not about one. */
function reasonText(reason: DecisionReason, confidence: number, texts: Texts): string | null {
  const { reasoning: words } = texts;
  const { code, candidate } = reason;
  if (candidate === undefined || code === "APPLIED" || code === "CHALLENGER_FROZEN") return null;
  const name = setName(candidate, reason.suggestion, texts);
  const better = numberOf(reason, "better_share");
  switch (code) {
    case "CHALLENGER_FIRST":
      return words.betterToo(name);
    case "VERDICT":
      return words.judged(name, String(reason["verdict"]));
    case "TOO_FEW":
      return words.has(
        name,
        fewText(numberOf(reason, "trades"), numberOf(reason, "traded_days"), reason["more_days"], words),
      );
    case "NOT_SURE_ENOUGH": {
      const decisions = numberOf(reason, "decisions");
      const look = numberOf(reason, "look");
      const why = [
        ...(look > 1 ? [words.earlierLooks(look - 1)] : []),
        ...(decisions > 1 ? [words.oneOf(decisions)] : []),
      ].join(texts.comma);
      // Where nothing is left to spend, no share would be enough.
      if (numberOf(reason, "level") === 0) return words.looksSpent(name, resampleText(better, texts), look - 1);
      const found = better >= 1 ? resampleText(better, texts) : words.resamples.some(certaintyText(1 - better));
      const needed = certaintyText(numberOf(reason, "level"));
      return why === "" ? words.notSure(name, found, needed) : words.notSureBecause(name, found, needed, why);
    }
    case "NOT_ABOVE_RANDOM_ENTRIES":
      return words.likeRandom(name, numberOf(reason, "random_entries_p").toFixed(2));
    default:
      return words.notAbove(name, opponent(code, words), resampleText(better, texts), share(confidence));
  }
}

/** Why the gate is open or closed to the set that was proposed first. */
export function gateText(gate: GateResult, texts: Texts = en): string {
  const { reasoning } = texts;
  const { gate: words } = reasoning;
  const { code, candidate_metrics: own, current_metrics: current, better_share } = gate;
  const trades = own?.n ?? 0;
  const average = percent(own?.avg_return ?? 0);
  const perDay = percent(gate.against_nothing?.points_per_day ?? 0);
  const figures = gate.accounts
    ? purseFigures(gate.accounts, perDay, gate.days, texts)
    : current
      ? words.figuresAgainst(average, percent(current.avg_return), perDay, gate.days)
      : words.figures(average, perDay, gate.days);
  switch (code) {
    case "OPEN":
      return words.better(resampleText(better_share, texts), figures);
    case "NO_CANDIDATE":
      return words.nothing;
    case "VERDICT":
      return words.verdict(figures);
    case "TOO_FEW":
      return words.few(fewText(trades, gate.traded_days, gate.more_days, reasoning), figures);
    case "NOT_ABOVE_RANDOM_ENTRIES":
      return words.likeRandom((gate.random_entries_p ?? 1).toFixed(2), figures);
    default:
      return words.onlyIn(opponent(code, reasoning), resampleText(better_share, texts), figures);
  }
}

function purseFigures(
  { candidate, current }: NonNullable<GateResult["accounts"]>,
  perDay: string,
  days: number,
  { portfolio: words }: Texts,
): string {
  const own = percent(candidate.total_return);
  return current
    ? words.gateFiguresAgainst(own, percent(current.total_return), perDay, days)
    : words.gateFigures(own, perDay, days);
}

type Words = Texts["reasoning"];

function opponent(code: string, words: Words): string {
  return code === "NOT_ABOVE_CURRENT" ? words.currentSet : words.notTrading;
}

function fewText(trades: number, days: number, moreDays: unknown, words: Words): string {
  return typeof moreDays === "number" ? words.fewMore(trades, days, moreDays) : words.few(trades, days);
}

function numberOf(reason: DecisionReason | undefined, key: string): number {
  const value = reason?.[key];
  return typeof value === "number" ? value : 0;
}
