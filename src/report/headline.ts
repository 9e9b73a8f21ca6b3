import type { ConfigRun, OptimizeResult } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import type { MaybeChallenged } from "./challengerText.ts";
import { byUrgency, decisionText } from "./decisionText.ts";
import { ledgerLines } from "./ledgerLine.ts";
import { paragraph, shorten, widthOf } from "./lines.ts";
import type { Paint } from "./paint.ts";

/** The first lines of a report, all that some will read: by config, the outcome for each type and why, then what was saved, or why nothing was. */
export function headline(result: OptimizeResult, paint: Paint, texts: Texts = en): string[] {
  const { details: words } = texts;
  const several = result.runs.length > 1;
  const runs = result.runs.flatMap((run) => [
    ...(several ? ["", paint.bold(shorten(run.config ?? words.noConfig, 90))] : []),
    ...outcomeLines(run, paint, texts),
    ...paragraph(`${paint.bold(run.saved === null ? words.notSaved : words.saved)}  `, savedText(run, paint, texts)),
    ...ledgerLines(run, paint, texts),
  ]);
  return [paint.bold(`Sluice ${result.version}`), ...runs];
}

/** `swing     applied: phase 3's set is better ...`: one paragraph per type, those that should pause first, with aligned reasons. */
function outcomeLines(run: ConfigRun, paint: Paint, texts: Texts): string[] {
  const types = byUrgency(run);
  const width = Math.max(...types.map(([type]) => widthOf(type)));
  return types.flatMap(([type, decision]) => {
    const label = `${paint.bold(type)}${" ".repeat(width - widthOf(type))}  `;
    const word = paint.bold(outcomeWord(decision, run, paint, texts.reasoning));
    return paragraph(label, texts.reasoning.outcomeAnd(word, decisionText(decision, texts)));
  });
}

/** The outcome for a type's parameters. */
function outcomeWord({ advice }: MaybeChallenged, run: ConfigRun, paint: Paint, words: Texts["reasoning"]): string {
  switch (advice) {
    case "apply":
      return run.saved === null ? paint.yellow(words.wouldBeApplied) : paint.green(words.applied);
    case "keep":
      return paint.yellow(words.kept);
    case "pause":
      return paint.red(words.keptPause);
  }
}

/** The outcome for the config, without a full stop. */
function savedText(run: ConfigRun, paint: Paint, { details: words, sentence }: Texts): string {
  const { saved, diff } = run;
  const parameters = diff && diff.changed > 0 ? words.changed(diff.changed, diff.tested) : null;
  if (saved === null) {
    const would = parameters === null ? "" : words.wouldHaveChanged(parameters);
    return `${paint.yellow(sentence(run.not_saved_because ?? "no config was given"))}${would}`;
  }
  return `${paint.green(saved.file)}${parameters === null ? "" : words.haveChanged(parameters)}`;
}
