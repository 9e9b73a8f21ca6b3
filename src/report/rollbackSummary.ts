import type { RollbackResult } from "../config/rollback.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** How a config was restored, and from which backup. */
export function rollbackSummary(result: RollbackResult, paint: Paint): string {
  const shown = printableCopy(result);
  const how =
    shown.restored === "bytes"
      ? "is byte for byte what it was before the save"
      : "has its old parameters back; changes by others since the save were kept";
  return `${[...paragraph(paint.green("Restored "), `${shown.file} ${how}`), ...paragraph("From     ", shown.backup)].join("\n")}\n`;
}
