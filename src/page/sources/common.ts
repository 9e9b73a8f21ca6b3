import type { CandleCounts } from "../../candles/counts.ts";
import type { Warning } from "../../errors.ts";
import { dayRange } from "../../report/brief/dates.ts";
import { version } from "../../run/version.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import type { PageSource, Subject } from "../source.ts";

/** A subject of which nothing is known but its type. */
export const bareSubject: Omit<Subject, "name" | "type"> = {
  now: null,
  proposed: null,
  decision: null,
  verdict: null,
  space: null,
  top: [],
  ranked: null,
  missed: null,
  drawn: null,
  explored: null,
};

/** What the pages of all verbs share: everything but what happened. */
export function commonSource(
  candles: CandleCounts,
  warnings: readonly Warning[],
  texts: Texts,
): Omit<PageSource, "verb" | "headline" | "subjects"> {
  return {
    texts,
    version,
    identity: identityOf(candles, texts),
    candles,
    splitMs: null,
    notes: [
      { text: texts.page.newest(minuteText(candles.to)) + texts.page.stop, isWarning: false },
      ...warnings.map(({ message }) => ({ text: texts.sentence(message), isWarning: true })),
    ],
    undo: [],
    memory: [],
    rssLimit: null,
    facts: [],
    options: {},
    command: null,
    rehearsal: null,
    together: [],
    nights: [],
  };
}

/** The version and the data, in one line. */
function identityOf({ symbols, from, to }: CandleCounts, texts: Texts): string {
  return texts.page.identity(version, symbols, dayRange(from, to, texts));
}

/** A minute in UTC, and that it is. */
export function minuteText(timeMs: number): string {
  return Math.abs(timeMs) > 8.64e15
    ? String(timeMs)
    : `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
