import { InputError } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** Whether the system refused a file operation; such an error has a code, ours have a rule. */
export function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof InputError) && /^E[A-Z0-9]+$/.test(codeOf(error));
}

function codeOf(error: Error): string {
  return String((error as NodeJS.ErrnoException).code);
}

export function unreadable(path: string, cause: Error): InputError {
  return new InputError(
    "CONFIG_UNREADABLE",
    "the config cannot be read",
    { where: path, found: quoted(cause.message, 200), remedy: "check the path and its permissions" },
    { cause },
  );
}

export function unwritable(path: string, cause: Error): InputError {
  return new InputError(
    "CONFIG_UNWRITABLE",
    "the config could not be written; it is as it was",
    {
      where: path,
      found: quoted(cause.message, 200),
      remedy: "free disk space or mend the permissions, and run again",
    },
    { cause },
  );
}
