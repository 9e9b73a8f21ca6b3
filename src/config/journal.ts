import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { InputError } from "../errors.ts";
import { quoted } from "./quoted.ts";
import type { KeyChange } from "./savePlan.ts";

const journalSchema = v.object({
  oldSha256: v.string(),
  savedSha256: v.string(),
  previous: v.optional(v.nullable(v.string())),
  keys: v.array(
    v.object({
      path: v.pipe(v.array(v.string()), v.minLength(1)),
      old: v.nullable(v.string()),
      new: v.string(),
    }),
  ),
});

/** What a save did, kept beside its backup so that it can be undone. */
export interface Journal {
  /** SHA-256 of the file before the save, which is the backup's. */
  readonly oldSha256: string;
  /** SHA-256 of the file as saved. */
  readonly savedSha256: string;
  /** Time of the previous save's backup; null for the first. It shows whether one in between is lost. Missing in older journals. */
  readonly previous?: string | null | undefined;
  readonly keys: readonly KeyChange[];
}

/** Path of a backup's journal. */
export function journalPath(backup: string): string {
  return `${backup}.json`;
}

/** A journal's bytes. */
export function journalBytes(journal: Journal): Buffer {
  return Buffer.from(`${JSON.stringify(journal, null, 2)}\n`);
}

/** The journal of a backup. Throws InputError if there is none that can be read. */
export async function readJournal(backup: string): Promise<Journal> {
  try {
    return v.parse(journalSchema, JSON.parse(await readFile(journalPath(backup), "utf8")));
  } catch (cause) {
    throw new InputError(
      "CONFIG_JOURNAL",
      "the journal of this backup is missing or unreadable, so the save cannot be undone",
      {
        where: journalPath(backup),
        found: quoted((cause as Error).message),
        expected: "the journal that the save wrote beside the backup",
        remedy: "nothing was written; copy the backup over the config by hand",
      },
      { cause },
    );
  }
}
