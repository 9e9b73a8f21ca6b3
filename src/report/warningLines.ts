import type { Warning } from "../errors.ts";
import { paragraph } from "./lines.ts";

/** What a reader should know of a result, one paragraph each; nothing where there is nothing. */
export function warningLines(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ message }) => paragraph("Warning  ", message));
}
