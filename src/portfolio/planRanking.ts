import { leaderboardSize } from "../search/leaderboardSize.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { orderSpace } from "../space/order.ts";
import type { Ranking } from "./rankings.ts";
import { shortlistRoom } from "./shortlist.ts";

/** What ranking by portfolio takes beyond the search by the objective. Field names are the JSON's. */
export interface RankingPlan {
  /** Sets that are traded; more if others tie with the last of them. */
  readonly sets: number;
  /** Expected, on top of the search with a leaderboard of so many sets. */
  readonly milliseconds: number;
}

/** Trading one set from a purse, for each opportunity of the table, milliseconds; see docs/performance.md. */
const tradedMilliseconds = 8e-5;

/** Plans ranking by portfolio, and the search that makes its shortlist: its leaderboard holds that. */
export function planRanking(
  task: SearchTask,
  { shortlist }: Ranking,
): { readonly task: SearchTask; readonly plan: RankingPlan } {
  const { sets } = orderSpace(task.space);
  const listed = Math.min(sets, Math.max(shortlist, task.top));
  return {
    task: { ...task, top: leaderboardSize(shortlistRoom(listed), sets, 0).sets },
    plan: { sets: listed, milliseconds: listed * task.table.count * tradedMilliseconds },
  };
}
