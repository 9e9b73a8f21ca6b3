import { searchHeadline } from "../../report/brief/searchBrief.ts";
import type { FinishedSearch } from "../../run/search.ts";
import { count, counted, duration, figure, megabytes } from "../../words/figures.ts";
import type { PageSource } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a search shows: its best set in-sample, and the leaderboard. */
export function searchPage({ result, space, drawn, explored }: FinishedSearch): PageSource {
  const { type, objective, top, candles, warnings, sets, ranked, engine } = result;
  const best = top[0];
  const common = commonSource(candles, warnings);
  const inSample = "These figures are in-sample: judge the set with sluice validate before you use it.";
  return {
    ...common,
    notes: [...(best ? [{ text: inSample, isWarning: true }] : []), ...common.notes],
    verb: "search",
    headline: searchHeadline(result),
    subjects: [
      {
        ...bareSubject,
        name: type,
        type,
        proposed: best ? { label: "best", params: best.params, metrics: best.metrics } : null,
        space,
        top,
        ranked,
        drawn,
        explored,
      },
    ],
    facts: [
      ["Objective", objective],
      ["Tested", `${count(sets)} sets, ${count(ranked)} ranked`],
      ["Best score", best ? figure(best.score) : "none"],
      [
        "Opportunities",
        `${count(result.opportunities)}, of which ${count(result.objective_opportunities)} are objective; ${count(result.left_out)} left out`,
      ],
      [
        "Engine",
        `${duration(engine.milliseconds)}, ${counted(engine.threads, "thread")}, linear memory ${megabytes(engine.linear_memory_bytes)}`,
      ],
      ["Fingerprint", result.fingerprint],
    ],
  };
}
