import type { ConfigRun } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { label, paragraph } from "./lines.ts";
import { undoCommand } from "./undo.ts";

/** Where the files are, and the command that undoes the save. `out` is the report's folder. */
export function savedLines(
  runs: readonly ConfigRun[],
  out: string | undefined,
  { details: words }: Texts = en,
): string[] {
  const lines: string[] = [];
  for (const { saved, config_loads } of runs) {
    if (saved === null) continue;
    lines.push(
      ...paragraph(label(words.saved), words.savedFile(saved.file, saved.bytes_written, config_loads, saved.backup)),
      ...paragraph(label(words.undo), undoCommand(saved)),
    );
  }
  if (out !== undefined) lines.push(...paragraph(label(words.report), words.reportIn(out)));
  return lines;
}
