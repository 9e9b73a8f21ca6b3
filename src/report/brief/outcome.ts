import type { ConfigRun, OptimizeResult } from "../../run/results.ts";
import { isBelievable } from "../../validation/believable.ts";
import { counted } from "../../words/figures.ts";
import { byUrgency } from "../decisionText.ts";

/**
 * What happened to the bot, in one line that a phone shows whole and a mail may have as its subject: `CHANGED scalping (11 values), swing as before`.
 * Of several configs how many were changed.
 */
export function outcomeLine({ runs, warnings }: OptimizeResult): string {
  if (runs.length === 1) return runOutcome(runs[0]!, warnings);
  const changed = runs.filter(({ saved }) => saved !== null).length;
  const unsaved = runs.filter(({ saved, changed: differs }) => saved === null && differs);
  const pausing = runs.filter((run) => pausedTypes(run).length > 0).length;
  const pause = pausing > 0 ? `; pause a type in ${pausing}?` : "";
  if (changed > 0) return `CHANGED ${changed} of ${counted(runs.length, "config")}${pause}`;
  if (unsaved.length > 0)
    return `${unsavedText(unsaved[0]!)}: ${unsaved.length} of ${counted(runs.length, "config")} would have changed${pause}`;
  return `NOTHING CHANGED in ${counted(runs.length, "config")}${pause}`;
}

/** Why configs that would have changed were not saved, which is the same for all. */
function unsavedText({ not_saved }: ConfigRun): string {
  switch (not_saved?.code) {
    case "DRY_RUN":
      return "DRY RUN";
    case "STRICT":
      return "NOT SAVED, --strict";
    case "STALE":
      return `NOT SAVED, candles end ${ageText(not_saved.hours)}`;
    default:
      return "NOT SAVED";
  }
}

function runOutcome(run: ConfigRun, warnings: OptimizeResult["warnings"]): string {
  if (run.saved !== null)
    return `CHANGED${doubtful(run) ? ", WITH WARNINGS:" : ""} ${changedText(run)}${pauseText(run)}`;
  if (!run.changed && run.not_saved?.code !== "NO_CONFIG") return `NOTHING CHANGED: ${whyNothing(run, warnings)}`;
  switch (run.not_saved?.code) {
    case "DRY_RUN":
      return `DRY RUN: would change ${changedText(run)}${pauseText(run)}`;
    case "NO_CONFIG":
      return appliedTypes(run).length > 0
        ? `NO CONFIG GIVEN: would change ${appliedTypes(run).join(", ")}`
        : `NO CONFIG GIVEN: ${whyNothing(run, warnings)}`;
    case "STALE":
      return `NOT SAVED: candles end ${ageText(run.not_saved.hours)}`;
    case "STRICT":
      return `NOT SAVED: --strict, and the verdict is ${run.phase4.overall}`;
    case "HINDSIGHT":
      return "NOT SAVED: --universe objective uses the future";
    default:
      return `NOT SAVED: ${run.not_saved_because}`;
  }
}

/** Whether a set was applied whose verdict is a warning. */
function doubtful(run: ConfigRun): boolean {
  return appliedTypes(run).some((type) => run.phase4.types[type]?.verdict !== "PASSED");
}

function whyNothing(run: ConfigRun, warnings: OptimizeResult["warnings"]): string {
  const paused = pausedTypes(run);
  const noMoney = warnings.some(({ code }) => code === "NO_SET_MAKES_MONEY");
  if (paused.length > 0)
    return `pause ${paused.join(", ")}? ${noMoney ? "every set, yours included, loses" : "the current parameters lose"}`;
  const believed = Object.values(run.phase4.types).some(({ verdict }) => isBelievable(verdict));
  return believed ? "no set is clearly better than the current one" : "no better parameters could be trusted";
}

function pauseText(run: ConfigRun): string {
  const paused = pausedTypes(run);
  return paused.length > 0 ? `; pause ${paused.join(", ")}?` : "";
}

function pausedTypes(run: ConfigRun): string[] {
  return byUrgency(run).flatMap(([type, { advice }]) => (advice === "pause" ? [type] : []));
}

function appliedTypes(run: ConfigRun): string[] {
  return Object.entries(run.decision).flatMap(([type, { advice }]) => (advice === "apply" ? [type] : []));
}

/** `scalping (11 values), swing as before`. */
function changedText(run: ConfigRun): string {
  const types = Object.keys(run.decision).map((type) => ({ type, values: changedValues(run, type) }));
  const changed = types.filter(({ values }) => values > 0);
  const same = types.filter(({ values }) => values === 0);
  // A config may hold one set for all types: then no path names a type.
  if (changed.length === 0) return counted(run.diff?.changed ?? 0, "value");
  return [
    ...changed.map(({ type, values }) => `${type} (${counted(values, "value")})`),
    ...(same.length > 0 ? [`${same.map(({ type }) => type).join(", ")} as before`] : []),
  ].join(", ");
}

function changedValues({ diff }: ConfigRun, type: string): number {
  return diff?.entries.filter(({ path }) => path.split(".").some((key) => key === `${type}_params`)).length ?? 0;
}

/** How long ago, in hours to two days, then in days. */
function ageText(hours: number): string {
  const size = Math.abs(hours);
  const length = size < 48 ? counted(size, "hour") : counted(Math.floor(size / 24), "day");
  return hours < 0 ? `${length} after now` : `${length} ago`;
}
