import { keyedResult } from "../../run/groups/keyed.ts";
import type { ConfigRun, OptimizeResult } from "../../run/results.ts";
import { isBelievable } from "../../validation/believable.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { byUrgency } from "../decisionText.ts";
import { changedInGroup, fewNames, symbolsAsBefore } from "./groupRows.ts";

/**
 * What happened to the bot, in one line that a phone shows whole and a mail may have as its subject: `CHANGED scalping (11 values), swing as before`.
 * Of several configs how many were changed.
 */
export function outcomeLine(result: OptimizeResult, texts: Texts = en): string {
  const { runs, warnings } = keyedResult(result);
  if (runs.length === 1) return runOutcome(runs[0]!, warnings, texts);
  const { outcome } = texts;
  const changed = runs.filter(({ saved }) => saved !== null).length;
  const unsaved = runs.filter(({ saved, changed: differs }) => saved === null && differs);
  const pausing = runs.filter((run) => pausedTypes(run).length > 0).length;
  const pause = pausing > 0 ? texts.and + outcome.configsPause(pausing) : "";
  if (changed > 0) return outcome.configsChanged(changed, runs.length) + pause;
  if (unsaved.length > 0)
    return outcome.configsUnsaved(unsavedText(unsaved[0]!, texts), unsaved.length, runs.length) + pause;
  return outcome.configsNothing(runs.length) + pause;
}

/** Why configs that would have changed were not saved, which is the same for all. */
function unsavedText({ not_saved }: ConfigRun, texts: Texts): string {
  const { outcome } = texts;
  switch (not_saved?.code) {
    case "DRY_RUN":
      return outcome.dryRunName;
    case "STRICT":
      return outcome.strictName;
    case "STALE":
      return outcome.staleName(ageText(not_saved.hours, texts));
    default:
      return outcome.notSavedName;
  }
}

function runOutcome(run: ConfigRun, warnings: OptimizeResult["warnings"], texts: Texts): string {
  const { outcome } = texts;
  if (run.saved !== null)
    return (doubtful(run) ? outcome.changedDoubtfully : outcome.changed)(
      changedText(run, texts) + pauseText(run, texts),
    );
  if (!run.changed && run.not_saved?.code !== "NO_CONFIG") return outcome.nothing(whyNothing(run, warnings, texts));
  switch (run.not_saved?.code) {
    case "DRY_RUN":
      return outcome.dryRun(changedText(run, texts) + pauseText(run, texts));
    case "NO_CONFIG":
      return appliedTypes(run).length > 0
        ? outcome.noConfigWould(namesOf(run, appliedTypes(run), texts))
        : outcome.noConfig(whyNothing(run, warnings, texts));
    case "STALE":
      return outcome.stale(ageText(run.not_saved.hours, texts));
    case "STRICT":
      return outcome.strict(run.phase4.overall);
    case "HINDSIGHT":
      return outcome.hindsight;
    default:
      return outcome.notSaved(texts.sentence(run.not_saved_because ?? ""));
  }
}

/** Whether a set was applied whose verdict is a warning. */
function doubtful(run: ConfigRun): boolean {
  return appliedTypes(run).some((type) => run.phase4.types[type]?.verdict !== "PASSED");
}

function whyNothing(run: ConfigRun, warnings: OptimizeResult["warnings"], texts: Texts): string {
  const { outcome } = texts;
  const paused = pausedTypes(run);
  const noMoney = warnings.some(({ code }) => code === "NO_SET_MAKES_MONEY");
  if (paused.length > 0) return (noMoney ? outcome.pauseHopeless : outcome.pauseLosing)(namesOf(run, paused, texts));
  const believed = Object.values(run.phase4.types).some(({ verdict }) => isBelievable(verdict));
  if (!believed) return outcome.notTrusted;
  // Without a config there may be current parameters, and then a diff.
  return run.config === null && run.diff === null ? outcome.notBetterThanNothing : outcome.notBetter;
}

function pauseText(run: ConfigRun, texts: Texts): string {
  const { outcome, and } = texts;
  const paused = pausedTypes(run);
  return paused.length > 0 ? and + outcome.pause(namesOf(run, paused, texts)) : "";
}

/** All types, or as many types in groups as a line has room for. */
function namesOf({ groups }: ConfigRun, types: readonly string[], texts: Texts): string {
  return groups ? fewNames(types, texts) : types.join(texts.list);
}

function pausedTypes(run: ConfigRun): string[] {
  return byUrgency(run).flatMap(([type, { advice }]) => (advice === "pause" ? [type] : []));
}

function appliedTypes(run: ConfigRun): string[] {
  return Object.entries(run.decision).flatMap(([type, { advice }]) => (advice === "apply" ? [type] : []));
}

/** `scalping (11 values), swing as before`. */
function changedText(run: ConfigRun, texts: Texts): string {
  const { outcome, list } = texts;
  if (run.groups) return changedGroups(run, texts);
  const types = Object.keys(run.decision).map((type) => ({ type, values: changedValues(run, type) }));
  const changed = types.filter(({ values }) => values > 0);
  const same = types.filter(({ values }) => values === 0);
  // A config may hold one set for all types: then no path names a type.
  if (changed.length === 0) return outcome.someValues(run.diff?.changed ?? 0);
  return [
    ...changed.map(({ type, values }) => outcome.values(type, values)),
    ...(same.length > 0 ? [outcome.asBefore(same.map(({ type }) => type).join(list))] : []),
  ].join(list);
}

/** `scalping of SOLUSDT (11 values), 9 coins as before`. */
function changedGroups(run: ConfigRun, texts: Texts): string {
  const { outcome, list } = texts;
  const changed = Object.keys(run.decision).flatMap((key) => {
    const values = changedInGroup(run, key);
    return values > 0 ? [outcome.values(key, values)] : [];
  });
  const same = symbolsAsBefore(run);
  return [fewNames(changed, texts), ...(same > 0 ? [outcome.coinsAsBefore(same)] : [])].join(list);
}

function changedValues({ diff }: ConfigRun, type: string): number {
  return diff?.entries.filter(({ path }) => path.split(".").some((key) => key === `${type}_params`)).length ?? 0;
}

/** How long ago, in hours to two days, then in days. */
function ageText(hours: number, { dates }: Texts): string {
  return hours < 0 ? dates.ahead(-hours) : dates.ago(hours);
}
