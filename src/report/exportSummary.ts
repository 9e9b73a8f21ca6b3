import type { ExportResult } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { label, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { parametersText } from "./parametersText.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

/** What was written where, what differs in the other program, and the command that checks it, which is the last line. */
export function exportSummary(
  result: ExportResult,
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
  const shown = printableCopy(result);
  const { exported: words } = texts.tools;
  const lines = [
    ...paragraph(paint.green(label(words.file)), shown.file, width),
    ...paragraph(label(words.set), parametersText(shown.params), width),
    ...(shown.backup === null ? [] : paragraph(label(words.backup), shown.backup, width)),
    ...shown.differences.flatMap((difference) => paragraph(label(words.differs), texts.sentence(difference), width)),
    ...warningLines(shown.warnings, width, texts),
    // One line whatever its length, so that it can be copied.
    ...(shown.check === null ? [] : [label(words.check) + shown.check]),
  ];
  return `${lines.join("\n")}\n`;
}
