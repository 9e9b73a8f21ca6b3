import { formatTimeframe } from "../../candles/timeframe.ts";
import type { RehearseResult } from "../../rehearsal/result.ts";
import { answerText } from "../../report/rehearseSummary.ts";
import type { PageSource } from "../source.ts";
import { commonSource } from "./common.ts";

/** What the page of a rehearsal shows: the policies' curves and what each night decided. */
export function rehearsePage(result: RehearseResult): PageSource {
  const { candles, warnings, every_ms, window_ms, nights, fingerprint } = result;
  return {
    ...commonSource(candles, warnings),
    verb: "rehearse",
    headline: answerText(result),
    subjects: [],
    rehearsal: result,
    facts: [
      [
        "Nights",
        `${nights.length}, every ${formatTimeframe(every_ms)}, each looking back ${formatTimeframe(window_ms)}`,
      ],
      ["Fingerprint", fingerprint],
    ],
  };
}
