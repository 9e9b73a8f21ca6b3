import type { ConfigRun } from "../run/results.ts";
import { counted } from "../words/figures.ts";
import { paragraph } from "./lines.ts";
import { undoCommand } from "./undo.ts";

/** Where the files are, and the command that undoes the save. `out` is the report's folder. */
export function savedLines(runs: readonly ConfigRun[], out: string | undefined): string[] {
  const lines: string[] = [];
  for (const { saved, config_loads } of runs) {
    if (saved === null) continue;
    const written = `${saved.file} (${counted(saved.bytes_written, "byte")}, ${counted(config_loads, "load")})`;
    lines.push(
      ...paragraph("Saved    ", `${written}, backup ${saved.backup}`),
      ...paragraph("Undo     ", undoCommand(saved)),
    );
  }
  if (out !== undefined) lines.push(...paragraph("Report   ", `${out}: result.json, report.txt, report.html`));
  return lines;
}
