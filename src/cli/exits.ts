import { CapacityError, InputError } from "../errors.ts";
import { isBelievable } from "../validation/believable.ts";
import type { Verdict } from "../validation/result.ts";
import { UsageError } from "./usage.ts";

/** What the exit codes mean; programs depend on them. */
export const exitCodes = {
  done: 0,
  internalFailure: 1,
  usage: 2,
  badInput: 3,
  capacity: 4,
  verdict: 5,
  interrupted: 130,
} as const;

/** The exit code that an error asks for. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof InputError) return exitCodes.badInput;
  if (error instanceof CapacityError) return exitCodes.capacity;
  return exitCodes.internalFailure;
}

/** Exit code under `--strict`: 5 unless every verdict is PASSED or WARNING. */
export function strictExit(strict: boolean | undefined, verdicts: readonly Verdict[]): number {
  return strict && !verdicts.every(isBelievable) ? exitCodes.verdict : exitCodes.done;
}
