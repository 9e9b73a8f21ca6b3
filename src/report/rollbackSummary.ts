import type { RollbackResult } from "../config/rollback.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** How a config came back, and from which backup. */
export function rollbackSummary(result: RollbackResult, paint: Paint): string {
  const shown = printableCopy(result);
  const how =
    shown.restored === "bytes"
      ? "is again what it was before the save, to the byte"
      : "has its old parameters back; what others changed since the save stays";
  return `${[...paragraph(paint.green("Restored "), `${shown.file} ${how}`), ...paragraph("From     ", shown.backup)].join("\n")}\n`;
}
