import { createHash } from "node:crypto";
import { type Backup, savesBeside } from "./backups.ts";
import { parseJson } from "./comments.ts";
import { compare, entryOf } from "./diff.ts";
import { type Journal, readJournal } from "./journal.ts";
import type { DiffEntry } from "./result.ts";
import { lostSave, missingBetween, type Step } from "./saveChain.ts";
import type { KeyChange } from "./savePlan.ts";
import { scanFile } from "./scan.ts";
import { chunksOf, withSource } from "./source.ts";

/** A save that a rollback can undo. */
export interface ListedBackup {
  /** As `rollback --to` takes it, such as `20261123T030507Z`. */
  readonly time: string;
  /** The config as it was before the save. */
  readonly file: string;
  /** What the save changed, key by key; null if a key was missing. Empty if the journal cannot be read. */
  readonly changes: readonly DiffEntry[];
  /** Whether a rollback to here, over all saves since, restores exactly these bytes; otherwise it restores keys, and other programs' changes stay. */
  readonly to_the_byte: boolean;
  /** Why a rollback to here is refused; null if it is not. Keys that others changed are only found when it is tried. */
  readonly problem: string | null;
}

/** What `rollback` could go back to. */
export interface BackupList {
  /** The config, as given. */
  readonly file: string;
  /** The newest first. */
  readonly backups: readonly ListedBackup[];
}

/** Each backup of a config, what its save changed, and whether it can be restored. Writes nothing. Throws InputError. */
export async function listBackups(path: string): Promise<BackupList> {
  const saves = await savesBeside(path);
  // A config that is broken can be listed, too.
  const scan = await withSource(path, ({ handle }) => scanFile(handle, path)).catch(() => null);
  const way = new WayBack(scan?.sha256 ?? (await hashOf(path)), scan && (await lostSave(saves, scan)));
  const backups: ListedBackup[] = [];
  for (const backup of saves.backups.toReversed()) {
    const journal = await readJournal(backup.path).catch(() => null);
    const backupSha256 = await hashOf(backup.path).catch(() => null);
    backups.push({
      time: backup.time,
      file: backup.path,
      changes: journal?.keys.flatMap(entriesOf) ?? [],
      ...way.over(backup, journal, backupSha256),
    });
  }
  return { file: path, backups };
}

/** A trial rollback over one save after another, newest first. */
class WayBack {
  private newer: Step | null = null;
  /** Of the bytes so far; null once they depend on keys. */
  private sha256: string | null;
  private areBytesAtHand = true;
  private problem: string | null;

  constructor(
    private readonly configSha256: string,
    lost: string | null,
  ) {
    this.sha256 = configSha256;
    this.problem = lost === null ? null : noBackup(lost);
  }

  over(
    backup: Backup,
    journal: Journal | null,
    backupSha256: string | null,
  ): Pick<ListedBackup, "to_the_byte" | "problem"> {
    if (journal === null) this.problem ??= `the journal of ${backup.time} cannot be read`;
    else this.step({ backup, journal }, backupSha256 === journal.oldSha256);
    // A rollback by keys would start from the bytes of this backup; here they only matter as its result.
    const problem = this.problem ?? (this.areBytesAtHand ? null : changedSince(backup.time));
    return { to_the_byte: problem === null && this.sha256 !== null, problem };
  }

  private step(step: Step, isWhole: boolean): void {
    const { oldSha256, savedSha256 } = step.journal;
    const lost = this.newer && missingBetween(this.newer, step);
    if (lost !== null) this.problem ??= noBackup(lost);
    if (oldSha256 === this.configSha256) [this.sha256, this.areBytesAtHand] = [oldSha256, true];
    else if (this.sha256 === savedSha256) [this.sha256, this.areBytesAtHand] = [oldSha256, isWhole];
    else if (this.sha256 !== oldSha256) {
      if (!this.areBytesAtHand) this.problem ??= changedSince(this.newer!.backup.time);
      [this.sha256, this.areBytesAtHand] = [null, true];
    }
    this.newer = step;
  }
}

function noBackup(time: string): string {
  return `the backup of the save of ${time} is missing`;
}

function changedSince(time: string): string {
  return `the backup of ${time} was modified`;
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
