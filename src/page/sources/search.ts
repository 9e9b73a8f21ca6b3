import { searchHeadline } from "../../report/brief/searchBrief.ts";
import { rankingTexts } from "../../report/portfolioLines.ts";
import type { FinishedSearch } from "../../run/search.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { duration, figure, megabytes } from "../../words/figures.ts";
import type { PageSource } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a search shows: its best set in-sample, and the leaderboard. */
export function searchPage({ result, space, drawn, explored }: FinishedSearch, texts: Texts = en): PageSource {
  const { facts: words, inSample, none } = texts.page;
  const { type, objective, top, candles, warnings, sets, ranked, engine, ranking } = result;
  const best = top[0];
  const common = commonSource(candles, warnings, texts);
  return {
    ...common,
    notes: [...(best ? [{ text: inSample, isWarning: true }] : []), ...common.notes],
    verb: "search",
    headline: searchHeadline(result, texts),
    subjects: [
      {
        ...bareSubject,
        name: type,
        type,
        proposed: best
          ? {
              label: "best",
              params: best.params,
              metrics: best.metrics,
              ...(best.portfolio && { account: best.portfolio }),
            }
          : null,
        space,
        top,
        ranked,
        drawn,
        explored,
      },
    ],
    facts: [
      [words.objective, objective],
      [words.tested, words.testedOf(sets, ranked)],
      ...(ranking ? rankingTexts(ranking, undefined, texts) : []),
      [words.bestScore, best ? figure(best.score) : none],
      [words.opportunities, words.searchedOf(result.opportunities, result.objective_opportunities, result.left_out)],
      [
        words.engine,
        words.engineOf(duration(engine.milliseconds), engine.threads, megabytes(engine.linear_memory_bytes)),
      ],
      [words.fingerprint, result.fingerprint],
    ],
  };
}
