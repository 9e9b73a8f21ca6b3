import type { BackupList, ListedBackup } from "../config/listBackups.ts";
import { counted } from "../words/figures.ts";
import { changeTable } from "./changes.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** The backups of a config, newest first: how each would be restored, and what its save changed. */
export function backupsSummary(list: BackupList, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(list);
  if (shown.backups.length === 0)
    return `${paragraph("", `no backup of ${shown.file}: Sluice has not saved it yet`, width).join("\n")}\n`;
  const lines = paragraph("", `${counted(shown.backups.length, "backup")} of ${shown.file}, newest first`, width);
  for (const backup of shown.backups)
    lines.push(
      "",
      ...paragraph(`${paint.bold(backup.time)}  `, wayBack(backup, paint), width),
      ...paragraph("  ", backup.file, width),
      ...changeTable({ entries: backup.changes }, paint, Number.POSITIVE_INFINITY, width),
    );
  return `${lines.join("\n")}\n`;
}

function wayBack({ to_the_byte, problem }: ListedBackup, paint: Paint): string {
  if (problem !== null) return paint.yellow(`cannot be restored: ${problem}`);
  return to_the_byte
    ? paint.green("can be restored byte for byte")
    : "only keys can be restored: others changed the config since";
}
