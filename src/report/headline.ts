import { decisionLines } from "./decisionText.ts";
import { counted } from "./figures.ts";
import { ledgerLines } from "./ledgerLine.ts";
import { paragraph, shorten } from "./lines.ts";
import { type Paint, verdictWord } from "./paint.ts";
import type { ConfigRun, OptimizeResult } from "./result.ts";
import { phaseName } from "./setName.ts";

/** The first lines of a report, all that some will read: what is to be done about each type, then by config the overall verdict and what was saved, or why nothing was. */
export function headline(result: OptimizeResult, paint: Paint): string[] {
  const several = result.runs.length > 1;
  const runs = result.runs.flatMap((run) => {
    const word = verdictWord(run.phase4.overall, paint);
    return [
      ...(several ? ["", paint.bold(shorten(run.config ?? "no config", 90))] : []),
      ...decisionLines(run, paint),
      ...ledgerLines(run, paint),
      ...paragraph(`${paint.bold("Verdict")}  `, `${paint.bold(word)}  ${whatHappened(run, paint)}`),
    ];
  });
  // A report begins with this name: by that it is known as Sluice's own and may be replaced.
  return [paint.bold(`Sluice ${result.version}`), ...runs];
}

/** What became of the config, in one sentence without a full stop. */
function whatHappened(run: ConfigRun, paint: Paint): string {
  const applied = appliedText(run);
  if (run.saved !== null) {
    const changed = run.diff ? `${run.diff.changed} of ${counted(run.diff.tested, "tested parameter")} changed` : "";
    return [paint.green(`saved to ${run.saved.file}`), changed, applied].filter((text) => text !== "").join("; ");
  }
  return paint.yellow(`nothing saved: ${run.not_saved_because ?? "no config was given"}`);
}

/** Whose parameters each type has from now on. */
export function appliedText(run: ConfigRun): string {
  return Object.entries(run.phase4.types)
    .map(
      ([type, { applied }]) =>
        `${type} ${applied === "current" ? "stays as it is" : `from ${applied === "challenger" ? "the " : ""}${phaseName(applied)}`}`,
    )
    .join(", ");
}
