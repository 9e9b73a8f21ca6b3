import type { ConfigRun, OptimizeResult } from "../run/results.ts";
import { counted } from "../words/figures.ts";
import { changeTable } from "./changes.ts";
import { headline } from "./headline.ts";
import { paragraph } from "./lines.ts";
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
export function optimizeSummary(result: OptimizeResult, paint: Paint, out?: string): string {
  const shown = printableCopy(result);
  const several = shown.runs.length > 1;
  const lines = [
    ...noMoneyLines(shown.warnings),
    ...headline(shown, paint),
    "",
    ...testedLines(shown),
    ...signalLines(shown.phase1.signals),
    ...warningLines(shown.warnings),
  ];
  for (const run of shown.runs) {
    if (several) lines.push("", ...paragraph(paint.bold("Config "), run.config ?? "none"));
    for (const type of typesOf(run)) lines.push("", ...typeSection(type, run, paint));
    lines.push(...changes(run, paint));
  }
  lines.push("", ...memoryLines(shown.memory), ...savedLines(shown.runs, out));
  if (shown.runs.every(({ ledger }) => ledger === null))
    lines.push(
      paint.dim("Note     the hold-out is the same days every night: another look is not independent evidence"),
    );
  return `${lines.join("\n")}\n`;
}

function typesOf(run: ConfigRun): string[] {
  return [...new Set([...Object.keys(run.phase4.types), ...Object.keys(run.phase3)])];
}

function changes(run: ConfigRun, paint: Paint): string[] {
  if (run.diff === null || run.diff.entries.length === 0) return [];
  const would = run.saved === null ? "would have changed" : "changed";
  return [
    "",
    `${paint.bold("Changes")}  ${run.diff.changed} of ${counted(run.diff.tested, "tested parameter")} ${would}`,
    ...changeTable(run.diff, paint, changesShown),
  ];
}
