import { readFile } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { type Backup, dropBackup, listBackups, readJournal } from "./backups.ts";
import { isSame } from "./diff.ts";
import { readConfigBytes, sha256Of } from "./document.ts";
import { blockRanges, type KeyChange } from "./edits.ts";
import { type Member, type ObjectRanges, objectRanges } from "./jsonRanges.ts";
import { underLock } from "./lock.ts";
import { replaceFile } from "./replaceFile.ts";
import { applyEdits, type Edit } from "./splice.ts";
import { checkWritable } from "./writable.ts";

export interface RollbackOptions {
  /** Time of the backup to go back to, as in its name or the beginning of it; the newest unless said. */
  readonly to?: string;
  /** Put our keys back even where others changed them since. */
  readonly force?: boolean;
}

export interface RollbackResult {
  readonly file: string;
  /** `bytes`: the file is again what it was before the save; `keys`: only our changed keys went back. */
  readonly restored: "bytes" | "keys";
  readonly backup: string;
  readonly keys: readonly string[];
}

/**
 * Takes a save back: to the byte if the file still is what we saved; else only our changed keys go back, and a key changed since is a
 * conflict. The backup is used up, so that the next rollback goes one save further back.
 */
export async function rollback(path: string, options: RollbackOptions = {}): Promise<RollbackResult> {
  await checkWritable(path);
  const { realPath } = await readConfigBytes(path);
  return underLock(realPath, {}, async () => {
    const backup = await chooseBackup(path, realPath, options.to);
    const journal = await readJournal(backup.path);
    const { bytes } = await readConfigBytes(realPath);
    const keys = journal.keys.map((change) => change.path.join("."));
    const isUntouched = sha256Of(bytes) === journal.savedSha256;
    if (isUntouched) await replaceFile(realPath, await readFile(backup.path));
    else await replaceFile(realPath, applyEdits(bytes, backEdits(bytes, path, journal.keys, options.force ?? false)));
    await dropBackup(backup.path);
    return { file: path, restored: isUntouched ? "bytes" : "keys", backup: backup.path, keys };
  });
}

async function chooseBackup(path: string, realPath: string, to: string | undefined): Promise<Backup> {
  const backups = await listBackups(realPath);
  const wanted = to?.replace(/[-:. ]/g, "");
  const chosen = wanted === undefined ? backups.at(-1) : backups.findLast(({ time }) => time.startsWith(wanted));
  if (chosen) return chosen;
  throw new InputError("CONFIG_NO_BACKUP", "there is no backup to go back to", {
    where: path,
    found:
      backups.length === 0 ? `no file ${realPath}.bak-*` : `backups of ${backups.map(({ time }) => time).join(", ")}`,
    expected: to === undefined ? "a backup that a save has made" : `one of ${to}`,
  });
}

/** Edits that put our keys back where they still hold our values. */
function backEdits(bytes: Uint8Array, where: string, changes: readonly KeyChange[], force: boolean): Edit[] {
  const root = objectRanges(bytes, where);
  return changes.flatMap((change): Edit[] => {
    const [outer, inner] = change.path as [string, string | undefined];
    const outerMember = root.members.find(({ key }) => key === outer);
    const isNested = inner !== undefined && outerMember !== undefined && bytes[outerMember.start] === 0x7b;
    const object = isNested ? blockRanges(bytes, outerMember, `${where}, ${outer}`) : root;
    const member = isNested
      ? object.members.find(({ key }) => key === inner)
      : inner === undefined
        ? outerMember
        : undefined;
    const present: unknown = member && JSON.parse(new TextDecoder().decode(bytes.subarray(member.start, member.end)));
    if (!isSame(present, JSON.parse(change.new)) && !force)
      throw new InputError("CONFIG_CONFLICT", "a key that the save changed has been changed again since", {
        where: `${where}, ${change.path.join(".")}`,
        found: JSON.stringify(present) ?? "missing",
        expected: `${change.new.slice(0, 80)}, as it was saved`,
        remedy: "--force puts the old value back all the same",
      });
    if (!member) return [];
    return change.old === null
      ? [removal(object, member)]
      : [{ start: member.start, end: member.end, text: change.old }];
  });
}

/** Takes a member out with the comma that joins it to its neighbours. */
function removal(object: ObjectRanges, member: Member): Edit {
  const at = object.members.indexOf(member);
  const before = object.members[at - 1];
  const after = object.members[at + 1];
  if (before) return { start: before.end, end: member.end, text: "" };
  if (after) return { start: member.keyStart, end: after.keyStart, text: "" };
  return { start: object.open + 1, end: object.close, text: "" };
}
