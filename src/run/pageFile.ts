import { InputError } from "../errors.ts";
import { targetFile } from "../targetFile.ts";
import type { RunOptions } from "./request.ts";

/** The command line that a call was started by, and the language of its reader (default `en`). */
export type Asker = Pick<RunOptions, "command" | "language">;

/** Writes a report with pictures of what a call found; the caller of a run brings it, for a run does not know how a report looks. */
export type SavePage<Finished> = (path: string, finished: Finished, asker?: Asker) => Promise<void>;

/** Options of a call that may write a report with pictures. */
export interface PageOptions<Finished> {
  readonly savePage?: SavePage<Finished>;
}

/** Refuses a path at which a report could not be written later. */
export async function checkPage(path: string): Promise<void> {
  await targetFile(path).catch((cause: unknown) => {
    throw unwritablePage(path, cause);
  });
}

/** A report with pictures that cannot be written. */
export function unwritablePage(path: string, cause: unknown): InputError {
  return new InputError(
    "REPORT_UNWRITABLE",
    "the report with pictures cannot be written",
    {
      where: `--report ${path}`,
      found: (cause as Error).message,
      expected: "a file in a writable folder",
      remedy: "choose another file, free disk space or fix the permissions",
    },
    { cause },
  );
}
