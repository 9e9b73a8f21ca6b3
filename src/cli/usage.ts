import { type ErrorDetails, SluiceError } from "../errors.ts";

/** The command line itself is wrong: an unknown verb or flag, an invalid value, a missing flag. */
export class UsageError extends SluiceError {
  constructor(message: string, details: ErrorDetails = {}) {
    super("USAGE", message, details);
  }
}

/** A text that is not a valid value of its flag, and what would be. The caller, who knows the flag's name, turns it into an error with a place. */
export class Unreadable extends Error {
  constructor(
    readonly expected: string,
    /** The most likely intention. */
    readonly remedy?: string,
  ) {
    super(`expected ${expected}`);
  }
}
