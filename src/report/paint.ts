import picocolors from "picocolors";
import type { TestOutcome, Verdict } from "../validation/result.ts";

/** Colours for a terminal; every function returns its text unchanged where colours are off. */
export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours on or off, whatever the environment says: who calls has looked at it. */
export function paintFor(enabled: boolean): Paint {
  return picocolors.createColors(enabled);
}

/** For files and for anything that is not a terminal. */
export const plainPaint: Paint = paintFor(false);

/** A verdict as a coloured word. */
export function verdictWord(verdict: Verdict, paint: Paint): string {
  switch (verdict) {
    case "PASSED":
      return paint.green(verdict);
    case "WARNING":
      return paint.yellow(verdict);
    case "SKIPPED":
      return paint.dim(verdict);
    case "HINDSIGHT":
      return paint.magenta(verdict);
    default:
      return paint.red(verdict);
  }
}

/** A test's outcome as a coloured word, padded so that what follows lines up. */
export function outcomeWord(outcome: TestOutcome, paint: Paint): string {
  const word = outcome.padEnd(7);
  switch (outcome) {
    case "passed":
      return paint.green(word);
    case "warning":
      return paint.yellow(word);
    case "failed":
      return paint.red(word);
    case "not run":
      return paint.dim(word);
  }
}
