import type { ConfigRun } from "../../run/results.ts";
import type { Decision, DecisionReason, TypeValidation } from "../../validation/result.ts";
import { count } from "../../words/figures.ts";
import { certaintyText } from "../resampleText.ts";
import { setName } from "../setName.ts";

/** What a run decided, and on what. */
interface Decided {
  readonly decision: Readonly<Record<string, Pick<Decision, "advice" | "applied" | "reasons">>>;
  readonly phase4: { readonly types: ConfigRun["phase4"]["types"] };
  readonly saved: ConfigRun["saved"];
}

/** What was decided about a type, and why, in a few words. */
export function decisionCell(type: string, run: Decided): string {
  const decision = run.decision[type];
  if (!decision) return "-";
  if (decision.advice === "apply") {
    const whose = decision.applied === "phase3" ? "" : ` (${setName(decision.applied!)})`;
    return `${run.saved === null ? "would be applied" : "applied"}${whose}: better in ${sureText(decision.reasons)}`;
  }
  const why = keptBecause(run.phase4.types[type], decision.reasons);
  return decision.advice === "pause" ? `${why}; pause?` : why;
}

function sureText(reasons: readonly DecisionReason[]): string {
  const share = Number(reasons.find(({ code }) => code === "APPLIED")?.["better_share"] ?? 1);
  return `${Math.floor(100 * share)}%`;
}

function keptBecause(validation: TypeValidation | undefined, reasons: readonly DecisionReason[]): string {
  const first = reasons.find(({ candidate, code }) => candidate !== undefined && code !== "CURRENT_LOSES");
  if (!validation || !first) return "kept: nothing to propose";
  const share = `${Math.floor(100 * Number(first["better_share"] ?? 0))}%`;
  switch (first.code) {
    case "VERDICT":
      return `rejected: ${rejection(validation)}`;
    case "TOO_FEW":
      return `kept: only ${count(Number(first["trades"]))} trades on unseen days`;
    case "NOT_SURE_ENOUGH":
      return `kept: better in ${share}, needs ${certaintyText(Number(first["level"]))}`;
    case "NOT_ABOVE_RANDOM_ENTRIES":
      return "kept: random entries do as well";
    case "NOT_ABOVE_CURRENT":
      return `kept: better than now in ${share}`;
    default:
      return `kept: better than not trading in ${share}`;
  }
}

/** Why a verdict rules a set out. */
function rejection({ tests, verdict, gate }: TypeValidation): string {
  const failed = tests.filter(({ outcome }) => outcome === "failed").length;
  const ran = tests.filter(({ outcome }) => outcome !== "not run").length;
  if (failed > 0) return `${failed} of ${ran} tests failed`;
  const average = gate.candidate_metrics?.avg_return;
  if (average !== undefined && average <= 0) return "loses on unseen days";
  return `verdict ${verdict}`;
}
