import { candleNotes } from "./candleNotes.ts";
import { partNotes } from "./partNotes.ts";
import { reasons } from "./reasons.ts";
import { warnings } from "./warnings.ts";

/** Everything that a result says in English and that stands in a summary, a report or a notification. */
export const sentences = { ...warnings, ...reasons, ...candleNotes, ...partNotes };
