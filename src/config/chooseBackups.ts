import { InputError } from "../errors.ts";
import type { Backup } from "./backups.ts";
import { quoted } from "./quoted.ts";

/**
 * The backups to restore, newest first, down to the one of a time: its name, the beginning of its name, or the time in ISO form. Throws
 * InputError if none or several would do. Without a time, the newest alone.
 */
export function chooseBackups(path: string, backups: readonly Backup[], to: string | undefined): Backup[] {
  const times = backups.map(({ time }) => time);
  const named = to === undefined ? backups.slice(-1) : matching(backups, to);
  if (named.length === 1) return backups.slice(backups.indexOf(named[0]!)).reverse();
  const isAmbiguous = named.length > 1;
  throw new InputError(
    isAmbiguous ? "CONFIG_BACKUP_AMBIGUOUS" : "CONFIG_NO_BACKUP",
    isAmbiguous ? "the time matches several backups" : "no backup matches",
    {
      where: path,
      found: backups.length === 0 ? "no backups of this config" : `backups of ${times.join(", ")}`,
      expected: to === undefined ? "a backup made by an earlier save" : `exactly one backup that matches ${quoted(to)}`,
      remedy:
        backups.length === 0
          ? "only a config that Sluice has saved can be rolled back"
          : "use one of these times; sluice rollback --list shows what each changed",
    },
  );
}

function matching(backups: readonly Backup[], to: string): Backup[] {
  const exact = backups.filter(({ time }) => time === to);
  if (exact.length > 0) return exact;
  const digits = to.replace(/\D/g, "");
  return digits === "" ? [] : backups.filter(({ time }) => time.replace(/\D/g, "").startsWith(digits));
}
