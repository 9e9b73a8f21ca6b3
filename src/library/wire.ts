import type { ErrorCode } from "../errorCodes.ts";
import { CapacityError, CoreFault, InputError, SluiceError } from "../errors.ts";
import { AbortedError } from "../run/session.ts";

/** An error on its way between threads: cloning would lose its class. */
export interface PackedError {
  readonly kind: "input" | "capacity" | "fault" | "aborted" | "other";
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: SluiceError["details"];
  readonly neededBytes: number;
  /** Configs that an aborted run had saved. */
  readonly saved: readonly string[];
  readonly stack: string | undefined;
  readonly cause: string | undefined;
}

export function packError(error: unknown): PackedError {
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return {
    kind: kindOf(error),
    code: error instanceof SluiceError ? error.code : "INTERNAL",
    message,
    details: error instanceof SluiceError ? error.details : {},
    neededBytes: error instanceof CapacityError ? error.neededBytes : 0,
    saved: error instanceof AbortedError ? error.saved : [],
    stack,
    cause: cause instanceof Error ? cause.message : undefined,
  };
}

function kindOf(error: unknown): PackedError["kind"] {
  if (error instanceof InputError) return "input";
  if (error instanceof CapacityError) return "capacity";
  if (error instanceof CoreFault) return "fault";
  return error instanceof AbortedError ? "aborted" : "other";
}

/** The error as it was thrown, with the stack of the thread that threw it. */
export function unpackError(packed: PackedError): Error {
  const error = made(packed);
  if (packed.stack !== undefined) error.stack = packed.stack;
  return error;
}

function made({ kind, code, message, details, neededBytes, saved, cause }: PackedError): Error {
  const options = cause === undefined ? undefined : { cause: new Error(cause) };
  switch (kind) {
    case "input":
      return new InputError(code, message, details, options);
    case "capacity":
      return new CapacityError(code, message, neededBytes, details);
    case "fault":
      return new CoreFault(code, message, details, options);
    case "aborted":
      return new AbortedError(saved);
    case "other":
      return new Error(message, options);
  }
}
