import { InputError } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** Whether the system refused a file operation; such an error has a code, ours have a rule. */
export function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof InputError) && /^E[A-Z0-9]+$/.test(codeOf(error));
}

function codeOf(error: Error): string {
  return String((error as NodeJS.ErrnoException).code);
}

/** A config that cannot be read, and why. */
export function unreadable(path: string, cause: Error): InputError {
  return new InputError(
    "CONFIG_UNREADABLE",
    "the config cannot be read",
    { where: path, found: quoted(cause.message, 200), remedy: "check the path and its permissions" },
    { cause },
  );
}

/** A config that could not be written, and why. */
export function unwritable(path: string, cause: Error): InputError {
  if (/^(EBUSY|EXDEV)$/.test(codeOf(cause))) return onlyInPlace(path, cause);
  return new InputError(
    "CONFIG_UNWRITABLE",
    "the config could not be written; it is as it was",
    {
      where: path,
      found: quoted(cause.message, 200),
      remedy: "free disk space or fix the permissions, and run again",
    },
    { cause },
  );
}

/** A config that no other file can replace, because something is mounted on it. */
export function onlyInPlace(path: string, cause?: Error): InputError {
  return new InputError(
    "CONFIG_UNWRITABLE",
    "a save replaces the config by a rename, and this file can only be written in place",
    {
      where: path,
      found: cause ? quoted(cause.message, 200) : "a single file that is mounted by itself",
      expected: "a config in a folder that is mounted as a whole",
      remedy:
        "mount the folder, not the file (-v /srv/bot:/app, not -v /srv/bot/config.json:/app/config.json), or use --dry-run",
    },
    cause === undefined ? undefined : { cause },
  );
}
