import type { AppliedName, CandidateName } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";

/** A set's origin in words. */
export function phaseName(origin: CandidateName | AppliedName, { rehearse }: Texts = en): string {
  return rehearse.origins[origin];
}

/** Whose set, as the owner of something: `phase 3's set`, `suggestion 2`. */
export function setName(
  origin: CandidateName | AppliedName,
  suggestion: number | null | undefined = null,
  { reasoning: words }: Texts = en,
): string {
  if (origin === "suggestion" && suggestion !== null) return words.suggestionNumber(suggestion);
  return words.sets[origin];
}

/** The same at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
