import { validateHeadline } from "../../report/brief/validateBrief.ts";
import type { FinishedValidation } from "../../run/validate.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import type { PageSource, ShownSet } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a validation shows: the tests of one set, against the current one if it was given. */
export function validatePage(
  { result, space, top, drawn, explored, memory }: FinishedValidation,
  texts: Texts = en,
): PageSource {
  const { facts: words, validated } = texts.page;
  const { type, verdict, reason, decision, candidates, replays, candles, warnings, split } = result;
  const replayOf = (set: string) => replays.find((replay) => replay.set === set && replay.part === "holdout");
  const metricsOf = (set: string): ShownSet["metrics"] => replayOf(set)?.one_position ?? null;
  const accountOf = (set: string): Pick<ShownSet, "account"> => {
    const account = replayOf(set)?.portfolio?.metrics;
    return account ? { account } : {};
  };
  const [asked] = candidates;
  const current = candidates.find(({ candidate }) => candidate === "current");
  return {
    ...commonSource(candles, warnings, texts),
    verb: "validate",
    headline: validateHeadline(result, texts),
    subjects: [
      {
        ...bareSubject,
        name: type,
        type,
        now: current
          ? { label: "now", params: current.params, metrics: metricsOf("current"), ...accountOf("current") }
          : null,
        proposed: asked
          ? {
              label: "proposed",
              params: asked.params,
              metrics: metricsOf(asked.candidate) ?? asked.gate?.candidate_metrics ?? null,
              ...(asked.gate?.accounts ? { account: asked.gate.accounts.candidate } : accountOf(asked.candidate)),
            }
          : null,
        decision: validated(verdict, decision.advice === "apply"),
        verdict: result,
        space,
        top,
        drawn,
        explored,
      },
    ],
    splitMs: split.time,
    memory,
    facts: [
      [words.verdict, words.verdictOf(verdict, texts.sentence(reason))],
      [words.opportunities, words.validatedOf(split.training, split.holdout, result.left_out)],
      [words.foundBy, result.found_by],
      [words.objective, result.objective],
      [words.fingerprint, result.fingerprint],
    ],
  };
}
