import { formatTimeframe } from "../../candles/timeframe.ts";
import type { RehearseResult } from "../../rehearsal/result.ts";
import { answerText } from "../../report/rehearseSummary.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import type { PageSource } from "../source.ts";
import { commonSource } from "./common.ts";

/** What the page of a rehearsal shows: the policies' curves and what each night decided. */
export function rehearsePage(result: RehearseResult, texts: Texts = en): PageSource {
  const words = texts.page.facts;
  const { candles, warnings, every_ms, window_ms, nights, fingerprint } = result;
  return {
    ...commonSource(candles, warnings, texts),
    verb: "rehearse",
    headline: answerText(result, texts),
    subjects: [],
    rehearsal: result,
    facts: [
      [words.nights, words.nightsOf(nights.length, formatTimeframe(every_ms), formatTimeframe(window_ms))],
      [words.fingerprint, fingerprint],
    ],
  };
}
