import { drawn as en } from "./en/drawn.ts";
import type { Language } from "./languages.ts";
import { drawn as zh } from "./zh/drawn.ts";

/** The words of the script in a report, by the tag of a language: the script has no other part of the catalogue. */
export const drawnTexts: Readonly<Record<Language, typeof en>> = { en, zh };
