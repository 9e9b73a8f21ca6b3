import { validateHeadline } from "../../report/brief/validateBrief.ts";
import type { FinishedValidation } from "../../run/validate.ts";
import { count } from "../../words/figures.ts";
import type { PageSource, ShownSet } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a validation shows: the tests of one set, against the current one if it was given. */
export function validatePage({ result, space, top, drawn, explored, memory }: FinishedValidation): PageSource {
  const { type, verdict, reason, decision, candidates, replays, candles, warnings, split } = result;
  const metricsOf = (set: string): ShownSet["metrics"] =>
    replays.find((replay) => replay.set === set && replay.part === "holdout")?.one_position ?? null;
  const [asked] = candidates;
  const current = candidates.find(({ candidate }) => candidate === "current");
  const applies = decision.advice === "apply" ? "would replace the current set" : "would not replace the current set";
  return {
    ...commonSource(candles, warnings),
    verb: "validate",
    headline: validateHeadline(result),
    subjects: [
      {
        ...bareSubject,
        name: type,
        type,
        now: current ? { label: "now", params: current.params, metrics: metricsOf("current") } : null,
        proposed: asked
          ? {
              label: "proposed",
              params: asked.params,
              metrics: metricsOf(asked.candidate) ?? asked.gate?.candidate_metrics ?? null,
            }
          : null,
        decision: `${verdict.toLowerCase()}; ${applies}`,
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
      ["Verdict", `${verdict}: ${reason}`],
      [
        "Opportunities",
        `${count(split.training)} searched, ${count(split.holdout)} unseen, ${count(result.left_out)} left out`,
      ],
      ["Found by", result.found_by],
      ["Objective", result.objective],
      ["Fingerprint", result.fingerprint],
    ],
  };
}
