import { InputError } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** Whether an error comes from the file system: those have a system code. */
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
    "the config could not be written and is unchanged",
    {
      where: path,
      found: quoted(cause.message, 200),
      remedy: "free disk space or fix the permissions, and run again",
    },
    { cause },
  );
}

/** A config that cannot be replaced by a rename, because it is a mount point. */
export function onlyInPlace(path: string, cause?: Error): InputError {
  return new InputError(
    "CONFIG_UNWRITABLE",
    "the config cannot be replaced: it is mounted as a single file",
    {
      where: path,
      found: cause ? quoted(cause.message, 200) : "a mount point",
      expected: "a config in a mounted folder, because a save replaces the file by a rename",
      remedy:
        "mount the folder, not the file (-v /srv/bot:/app, not -v /srv/bot/config.json:/app/config.json), or use --dry-run",
    },
    cause === undefined ? undefined : { cause },
  );
}
