import { setsGaining } from "../search/gains.ts";
import { Judge } from "../search/judge.ts";
import { keyTolerance, orderingKeyOf } from "../search/keys.ts";
import { compareSets } from "../search/objectives.ts";
import { type SearchOutcome, searchTable } from "../search/searchTable.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { setGridOf } from "../search/setGrid.ts";
import { orderSpace } from "../space/order.ts";
import { ListTrader } from "./listTrader.ts";
import { leastGain, portfolioRankings, type Ranking } from "./rankings.ts";
import type { RankedBy, RankedSet } from "./searchResult.ts";

/** A set that was traded from one purse, with its place among the others. */
export type PortfolioRankedSet = Required<RankedSet>;

/** A search whose best sets were ranked once more. */
export interface RankedOutcome extends SearchOutcome {
  readonly top: readonly PortfolioRankedSet[];
  readonly ranking: RankedBy;
  /** The best set by the objective's sums; null if none was ranked. */
  readonly first: RankedSet | null;
}

/** The best sets by the objective, and whether any is missing. */
interface Shortlist {
  readonly outcome: SearchOutcome;
  readonly sets: readonly RankedSet[];
  readonly withTies: boolean;
  /** Every ranked set of the space is on it. */
  readonly isWhole: boolean;
}

/** Of the time of a search, about what the leaderboard takes; the rest is trading it. */
const boardPart = 0.5;

/**
 * Searches by the objective, trades the best sets from one purse, all that tie with the last of them too, and ranks them by what the purse made: equal
 * ones by the objective's score, then by their place in the space. Where the stake is a fixed amount, and the metric rises with the final equity, no
 * set can be worth more than its gains staked in full: sets below the shortlist that reach the last place by that bound are traded as well, if they are
 * no more than the shortlist, and then the leaderboard is exact.
 */
export function rankByPortfolio(wanted: SearchTask, ranking: Ranking): RankedOutcome {
  const started = performance.now();
  const order = orderSpace(wanted.space);
  const { onReplay } = wanted;
  const top = Math.min(wanted.top, order.sets);
  const task: SearchTask = { ...wanted, top, ...(onReplay && { onReplay: (done) => onReplay(boardPart * done) }) };
  const { outcome, sets, withTies, isWhole } = shortlistOf(task, Math.max(ranking.shortlist, top));
  const told = (done: number): void => onReplay?.(boardPart + (1 - boardPart) * done);
  const trader = new ListTrader(task, ranking, told);
  try {
    const places = new Map(sets.map(({ index }, k) => [index, k + 1]));
    let traded = rankedBy(ranking, task, trader.trade(sets), places);
    let exact = isWhole;
    if (!exact) {
      const others = othersInReach(task, ranking, traded, places);
      exact = others !== null;
      const further = others ? trader.trade(replayed(task, others)) : [];
      if (further.length > 0) traded = rankedBy(ranking, task, [...traded, ...further], places);
    }
    return {
      ...outcome,
      top: traded.slice(0, top).map((set, k) => ({ ...set, rank: k + 1 })),
      first: sets[0] ?? null,
      ranking: {
        metric: ranking.metric,
        shortlist: ranking.shortlist,
        traded: traded.length,
        with_ties: withTies,
        winner_place: traded[0]?.place_by_sums ?? null,
        exact,
      },
      engine: {
        ...outcome.engine,
        linear_memory_bytes: Math.max(outcome.engine.linear_memory_bytes, trader.linearMemoryBytes),
        milliseconds: performance.now() - started,
      },
    };
  } finally {
    trader.release();
  }
}

/** Sets that may tie at the end of a shortlist before some are left out: so many, or so many lengths of the list if that is more. */
const mostTies = 4096;
const mostTiesShare = 2;

/** The best sets by the objective and all within the tolerance of sums of the last of them, as far as there is room for. */
function shortlistOf(task: SearchTask, length: number): Shortlist {
  const most = length + Math.max(mostTies, mostTiesShare * length);
  for (let room = shortlistRoom(length); ; room = Math.min(most, length + 4 * (room - length))) {
    const outcome = searchTable({ ...task, top: room });
    const last = outcome.top[length - 1];
    const isWhole = outcome.proven && outcome.top.length < room;
    if (!last) return { outcome, sets: outcome.top, withTies: true, isWhole };
    const keyOf = ({ score, metrics }: RankedSet): number => orderingKeyOf(task.objective, score, metrics);
    const least = keyOf(last) - keyTolerance(task.objective, keyOf(last));
    const sets = outcome.top.filter((set) => keyOf(set) >= least);
    const withTies = outcome.proven && (isWhole || sets.length < outcome.top.length);
    const isAll = isWhole && sets.length === outcome.top.length;
    if (withTies || room === most) return { outcome, sets, withTies, isWhole: isAll };
  }
}

/** A shortlist's room at first: what a plan reckons with. */
export function shortlistRoom(length: number): number {
  return length + Math.ceil(length / 8);
}

type Traded = RankedSet & Pick<PortfolioRankedSet, "portfolio">;

function rankedBy(
  { metric }: Ranking,
  { objective }: SearchTask,
  sets: readonly Traded[],
  places: ReadonlyMap<number, number>,
): PortfolioRankedSet[] {
  const { value } = portfolioRankings[metric];
  return sets
    .map((set) => ({ ...set, place_by_sums: places.get(set.index) ?? null }))
    .sort((a, b) => value(b.portfolio) - value(a.portfolio) || compareSets(objective, a, b));
}

/** Sets below the shortlist that may still have a place, by their gains alone; null where nothing bounds them, or they are too many to trade. */
function othersInReach(
  task: SearchTask,
  { portfolio, metric, shortlist }: Ranking,
  traded: readonly PortfolioRankedSet[],
  places: ReadonlyMap<number, number>,
): number[] | null {
  const last = traded[task.top - 1];
  if (!last || !portfolioRankings[metric].risesWithEquity) return null;
  const points = leastGain(portfolio, last.portfolio.final_equity);
  if (points === null) return null;
  const found = setsGaining(task, points, shortlist + places.size);
  const others = found?.filter((rank) => !places.has(rank)) ?? null;
  return others && others.length <= shortlist ? others : null;
}

/** Those of these sets that can be ranked, with their figures. */
function replayed(task: SearchTask, ranks: readonly number[]): RankedSet[] {
  if (ranks.length === 0) return [];
  const order = orderSpace(task.space);
  const judge = new Judge({ ...task, top: ranks.length }, order);
  const { axes, loose } = setGridOf(task, order);
  judge.readBy(axes, loose);
  judge.admitAll(ranks);
  return judge.leaders();
}
