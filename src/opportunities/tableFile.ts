import { InputError } from "../errors.ts";
import { NotReplaceable, targetFile } from "../targetFile.ts";
import { escaped } from "../text.ts";
import * as files from "../wholeFile.ts";

/** Refuses, before any work, a path that could not be written later. */
export async function checkReplaceable(path: string): Promise<void> {
  await targetFile(path).catch((cause: unknown) => {
    throw asUnwritable(path, cause);
  });
}

/** Writes a file of opportunities atomically: it is complete or missing, and the old file stays until then. */
export async function writeWhole(path: string, write: (file: files.GrowingFile) => Promise<void>): Promise<void> {
  await files.writeWhole(path, write).catch((cause: unknown) => {
    throw asUnwritable(path, cause);
  });
}

/** A file system error as an InputError with a remedy; any other error unchanged. */
export function asUnwritable(path: string, cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).syscall === undefined && !(cause instanceof NotReplaceable)) return cause;
  return new InputError(
    "TABLE_UNWRITABLE",
    "the opportunities file cannot be written",
    {
      where: escaped(path),
      found: escaped((cause as Error).message),
      expected: "a file in a writable folder",
      remedy: "choose another file, free disk space or fix the permissions",
    },
    { cause },
  );
}
