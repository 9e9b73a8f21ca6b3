import type { TypeValidation } from "../validation/result.ts";
import type { Phase2Type } from "./results.ts";

/** What the bot can read about a run: phase 2's learning by type, with its verdict. */
export function learningOf(
  reports: Readonly<Record<string, Phase2Type>>,
  verdicts: Readonly<Record<string, Pick<TypeValidation, "verdict" | "applied">>>,
  nowMs: number,
): Record<string, unknown> {
  const types = Object.entries(reports).map(([type, { weights, params, metrics, baseline, learned }]) => {
    const { verdict = null, applied = null } = verdicts[type] ?? {};
    return [type, { weights, params, metrics, baseline, learned, verdict, applied }];
  });
  return { timestamp: new Date(nowMs).toISOString(), types: Object.fromEntries(types) };
}
