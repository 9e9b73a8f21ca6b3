import { InputError } from "../errors.ts";
import { NotReplaceable, targetFile } from "../targetFile.ts";
import { escaped } from "../text.ts";
import * as files from "../wholeFile.ts";

/** Refuses a path at which no file of opportunities could be put later, before it is made. */
export async function checkReplaceable(path: string): Promise<void> {
  await targetFile(path).catch((cause: unknown) => {
    throw asUnwritable(path, cause);
  });
}

/** Writes a file of opportunities: it is whole or not there, and what stood there stays until then. */
export async function writeWhole(path: string, write: (file: files.GrowingFile) => Promise<void>): Promise<void> {
  await files.writeWhole(path, write).catch((cause: unknown) => {
    throw asUnwritable(path, cause);
  });
}

/** An error of the file system as one that tells the user what to do; any other as it is. */
export function asUnwritable(path: string, cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).syscall === undefined && !(cause instanceof NotReplaceable)) return cause;
  return new InputError(
    "TABLE_UNWRITABLE",
    "the opportunities cannot be written",
    {
      where: escaped(path),
      found: escaped((cause as Error).message),
      expected: "a file in a folder that can be written",
      remedy: "name another file, free disk space or fix the permissions",
    },
    { cause },
  );
}
