import { InputError } from "../errors.ts";
import { type Draft, dropDraft } from "../wholeFile.ts";
import { backupsOf, dropBackup, dropOrphans, savesBeside } from "./backups.ts";
import { chooseBackups } from "./chooseBackups.ts";
import { draftOf, dropLeftovers, replaceConfig } from "./drafts.ts";
import { readJournal } from "./journal.ts";
import { type LockOptions, underLock } from "./lock.ts";
import { lostBackup, lostSave, missingBetween, type Step } from "./saveChain.ts";
import { type Scan, scanFile } from "./scan.ts";
import { chunksOf, isUnchanged, type Source, withSource } from "./source.ts";
import { edited } from "./splice.ts";
import { overtaken, whileSteady } from "./steady.ts";
import { type Conflict, conflictOf, type Goals, pathKey, undoEdits } from "./undo.ts";
import { checkWritable } from "./writable.ts";

export interface RollbackOptions extends LockOptions {
  /** Time of the backup to restore, as in its name or the beginning of it; default: the newest. */
  readonly to?: string;
  /** Also restores keys that others changed since. */
  readonly force?: boolean;
}

/** What a rollback restored. */
export interface RollbackResult {
  /** Path of the config. */
  readonly file: string;
  /** `bytes`: the file is exactly as before the save; `keys`: only the keys changed by the save were restored. */
  readonly restored: "bytes" | "keys";
  /** Path of the backup that was restored. */
  readonly backup: string;
  /** Paths of the keys that went back. */
  readonly keys: readonly string[];
}

/**
 * Undoes saves, newest first, down to the requested one, without skipping any: if a backup is missing, it is refused. Each step is byte for
 * byte if the file is still what that save wrote; otherwise only its keys are restored, and keys changed since are a conflict (InputError
 * that names them all, nothing written). The file changes once, at the end. The restored backups are removed, so that the next rollback
 * goes one save further back.
 */
export async function rollback(path: string, options: RollbackOptions = {}): Promise<RollbackResult> {
  const realPath = await checkWritable(path);
  return underLock(realPath, options, async (assertHeld) => {
    await dropLeftovers(realPath);
    const backups = chooseBackups(path, await backupsOf(realPath), options.to);
    const steps: Step[] = [];
    for (const backup of backups) steps.push({ backup, journal: await readJournal(backup.path) });
    requireEverySave(path, steps);
    const restored = await whileSteady(path, (source) =>
      new TakingBack(source, steps, options.force ?? false, assertHeld).run(),
    );
    for (const { path: used } of backups) await dropBackup(used);
    await dropOrphans(realPath);
    const keys = new Set(steps.flatMap(({ journal }) => journal.keys.map((change) => change.path.join("."))));
    return { file: path, restored, backup: backups.at(-1)!.path, keys: [...keys] };
  });
}

/** Refuses steps, newest first, if the backup of a save between them is missing. */
function requireEverySave(path: string, steps: readonly Step[]): void {
  for (const [k, older] of steps.slice(1).entries()) {
    const lost = missingBetween(steps[k]!, older);
    if (lost !== null) throw lostBackup(path, lost, steps[k]!.backup.time);
  }
}

/** The config to be written while steps are undone: which file holds it, and the hash of its bytes. */
interface State {
  readonly path: string;
  readonly sha256: string;
}

/** The one change of a config that undoes steps, newest first. */
class TakingBack {
  private readonly drafts: Draft[] = [];
  private readonly conflicts = new Map<string, Conflict>();
  private readonly goals: Goals;

  constructor(
    private readonly source: Source,
    private readonly steps: readonly Step[],
    private readonly force: boolean,
    private readonly assertHeld: () => Promise<void>,
  ) {
    // The oldest step decides what a key held.
    this.goals = new Map(
      steps.flatMap(({ journal }) => journal.keys.map(({ path, old }) => [pathKey(path), old] as const)),
    );
  }

  async run(): Promise<RollbackResult["restored"] | typeof overtaken> {
    const { source } = this;
    try {
      const scan = await scanFile(source.handle, source.path);
      const lost = await lostSave(await savesBeside(source.realPath), scan);
      if (lost !== null) throw lostBackup(source.path, lost, null);
      const { state, restored } = await this.takeBack(scan);
      if (this.conflicts.size > 0 && !this.force) throw conflictOf(source.path, [...this.conflicts.values()]);
      if (state.path === source.path) return restored;
      const last = this.drafts.find(({ path }) => path === state.path) ?? (await this.copyOf(state));
      await withSource(last.path, ({ handle }) => scanFile(handle, last.path));
      await this.assertHeld();
      if (!(await isUnchanged(source))) return overtaken;
      await replaceConfig(last, source);
      return restored;
    } finally {
      for (const draft of this.drafts) await dropDraft(draft);
    }
  }

  /** One step after another, each on the previous result. A file equal to what a save found has all newer saves undone. */
  private async takeBack(scan: Scan): Promise<{ state: State; restored: RollbackResult["restored"] }> {
    let state: State = { path: this.source.path, sha256: scan.sha256 };
    let restored: RollbackResult["restored"] = "bytes";
    const done = this.steps.findLastIndex(({ journal }) => journal.oldSha256 === scan.sha256);
    for (const step of this.steps.slice(done + 1)) {
      const { oldSha256, savedSha256 } = step.journal;
      if (state.sha256 === oldSha256) continue;
      if (state.sha256 === savedSha256) state = { path: step.backup.path, sha256: oldSha256 };
      else {
        restored = "keys";
        state = await this.withoutKeys(state, step);
      }
    }
    return { state, restored };
  }

  private withoutKeys(state: State, { journal }: Step): Promise<State> {
    return withSource(state.path, async ({ handle }) => {
      const scan = await scanFile(handle, state.path).catch((error: unknown) => {
        throw state.path !== this.source.path && error instanceof InputError ? otherBytes(state.path) : error;
      });
      if (scan.sha256 !== state.sha256) throw otherBytes(state.path);
      const { edits, conflicts } = undoEdits(scan, this.source.path, journal.keys, this.goals);
      for (const conflict of conflicts) {
        const key = pathKey(conflict.path);
        if (!this.conflicts.has(key)) this.conflicts.set(key, conflict);
      }
      const draft = await draftOf(this.source, edited(handle, edits));
      this.drafts.push(draft);
      return draft;
    });
  }

  /** A draft with a backup's bytes, after checking that they are those that the save replaced. */
  private async copyOf({ path, sha256 }: State): Promise<Draft> {
    const draft = await withSource(path, ({ handle }) => draftOf(this.source, chunksOf(handle)));
    this.drafts.push(draft);
    if (draft.sha256 !== sha256) throw otherBytes(path);
    return draft;
  }
}

function otherBytes(path: string): InputError {
  return new InputError("CONFIG_BACKUP", "the backup was modified", {
    where: path,
    found: "bytes that differ from those the save copied",
    remedy: "nothing was written; check the backup and copy it over the config by hand",
  });
}
