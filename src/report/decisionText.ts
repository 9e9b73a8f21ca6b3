import type { ConfigRun } from "../run/results.ts";
import type { DecisionReason, GateResult } from "../validation/result.ts";
import { count, counted, percent, share } from "../words/figures.ts";
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
export function decisionLine(type: string, decision: MaybeChallenged, paint: Paint): string[] {
  const word = { apply: paint.green, keep: paint.yellow, pause: paint.red }[decision.advice](decision.advice);
  return paragraph(`${paint.bold(type)}: `, `${paint.bold(word)}. ${capital(decisionText(decision))}`);
}

/** Why, and the state of the challenger, in a few sentences, the first of which follows a colon. */
export function decisionText(decision: MaybeChallenged): string {
  return [gateDecisionText(decision), ...challengerTexts(decision)].join(" ");
}

function gateDecisionText(decision: MaybeChallenged): string {
  const { advice, reasons, confidence } = decision;
  const passedOver = reasons.flatMap((reason) => reasonText(reason, confidence) ?? []);
  if (advice === "apply") {
    const before = passedOver.length === 0 ? "" : ` Passed over: ${passedOver.join("; ")}.`;
    if (decision.applied === "challenger") return `${wonText(decision)}${before}`;
    const applied = reasons.find(({ code }) => code === "APPLIED");
    const opponents = numberOf(applied, "opponents") === 1 ? "not trading" : "both the current set and not trading";
    return `${setName(decision.applied!, applied?.suggestion)} is better than ${opponents} in ${resampleText(numberOf(applied, "better_share"))}.${before}`;
  }
  const none =
    passedOver.length === 0 ? "no set could be proposed." : `no other set is clearly better: ${passedOver.join("; ")}.`;
  if (advice === "keep") return none;
  const loses = reasons.find(({ code }) => code === "CURRENT_LOSES");
  return (
    `the current parameters lose in ${resampleText(numberOf(loses, "losing_share"))} (${percent(numberOf(loses, "avg_return"))} ` +
    `per trade over ${counted(numberOf(loses, "trades"), "hold-out trade")}): consider pausing this type until a better set is found. Sluice does not stop the bot. ${capital(none)}`
  );
}

/** Why one candidate is not applied; null for reasons that are not about one. */
function reasonText(reason: DecisionReason, confidence: number): string | null {
  const { code, candidate } = reason;
  if (candidate === undefined || code === "APPLIED" || code === "CHALLENGER_FROZEN") return null;
  const name = setName(candidate, reason.suggestion);
  const better = numberOf(reason, "better_share");
  switch (code) {
    case "CHALLENGER_FIRST":
      return `${name} is clearly better too, and is considered again next time`;
    case "VERDICT":
      return `${name} was judged ${String(reason["verdict"])}`;
    case "TOO_FEW":
      return `${name} has ${fewText(numberOf(reason, "trades"), numberOf(reason, "traded_days"), reason["more_days"])}`;
    case "NOT_SURE_ENOUGH": {
      const decisions = numberOf(reason, "decisions");
      const look = numberOf(reason, "look");
      const why = [
        ...(look > 1 ? [`after ${counted(look - 1, "earlier look")} at the same days`] : []),
        ...(decisions > 1 ? [`as one of ${count(decisions)} simultaneous decisions`] : []),
      ].join(", ");
      // Where nothing is left to spend, no share would be enough.
      if (numberOf(reason, "level") === 0)
        return `${name} is better in ${resampleText(better)}, but ${counted(look - 1, "earlier look")} at the same days left no doubt to spend: only new days can decide`;
      const found = better >= 1 ? resampleText(better) : `${certaintyText(1 - better)} of resamples`;
      return `${name} is better in ${found}, needed ${certaintyText(numberOf(reason, "level"))}${why === "" ? "" : ` ${why}`}`;
    }
    case "NOT_ABOVE_RANDOM_ENTRIES":
      return `${name} is no better than the same trades entered at random times (permutation p ${numberOf(reason, "random_entries_p").toFixed(2)})`;
    default:
      return `${name} is better than ${opponent(code)} in ${resampleText(better)}, needed ${share(confidence)}`;
  }
}

/** Why the gate is open or closed to the set that was proposed first. */
export function gateText(gate: GateResult): string {
  const { code, candidate_metrics: own, current_metrics: current, better_share } = gate;
  const trades = own?.n ?? 0;
  const figures = `${percent(own?.avg_return ?? 0)} per trade${current ? ` against ${percent(current.avg_return)}` : ""}, ${percent(gate.against_nothing?.points_per_day ?? 0)} per day over ${counted(gate.days, "day")}`;
  switch (code) {
    case "OPEN":
      return `clearly better, day by day, in ${resampleText(better_share)}: ${figures}`;
    case "NO_CANDIDATE":
      return "nothing was proposed";
    case "VERDICT":
      return `the verdict rules it out; on the hold-out: ${figures}`;
    case "TOO_FEW":
      return `the set has ${fewText(trades, gate.traded_days, gate.more_days)}; so far ${figures}`;
    case "NOT_ABOVE_RANDOM_ENTRIES":
      return `the same trades entered at random times do as well (permutation p ${(gate.random_entries_p ?? 1).toFixed(2)}): ${figures}`;
    default:
      return `better than ${opponent(code)} in only ${resampleText(better_share)}: ${figures}`;
  }
}

function opponent(code: string): string {
  return code === "NOT_ABOVE_CURRENT" ? "the current set" : "not trading";
}

function fewText(trades: number, days: number, moreDays: unknown): string {
  const enough =
    typeof moreDays === "number" ? `about ${counted(moreDays, "more day", "more days")} would be enough` : "";
  return `${counted(trades, "trade")} on ${counted(days, "day")} of the hold-out, needed 30 on 15${enough === "" ? "" : ` (${enough})`}`;
}

function numberOf(reason: DecisionReason | undefined, key: string): number {
  const value = reason?.[key];
  return typeof value === "number" ? value : 0;
}
