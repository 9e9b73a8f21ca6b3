import { counted, share } from "./figures.ts";
import { paragraph, shorten } from "./lines.ts";
import { type Paint, verdictWord } from "./paint.ts";
import type { ConfigRun, OptimizeResult } from "./result.ts";

/** The first lines of a report, all that some will read: the overall verdict, and what was saved or why nothing was. One line a config. */
export function headline(result: OptimizeResult, paint: Paint): string[] {
  const several = result.runs.length > 1;
  return result.runs.flatMap((run) => {
    const name = several ? shorten(run.config ?? "no config", 40) : `Sluice ${result.version}`;
    const word = verdictWord(run.phase4.overall, paint);
    return paragraph(`${paint.bold(name)}  `, `${paint.bold(word)}  ${whatHappened(run, paint)}`);
  });
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
    .map(([type, { applied }]) => `${type} ${applied === "current" ? "stays as it is" : `from ${phaseName(applied)}`}`)
    .join(", ");
}

/** A set's origin in words. */
export function phaseName(origin: "phase3" | "phase2" | "current"): string {
  return origin === "current" ? "current" : origin === "phase3" ? "phase 3" : "phase 2";
}

/** Share of paired resamples in words. */
export function betterText(betterShare: number): string {
  return `better in ${share(betterShare)} of paired resamples`;
}
