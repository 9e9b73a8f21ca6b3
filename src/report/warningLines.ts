import type { Warning } from "../errors.ts";
import { noSetMakesMoney } from "../run/noMoney.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { label, paragraph, reportWidth } from "./lines.ts";

/** A result's warnings, one paragraph each; nothing if there are none. */
export function warningLines(warnings: readonly Warning[], width: number = reportWidth, texts: Texts = en): string[] {
  return warnings
    .filter(({ code }) => code !== noSetMakesMoney)
    .flatMap((warning) => warningLine(warning, width, texts));
}

function warningLine({ message }: Warning, width: number, { data, sentence }: Texts): string[] {
  return paragraph(label(data.warning), sentence(message), width);
}

/** Warning lines before a report's own first line, followed by an empty line; nothing if some set makes money. */
export function noMoneyLines(warnings: readonly Warning[], width: number = reportWidth, texts: Texts = en): string[] {
  const lines = warnings
    .filter(({ code }) => code === noSetMakesMoney)
    .flatMap((warning) => warningLine(warning, width, texts));
  return lines.length === 0 ? [] : [...lines, ""];
}
