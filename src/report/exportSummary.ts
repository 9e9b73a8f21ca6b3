import type { ExportResult } from "../run/answers.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { parametersText } from "./parametersText.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

/** What was written where, what differs in the other program, and the command that checks it, which is the last line. */
export function exportSummary(result: ExportResult, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(result);
  const lines = [
    ...paragraph(paint.green("Exported "), shown.file, width),
    ...paragraph("Set      ", parametersText(shown.params), width),
    ...(shown.backup === null ? [] : paragraph("Backup   ", shown.backup, width)),
    ...shown.differences.flatMap((difference) => paragraph("Differs  ", difference, width)),
    ...warningLines(shown.warnings, width),
    // One line whatever its length, so that it can be copied.
    ...(shown.check === null ? [] : [`Check    ${shown.check}`]),
  ];
  return `${lines.join("\n")}\n`;
}
