import type { ConfigDiff } from "../config/result.ts";
import { counted } from "../words/figures.ts";
import { changeTable } from "./changes.ts";
import { reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** Every parameter in which two configs differ. */
export function diffSummary(diff: ConfigDiff, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(diff);
  if (shown.entries.length === 0) return "no differences\n";
  const lines = [
    paint.bold(counted(shown.entries.length, "difference")),
    ...changeTable(shown, paint, Number.POSITIVE_INFINITY, width),
  ];
  return `${lines.join("\n")}\n`;
}
