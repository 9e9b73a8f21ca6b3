import type { ConfigDiff } from "../config/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { changeTable } from "./changes.ts";
import { reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** Every parameter in which two configs differ. */
export function diffSummary(diff: ConfigDiff, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const shown = printableCopy(diff);
  if (shown.entries.length === 0) return `${texts.pastRuns.noDifferences}\n`;
  const lines = [
    paint.bold(texts.pastRuns.differences(shown.entries.length)),
    ...changeTable(shown, paint, Number.POSITIVE_INFINITY, width, texts),
  ];
  return `${lines.join("\n")}\n`;
}
