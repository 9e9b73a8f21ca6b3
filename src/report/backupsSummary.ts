import type { BackupList, ListedBackup } from "../config/listBackups.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { changeTable } from "./changes.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** The backups of a config, newest first: how each would be restored, and what its save changed. */
export function backupsSummary(list: BackupList, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const shown = printableCopy(list);
  const { pastRuns: words } = texts;
  if (shown.backups.length === 0) return `${paragraph("", words.noBackup(shown.file), width).join("\n")}\n`;
  const lines = paragraph("", words.backups(shown.backups.length, shown.file), width);
  for (const backup of shown.backups)
    lines.push(
      "",
      ...paragraph(`${paint.bold(backup.time)}  `, wayBack(backup, paint, words), width),
      ...paragraph("  ", backup.file, width),
      ...changeTable({ entries: backup.changes }, paint, Number.POSITIVE_INFINITY, width, texts),
    );
  return `${lines.join("\n")}\n`;
}

function wayBack({ to_the_byte, problem }: ListedBackup, paint: Paint, words: Texts["pastRuns"]): string {
  if (problem !== null) return paint.yellow(words.cannotRestore(problem));
  return to_the_byte ? paint.green(words.canRestore) : words.canRestoreKeys;
}
