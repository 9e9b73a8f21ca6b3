import type { ConfigRun } from "../../run/results.ts";
import type { Decision, DecisionReason, TypeValidation } from "../../validation/result.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { certaintyText } from "../resampleText.ts";
import { setName } from "../setName.ts";

/** What a run decided, and on what. */
interface Decided {
  readonly decision: Readonly<Record<string, Pick<Decision, "advice" | "applied" | "reasons">>>;
  readonly phase4: { readonly types: ConfigRun["phase4"]["types"] };
  readonly saved: ConfigRun["saved"];
}

/** What was decided about a type, and why, in a few words. */
export function decisionCell(type: string, run: Decided, texts: Texts = en): string {
  const decision = run.decision[type];
  if (!decision) return "-";
  const { applied, wouldBeApplied, set, paused } = texts.decision;
  if (decision.advice === "apply") {
    const whose = decision.applied === "phase3" ? "" : set(setName(decision.applied!, null, texts));
    return (run.saved === null ? wouldBeApplied : applied)(whose, sureText(decision.reasons));
  }
  const why = keptBecause(run.phase4.types[type], decision.reasons, texts);
  return decision.advice === "pause" ? paused(why) : why;
}

function sureText(reasons: readonly DecisionReason[]): string {
  const share = Number(reasons.find(({ code }) => code === "APPLIED")?.["better_share"] ?? 1);
  return `${Math.floor(100 * share)}%`;
}

function keptBecause(validation: TypeValidation | undefined, reasons: readonly DecisionReason[], texts: Texts): string {
  const words = texts.decision;
  const first = reasons.find(({ candidate, code }) => candidate !== undefined && code !== "CURRENT_LOSES");
  if (!validation || !first) return words.nothing;
  if (first.code !== "VERDICT" && isCurrentAgain(validation, first)) return words.sameAsNow;
  const share = `${Math.floor(100 * Number(first["better_share"] ?? 0))}%`;
  switch (first.code) {
    case "VERDICT":
      return words.rejected(rejection(validation, texts));
    case "TOO_FEW":
      return words.tooFew(Number(first["trades"]));
    case "NOT_SURE_ENOUGH":
      // Where nothing is left to spend, no share would be enough.
      return first["level"] === 0 ? words.looksSpent : words.notSure(share, certaintyText(Number(first["level"])));
    case "NOT_ABOVE_RANDOM_ENTRIES":
      return words.randomEntries;
    case "NOT_ABOVE_CURRENT":
      return words.notAboveCurrent(share);
    default:
      return words.notAboveNothing(share);
  }
}

/** Whether a candidate has the current set's parameters: comparing the two would say nothing. */
function isCurrentAgain({ candidates }: TypeValidation, { candidate, suggestion }: DecisionReason): boolean {
  const textOf = (name: string | undefined, which: number | null): string | undefined => {
    const found = candidates.find((each) => each.candidate === name && each.suggestion === which);
    return found && JSON.stringify(Object.entries(found.params).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const own = textOf(candidate, suggestion ?? null);
  return own !== undefined && own === textOf("current", null);
}

/** Why a verdict rules a set out. */
function rejection({ tests, verdict, gate }: TypeValidation, { decision }: Texts): string {
  const failed = tests.filter(({ outcome }) => outcome === "failed").length;
  const ran = tests.filter(({ outcome }) => outcome !== "not run").length;
  if (failed > 0) return decision.testsFailed(failed, ran);
  const average = gate.candidate_metrics?.avg_return;
  return average !== undefined && average <= 0 ? decision.loses : decision.verdict(verdict);
}
