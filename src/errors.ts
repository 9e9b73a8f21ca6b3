import type { ErrorCode } from "./errorCodes.ts";

/** The details of an error: where it is, what was found, what was expected, and the remedy. */
export interface ErrorDetails {
  /** File, line, column, key or flag. */
  readonly where?: string;
  /** The value or the fact that broke the rule. */
  readonly found?: string;
  /** What would have been right. */
  readonly expected?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Something that a user should know about a result, but no reason to refuse it. `code` is stable: programs may depend on it. */
export interface Warning {
  /** Stable name of what is wrong; programs may compare it. */
  readonly code: string;
  /** The same in words, for people. */
  readonly message: string;
}

/** Known to every copy of Sluice in a process, and to every realm. */
const brand = Symbol.for("sluice.error");

/** Every error that Sluice throws on purpose. `code` is stable: programs may depend on it. */
export abstract class SluiceError extends Error {
  /** Tells errors of Sluice from others, also those of another copy of the package. */
  readonly [brand] = true;

  constructor(
    /** Stable name of what is wrong, one of `errorCodes`. */
    readonly code: ErrorCode,
    message: string,
    /** Where it is, what was found, what was expected, and the remedy. */
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/**
 * Whether something thrown is an error of Sluice, with a `code` of `errorCodes`: also where `instanceof` does not tell, because two copies of the package are loaded.
 */
export function isSluiceError(error: unknown): error is SluiceError {
  return typeof error === "object" && error !== null && (error as { readonly [brand]?: unknown })[brand] === true;
}

/** The user's data, config, space or parameters break a rule. */
export class InputError extends SluiceError {}

/** The work does not fit the memory that was allowed; `neededBytes` is the minimum that would be enough. */
export class CapacityError extends SluiceError {
  constructor(
    code: ErrorCode,
    message: string,
    /** The memory that would do, bytes. */
    readonly neededBytes: number,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, message, details, options);
  }
}

/** A trap in the core, or a result that two implementations disagree on: always a bug in Sluice. */
export class CoreFault extends SluiceError {}
