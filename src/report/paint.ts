import picocolors from "picocolors";
import type { TestOutcome, Verdict } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { padEnd } from "./lines.ts";

/** Colours for a terminal; every function returns its text unchanged if colours are off. */
export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours on or off, whatever the environment says: the caller has checked it. */
export function paintFor(enabled: boolean): Paint {
  return picocolors.createColors(enabled);
}

/** For files and anything else that is not a terminal. */
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

/** A test's outcome as a coloured label. */
export function outcomeLabel(outcome: TestOutcome, paint: Paint, { details }: Texts = en): string {
  const label = padEnd(details.outcomes[outcome], 11);
  switch (outcome) {
    case "passed":
      return paint.green(label);
    case "warning":
      return paint.yellow(label);
    case "failed":
      return paint.red(label);
    case "not run":
      return paint.dim(label);
  }
}
