import { createHash } from "node:crypto";
import { backupsOf } from "./backups.ts";
import { parseJson } from "./comments.ts";
import { compare, entryOf } from "./diff.ts";
import type { KeyChange } from "./edits.ts";
import { readJournal } from "./journal.ts";
import type { DiffEntry } from "./result.ts";
import { missingBetween, type Step } from "./saveChain.ts";
import { chunksOf, withSource } from "./source.ts";

/** A save that a rollback can go back over. */
export interface ListedBackup {
  /** As `rollback --to` takes it, such as `20261123T030507Z`. */
  readonly time: string;
  /** The config as it stood before the save. */
  readonly file: string;
  /** What the save changed, key by key; null where a key was missing. Empty where the journal cannot be read. */
  readonly changes: readonly DiffEntry[];
  /** Whether going back to here, over all saves since, gives these very bytes; else it takes back keys, and others' changes stay. */
  readonly to_the_byte: boolean;
  /** Why it is refused to go back to here; null where it is not. Keys that others changed are only found when it is tried. */
  readonly problem: string | null;
}

export interface BackupList {
  /** The config, as given. */
  readonly file: string;
  /** The newest first. */
  readonly backups: readonly ListedBackup[];
}

/** Each backup of a config, what its save changed, and whether it can be gone back to. Writes nothing. Throws InputError. */
export async function listBackups(path: string): Promise<BackupList> {
  const backups: ListedBackup[] = [];
  /** Of the config after each rollback; null once that depends on keys. */
  let sha256: string | null = await hashOf(path);
  let problem: string | null = null;
  let newer: Step | null = null;
  for (const backup of (await backupsOf(path)).reverse()) {
    const found = await readJournal(backup.path).then(
      (journal) => ({ backup, journal }),
      () => null,
    );
    const lost = found && newer && missingBetween(newer, found);
    if (!found) problem ??= `no journal of ${backup.time} that can be read`;
    else if (lost !== null) problem ??= `no backup of the save of ${lost}`;
    const { oldSha256, savedSha256 }: { oldSha256?: string; savedSha256?: string } = found?.journal ?? {};
    if (sha256 !== oldSha256) sha256 = sha256 === savedSha256 ? (oldSha256 ?? null) : null;
    const isWhole = (await hashOf(backup.path).catch(() => null)) === oldSha256;
    // Bytes are refused where the backup is not what the save copied, keys need only the journal.
    const own = problem ?? (sha256 !== null && !isWhole ? "the backup was changed since it was made" : null);
    const changes = found?.journal.keys.flatMap(entriesOf) ?? [];
    backups.push({
      time: backup.time,
      file: backup.path,
      changes,
      to_the_byte: own === null && sha256 !== null,
      problem: own,
    });
    newer = found;
  }
  return { file: path, backups };
}

/** One changed key as differences: a parameter block that was added as a whole gives one each. */
function entriesOf({ path, old, new: saved }: KeyChange): DiffEntry[] {
  const [before, after] = [old === null ? undefined : valueIn(old), valueIn(saved)];
  const name = path.join(".");
  if (path[0] === "phase2_learning") return [entryOf(name, before, after)];
  const entries: DiffEntry[] = [];
  compare(name, before, after, entries);
  return entries;
}

function valueIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

async function hashOf(path: string): Promise<string> {
  return withSource(path, async ({ handle }) => {
    const hash = createHash("sha256");
    for await (const chunk of chunksOf(handle)) hash.update(chunk);
    return hash.digest("hex");
  });
}
