import { simulateHeadline } from "../../report/brief/simulateBrief.ts";
import type { FinishedSimulation } from "../../run/simulate.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import type { PageSource } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a simulation shows: one set's trades. */
export function simulatePage({ result, drawn }: FinishedSimulation, texts: Texts = en): PageSource {
  const words = texts.page.facts;
  const { type, params, metrics, candles, warnings, portfolio } = result;
  const account = portfolio && { account: portfolio.metrics };
  const proposed = { label: "set" as const, params, metrics, ...account };
  return {
    ...commonSource(candles, warnings, texts),
    verb: "simulate",
    headline: simulateHeadline(result, texts),
    subjects: [{ ...bareSubject, name: type, type, proposed, drawn }],
    facts: [
      [words.opportunities, words.simulatedOf(result.opportunities, result.left_out)],
      [words.ambiguous, words.ambiguousOf(result.ambiguous)],
      [words.fingerprint, result.fingerprint],
    ],
  };
}
