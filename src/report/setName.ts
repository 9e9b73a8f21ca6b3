import type { AppliedName, CandidateName } from "../validation/result.ts";

/** A set's origin in words. */
export function phaseName(origin: CandidateName | AppliedName): string {
  return {
    phase3: "phase 3",
    phase2: "phase 2",
    suggestion: "suggestion",
    challenger: "challenger",
    current: "current",
  }[origin];
}

/** Whose set, as the owner of something: `phase 3's set`, `suggestion 2`. */
export function setName(origin: CandidateName | AppliedName, suggestion: number | null | undefined = null): string {
  if (origin === "challenger") return "the challenger";
  if (origin === "current") return "the current set";
  if (origin !== "suggestion") return `${phaseName(origin)}'s set`;
  return suggestion === null ? "the suggestion" : `suggestion ${suggestion}`;
}

/** The same at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
