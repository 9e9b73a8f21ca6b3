import type { Verdict } from "./result.ts";

/** Whether a verdict lets `--strict` pass: PASSED or WARNING. */
export function isBelievable(verdict: Verdict): boolean {
  return verdict === "PASSED" || verdict === "WARNING";
}
