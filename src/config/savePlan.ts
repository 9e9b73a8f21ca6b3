import { InputError } from "../errors.ts";
import { quoted, quotedValue } from "./quoted.ts";
import type { Edit } from "./splice.ts";

/** One key as the save changes it: raw texts; `old` is null if the key was missing. */
export interface KeyChange {
  readonly path: readonly string[];
  readonly old: string | null;
  readonly new: string;
}

/** The edits of a save, and their meaning. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly keys: readonly KeyChange[];
}

/** The error for a key that another program changed since the run read it. */
export function conflict(where: string, path: string, theirs: unknown, ours: unknown): InputError {
  return new InputError(
    "CONFIG_CONFLICT",
    "a key that this run would change was changed by another program meanwhile",
    {
      where: `${where}, ${quoted(path)}`,
      found: `now ${quotedValue(theirs)}`,
      expected: `the value that the run read, to be replaced with ${quotedValue(ours)}`,
      remedy: "nothing was written; run again to use the changed config",
    },
  );
}
