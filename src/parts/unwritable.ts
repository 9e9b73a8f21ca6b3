import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";

/** A job's folder that refuses a file. */
export function unwritable(where: string, cause: Error): InputError {
  return new InputError(
    "JOB_UNWRITABLE",
    "a file of the job could not be written",
    {
      where: escaped(where),
      found: escaped(cause.message),
      expected: "a folder that can be written, with room for the inputs and the parts",
      remedy: "free disk space or check the permissions, then run the same command again",
    },
    { cause },
  );
}
