import type { Verdict } from "../validation/result.ts";
import type { Outcome, RehearsedDecision, VerdictRow } from "./result.ts";

const order: readonly Verdict[] = ["PASSED", "WARNING", "UNSTABLE", "OVERFITTED", "FAILED", "SKIPPED", "HINDSIGHT"];

/** What followed each verdict that occurred, the best verdict first. */
export function verdictTable(decisions: readonly RehearsedDecision[]): VerdictRow[] {
  return order.flatMap((verdict) => {
    const met = decisions.filter((decision) => decision.verdict === verdict);
    if (met.length === 0) return [];
    return [
      {
        verdict,
        nights: met.length,
        proposed: joined(met.map(({ proposed_next }) => proposed_next)),
        current: joined(met.map(({ current_next }) => current_next)),
      },
    ];
  });
}

/** Several outcomes combined; missing ones made no trades. */
export function joined(outcomes: readonly (Outcome | null)[]): Outcome {
  let [trades, total] = [0, 0];
  for (const outcome of outcomes) {
    trades += outcome?.trades ?? 0;
    total += outcome?.total_return ?? 0;
  }
  return { trades, avg_return: trades === 0 ? 0 : total / trades, total_return: total };
}
