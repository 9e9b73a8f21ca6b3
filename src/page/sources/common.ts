import type { CandleCounts } from "../../candles/counts.ts";
import type { Warning } from "../../errors.ts";
import { dayRange } from "../../report/brief/dates.ts";
import { version } from "../../run/version.ts";
import { counted } from "../../words/figures.ts";
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
): Omit<PageSource, "verb" | "headline" | "subjects"> {
  return {
    version,
    identity: identityOf(candles),
    candles,
    splitMs: null,
    notes: [
      { text: `The newest candle opened ${minuteText(candles.to)}.`, isWarning: false },
      ...warnings.map(({ message }) => ({ text: message, isWarning: true })),
    ],
    undo: [],
    memory: [],
    rssLimit: null,
    facts: [],
    options: {},
    command: null,
    rehearsal: null,
    nights: [],
  };
}

/** The version and the data, in one line. */
export function identityOf({ symbols, from, to }: Pick<CandleCounts, "symbols" | "from" | "to">): string {
  return `Sluice ${version}, ${counted(symbols, "symbol")}, candles of ${dayRange(from, to)}`;
}

/** A minute in UTC, and that it is. */
export function minuteText(timeMs: number): string {
  return Math.abs(timeMs) > 8.64e15
    ? String(timeMs)
    : `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
