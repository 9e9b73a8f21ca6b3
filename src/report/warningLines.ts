import type { Warning } from "../errors.ts";
import { noSetMakesMoney } from "../run/noMoney.ts";
import { paragraph, reportWidth } from "./lines.ts";

/** A result's warnings, one paragraph each; nothing if there are none. */
export function warningLines(warnings: readonly Warning[], width: number = reportWidth): string[] {
  return warnings
    .filter(({ code }) => code !== noSetMakesMoney)
    .flatMap(({ message }) => paragraph("Warning  ", message, width));
}

/** Warning lines before a report's own first line, followed by an empty line; nothing if some set makes money. */
export function noMoneyLines(warnings: readonly Warning[], width: number = reportWidth): string[] {
  const lines = warnings
    .filter(({ code }) => code === noSetMakesMoney)
    .flatMap(({ message }) => paragraph("Warning  ", message, width));
  return lines.length === 0 ? [] : [...lines, ""];
}
