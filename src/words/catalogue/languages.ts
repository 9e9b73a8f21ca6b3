import { en, type Texts } from "./en.ts";
import { zh } from "./zh.ts";

/** Every language that summaries, reports and notifications are written in, by its tag. Codes and JSON are never translated. */
export const languages: Readonly<Record<"en" | "zh", Texts>> = { en, zh };

/** The tag of a language: `en`, or `zh` for Simplified Chinese. */
export type Language = keyof typeof languages;

/** The language of an environment: that of the first of LC_ALL, LC_MESSAGES and LANG that is set, English if it is not one of ours. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return /^zh([_.-]|$)/i.test(locale) ? "zh" : "en";
}
