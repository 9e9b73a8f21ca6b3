import type { RankedSet } from "../../portfolio/searchResult.ts";
import type { Parameters } from "../../space/parameters.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { count, figure, parameterText, percent, share, unsignedPercent } from "../../words/figures.ts";
import { part } from "../part.ts";
import { shownSubjects } from "./subjects.ts";

/** Sets that a leaderboard shows. */
const mostSets = 30;

/** The best sets of the last search, in-sample, each with its parameters as JSON. */
export const leaderboard = part({
  id: "leaderboard",
  heading: (words) => words.leaderboard.heading,
  data: ({ subjects, texts }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ top }) => top.length > 0));
    if (shown.length === 0) return null;
    return {
      columns: texts.page.leaderboard.columns,
      subjects: shown.map(({ name, top }) => ({
        name,
        rows: top
          .slice(0, mostSets)
          .map((set) => ({ cells: cellsOf(set, top[0]!.params, texts), params: JSON.stringify(set.params) })),
        more: Math.max(0, top.length - mostSets),
      })),
      more,
    };
  },
});

function cellsOf({ rank, score, metrics, params }: RankedSet, best: Parameters, { list }: Texts): string[] {
  const differing = Object.entries(params).filter(
    ([key, value]) => parameterText(value) !== parameterText(best[key] ?? null),
  );
  return [
    String(rank),
    figure(score),
    count(metrics.n),
    share(metrics.win_rate),
    percent(metrics.avg_return),
    percent(metrics.total_return),
    unsignedPercent(metrics.max_drawdown),
    rank === 1 ? "" : differing.map(([key, value]) => `${key} ${parameterText(value)}`).join(list),
  ];
}
