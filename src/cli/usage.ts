import { type ErrorDetails, SluiceError } from "../errors.ts";

/** The command line itself is wrong: an unknown verb or flag, a value that cannot be read, a flag that is missing. */
export class UsageError extends SluiceError {
  constructor(message: string, details: ErrorDetails = {}) {
    super("USAGE", message, details);
  }
}

/** A text that is no value of its flag; says what would be one. Whoever knows the flag's name turns it into an error with a place. */
export class Unreadable extends Error {
  constructor(
    readonly expected: string,
    /** What was most likely meant. */
    readonly remedy?: string,
  ) {
    super(`expected ${expected}`);
  }
}
