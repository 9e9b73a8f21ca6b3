import { drawnTexts } from "../../words/catalogue/drawn.ts";
import type { DrawnTexts } from "../../words/catalogue/en/drawn.ts";

const [language] = document.documentElement.lang.split("-");

/** The words of the language that the page is written in. */
export const texts: DrawnTexts = (drawnTexts as Readonly<Record<string, DrawnTexts>>)[language!] ?? drawnTexts.en;

/** A reason of an exit in words. */
export function exitText(reason: string): string {
  return texts.exits[reason] ?? reason.replaceAll("_", " ");
}
