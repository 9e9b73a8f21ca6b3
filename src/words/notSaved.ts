import type { NotSaved } from "../validation/result.ts";
import { counted } from "./figures.ts";

/** Why a config was not saved, in words that may follow a colon. */
export function notSavedText(reason: NotSaved): string {
  switch (reason.code) {
    case "NO_CONFIG":
      return "no config was given";
    case "HINDSIGHT":
      return "--universe objective is for comparison only: it uses the future";
    case "UNCHANGED":
      return "no parameter changed";
    case "DRY_RUN":
      return "--dry-run";
    case "STRICT":
      return reason.refusal;
    case "STALE":
      return `the candles end ${spanText(Math.abs(reason.hours))} ${reason.hours < 0 ? "after now" : "ago"}; use --allow-stale to save anyway`;
    case "SAME":
      return "the config already holds these parameters";
  }
}

/** Hours up to two days, then days. */
function spanText(hours: number): string {
  return hours < 48 ? counted(hours, "hour") : counted(Math.floor(hours / 24), "day");
}
