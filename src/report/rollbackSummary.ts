import type { RollbackResult } from "../config/rollback.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** How a config was restored, and from which backup. */
export function rollbackSummary(result: RollbackResult, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(result);
  const how =
    shown.restored === "bytes"
      ? "is byte for byte what it was before the save"
      : "has its old parameters back; changes by others since the save were kept";
  return `${[...paragraph(paint.green("Restored "), `${shown.file} ${how}`, width), ...paragraph("From     ", shown.backup, width)].join("\n")}\n`;
}
