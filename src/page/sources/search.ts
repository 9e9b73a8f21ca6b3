import type { FinishedSearch } from "../../run/search.ts";
import { count, counted, duration, figure, megabytes, percent } from "../../words/figures.ts";
import type { PageSource } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a search shows: its best set in-sample, and the leaderboard. */
export function searchPage({ result, space, drawn, explored }: FinishedSearch): PageSource {
  const { type, objective, top, candles, warnings, sets, ranked, engine } = result;
  const best = top[0];
  const found = best
    ? `${type}: best of ${counted(ranked, "ranked set")} makes ${percent(best.metrics.avg_return)} per trade in-sample`
    : `${type}: no set meets the constraints`;
  return {
    ...commonSource(candles, warnings),
    verb: "search",
    headline: found,
    subjects: [
      {
        ...bareSubject,
        name: type,
        type,
        proposed: best ? { label: "best", params: best.params, metrics: best.metrics } : null,
        decision: best ? "in-sample: judge it with sluice validate before you use it" : null,
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
