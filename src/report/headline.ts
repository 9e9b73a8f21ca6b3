import type { ConfigRun, OptimizeResult } from "../run/results.ts";
import { counted } from "../words/figures.ts";
import type { MaybeChallenged } from "./challengerText.ts";
import { byUrgency, decisionText } from "./decisionText.ts";
import { ledgerLines } from "./ledgerLine.ts";
import { paragraph, shorten, widthOf } from "./lines.ts";
import type { Paint } from "./paint.ts";

/** The first lines of a report, all that some will read: by config, the outcome for each type and why, then what was saved, or why nothing was. */
export function headline(result: OptimizeResult, paint: Paint): string[] {
  const several = result.runs.length > 1;
  const runs = result.runs.flatMap((run) => [
    ...(several ? ["", paint.bold(shorten(run.config ?? "no config", 90))] : []),
    ...outcomeLines(run, paint),
    ...paragraph(`${paint.bold(run.saved === null ? "Not saved" : "Saved")}  `, savedText(run, paint)),
    ...ledgerLines(run, paint),
  ]);
  return [paint.bold(`Sluice ${result.version}`), ...runs];
}

/** `swing     applied: phase 3's set is better ...`: one paragraph per type, those that should pause first, with aligned reasons. */
function outcomeLines(run: ConfigRun, paint: Paint): string[] {
  const types = byUrgency(run);
  const width = Math.max(...types.map(([type]) => widthOf(type)));
  return types.flatMap(([type, decision]) => {
    const label = `${paint.bold(type)}${" ".repeat(width - widthOf(type))}  `;
    return paragraph(label, `${paint.bold(outcomeWord(decision, run, paint))}: ${decisionText(decision)}`);
  });
}

/** The outcome for a type's parameters. */
function outcomeWord({ advice }: MaybeChallenged, run: ConfigRun, paint: Paint): string {
  switch (advice) {
    case "apply":
      return run.saved === null ? paint.yellow("would be applied") : paint.green("applied");
    case "keep":
      return paint.yellow("kept");
    case "pause":
      return paint.red("kept, pause advised");
  }
}

/** The outcome for the config, without a full stop. */
function savedText(run: ConfigRun, paint: Paint): string {
  const { saved, diff } = run;
  const parameters = diff && diff.changed > 0 ? `${diff.changed} of ${counted(diff.tested, "tested parameter")}` : null;
  if (saved === null) {
    const would = parameters === null ? "" : `; ${parameters} would have changed`;
    return `${paint.yellow(run.not_saved_because ?? "no config was given")}${would}`;
  }
  return `${paint.green(saved.file)}${parameters === null ? "" : `; ${parameters} changed`}`;
}
