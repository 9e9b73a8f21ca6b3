import { keyedResult } from "../run/groups/keyed.ts";
import type { ConfigRun, OptimizeResult } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { changeTable } from "./changes.ts";
import { headline } from "./headline.ts";
import { paragraph, reportWidth } from "./lines.ts";
import { memoryLines } from "./memoryLines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { savedLines } from "./saved.ts";
import { signalLines } from "./signalLines.ts";
import { testedLines } from "./tested.ts";
import { typeSection } from "./typeSection.ts";
import { noMoneyLines, warningLines } from "./warningLines.ts";

/** Rows of the table of changes; `sluice diff` shows them all. */
const changesShown = 12;

/**
 * A whole run for a person at breakfast: a warning if no set makes money, then the verdict and what was saved, then what was tested, one section per type, what changed,
 * time and memory, and how to undo the save. Lines end in "\n"; none is wider than `reportWidth`.
 */
export function optimizeSummary(result: OptimizeResult, paint: Paint, out?: string, texts: Texts = en): string {
  const { details: words } = texts;
  const shown = keyedResult(printableCopy(result));
  const several = shown.runs.length > 1;
  const lines = [
    ...noMoneyLines(shown.warnings, reportWidth, texts),
    ...headline(shown, paint, texts),
    "",
    ...testedLines(shown, texts),
    ...signalLines(shown.phase1.signals, reportWidth, texts),
    ...warningLines(shown.warnings, reportWidth, texts),
  ];
  for (const run of shown.runs) {
    if (several) lines.push("", ...paragraph(`${paint.bold(words.config)} `, run.config ?? words.none));
    for (const type of typesOf(run)) lines.push("", ...typeSection(type, run, paint, texts));
    lines.push(...changes(run, paint, texts));
  }
  lines.push("", ...memoryLines(shown.memory, texts), ...savedLines(shown.runs, out, texts));
  if (shown.runs.every(({ ledger }) => ledger === null)) lines.push(paint.dim(words.sameDays));
  return `${lines.join("\n")}\n`;
}

function typesOf(run: ConfigRun): string[] {
  return [...new Set([...Object.keys(run.phase4.types), ...Object.keys(run.phase3)])];
}

function changes(run: ConfigRun, paint: Paint, texts: Texts): string[] {
  const { details: words } = texts;
  if (run.diff === null || run.diff.entries.length === 0) return [];
  const changed = words.changed(run.diff.changed, run.diff.tested);
  const said = (run.saved === null ? words.wouldChangeOf : words.changedOf)(changed);
  return [
    "",
    `${paint.bold(words.changes)}  ${said}`,
    ...changeTable(run.diff, paint, changesShown, reportWidth, texts),
  ];
}
