import type { Warning } from "../errors.ts";
import { noSetMakesMoney } from "../run/noMoney.ts";
import { paragraph } from "./lines.ts";

/** What a reader should know of a result, one paragraph each; nothing where there is nothing. */
export function warningLines(warnings: readonly Warning[]): string[] {
  return warnings
    .filter(({ code }) => code !== noSetMakesMoney)
    .flatMap(({ message }) => paragraph("Warning  ", message));
}

/** Warning lines before a report's own first line, followed by an empty line; nothing if some set makes money. */
export function noMoneyLines(warnings: readonly Warning[]): string[] {
  const lines = warnings
    .filter(({ code }) => code === noSetMakesMoney)
    .flatMap(({ message }) => paragraph("Warning  ", message));
  return lines.length === 0 ? [] : [...lines, ""];
}
