import { translator } from "../../sentences.ts";
import { sentences as english } from "../en/sentences.ts";
import { candleNotes } from "./candleNotes.ts";
import { partNotes } from "./partNotes.ts";
import { reasons } from "./reasons.ts";
import { warnings } from "./warnings.ts";

/** The same in Simplified Chinese, by the names of the English ones. */
export const sentences: Readonly<Record<keyof typeof english, string>> = {
  ...warnings,
  ...reasons,
  ...candleNotes,
  ...partNotes,
};

/** A text of a result in Chinese. */
export const sentence = translator(
  Object.entries(english).map(([name, text]) => [text, sentences[name as keyof typeof english]] as const),
  { clauses: "；", items: "、" },
);
