import type { RollbackResult } from "../config/rollback.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { label, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** How a config was restored, and from which backup. */
export function rollbackSummary(
  result: RollbackResult,
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
  const shown = printableCopy(result);
  const { pastRuns: words } = texts;
  const how = shown.restored === "bytes" ? words.toTheByte : words.keysOnly;
  return `${[...paragraph(paint.green(label(words.restored)), `${shown.file} ${how}`, width), ...paragraph(label(words.from), shown.backup, width)].join("\n")}\n`;
}
