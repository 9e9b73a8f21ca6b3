import { barsHeldAtMost } from "../../search/market.ts";
import { breaksConstraint, type Objective, objectives, scoreOf } from "../../search/objectives.ts";
import type { SetFigures } from "../../search/result.ts";
import { capturedRows, figuresOf, type SetReplayer } from "../../search/setReplayer.ts";
import type { Metrics, Trade } from "../../search/trades.ts";
import { exitKeyOf, exitOf } from "../../space/exits.ts";
import { filtersOf } from "../../space/filters.ts";
import type { Parameters } from "../../space/parameters.ts";
import { setText } from "../../space/same.ts";
import { ownShare } from "../../validation/shrunk.ts";
import type { Run } from "../run.ts";
import type { Part } from "../typeParts.ts";

/** Sets of each leaderboard that are compared: the group's own, and the whole's. */
export const comparedLeaders = 200;

/** Trades of a set, and their average in points. */
export interface TradedAverage {
  readonly n: number;
  readonly avg_return: number;
}

/** A set as a group's trades and the whole's tell it together, on the training part. */
export interface ShrunkSet {
  readonly params: Parameters;
  /** Whose search found it; `group` if both did. */
  readonly from: "group" | "whole";
  /** How much the group's own average counts, 0-1; the rest is the whole's. */
  readonly share: number;
  readonly group: TradedAverage;
  readonly whole: TradedAverage;
  /** The two averages together, points. */
  readonly shrunk_avg_return: number;
  /** What it is ranked by: the objective with the shrunk average in place of the group's. */
  readonly score: number;
  /** What it made in the group. */
  readonly figures: SetFigures;
}

/** The leaders of two searches, best first. */
export interface Leaders {
  readonly group: readonly Parameters[];
  readonly whole: readonly Parameters[];
}

/** The training part of a group and that of the whole, each with the run that replays it. */
export interface Compared {
  readonly group: { readonly run: Run; readonly part: Part };
  readonly whole: { readonly run: Run; readonly part: Part };
}

/**
 * The leaders of both searches that the constraints allow in the group, best first by `objective` with each set's average in the group shrunk towards the same
 * set's in the whole. Equal ones keep the order given, the group's own first.
 */
export function rankShrunk({ group, whole }: Compared, leaders: Leaders, objective: Objective): ShrunkSet[] {
  const named = new Map<string, { readonly params: Parameters; readonly from: ShrunkSet["from"] }>();
  for (const from of ["group", "whole"] as const)
    for (const params of leaders[from]) if (!named.has(setText(params))) named.set(setText(params), { params, from });
  const sets = [...named.values()];
  const inGroup = group.run.replaying(group.part, (replayer) =>
    eachSet(sets, replayer, (params, trades) => tradedOf(group.run, params, trades, replayer.objectiveTotal)),
  );
  const { constraints, drawdownLimit } = group.run.settings;
  const allowed = sets.flatMap((set, k) => {
    const traded = inGroup[k]!;
    return breaksConstraint(traded.figures.metrics, constraints) ? [] : [{ ...set, ...traded }];
  });
  const inWhole = whole.run.replaying(whole.part, (replayer) =>
    eachSet(allowed, replayer, (params, trades) =>
      isRatio(objective)
        ? tradedOf(whole.run, params, trades, replayer.objectiveTotal).figures.metrics
        : averageOf(trades),
    ),
  );
  const ranked = allowed.map(({ params, from, share, figures }, k) => {
    const { n, avg_return } = inWhole[k]!;
    const shrunk = share * figures.metrics.avg_return + (1 - share) * avg_return;
    const metrics = { ...figures.metrics, avg_return: shrunk, total_return: shrunk * figures.metrics.n };
    const score = isRatio(objective)
      ? share * scoreOf(objective, figures.metrics, drawdownLimit) +
        (1 - share) * scoreOf(objective, inWhole[k] as Metrics, drawdownLimit)
      : scoreOf(objective, withDeviation(objective, metrics), drawdownLimit);
    return { params, from, share, figures, metrics, score, shrunk, whole: { n, avg_return } };
  });
  ranked.sort((a, b) => objectives[objective].order.compare(a, b));
  return ranked.map(({ shrunk, metrics: _, ...set }) => {
    const { n, avg_return } = set.figures.metrics;
    return { ...set, group: { n, avg_return }, shrunk_avg_return: shrunk };
  });
}

/** Ratios of gains to losses, which no average alone tells: their scores are weighted instead. */
function isRatio(objective: Objective): boolean {
  return objective === "sortino" || objective === "profit_factor";
}

/** The system quality number is the average over a deviation, which stays the group's. */
function withDeviation(objective: Objective, metrics: Metrics): Metrics {
  if (objective !== "sqn" || metrics.n < 2 || metrics.stdev === 0) return metrics;
  return { ...metrics, sqn: (metrics.avg_return / metrics.stdev) * Math.sqrt(metrics.n) };
}

interface Traded {
  readonly share: number;
  readonly figures: SetFigures;
}

function tradedOf(run: Run, params: Parameters, trades: readonly Trade[], objectiveTotal: number): Traded {
  const { rules, timeframeMs } = run.settings;
  const heldAtMost = barsHeldAtMost(exitOf(params), rules, timeframeMs);
  return {
    share: ownShare(trades, timeframeMs),
    figures: figuresOf(params, trades, objectiveTotal, timeframeMs, heldAtMost),
  };
}

function averageOf(trades: readonly Trade[]): TradedAverage {
  let total = 0;
  for (const trade of trades) total += 100 * trade.return;
  return { n: trades.length, avg_return: trades.length === 0 ? 0 : total / trades.length };
}

/** Something of every set's trades. Sets that differ in their filters alone share one walk of their exits, which no filter changes. */
function eachSet<T>(
  sets: readonly { readonly params: Parameters }[],
  replayer: SetReplayer,
  use: (params: Parameters, trades: readonly Trade[]) => T,
): T[] {
  const byExits = new Map<string, { readonly exits: Parameters; readonly places: number[] }>();
  for (const [place, { params }] of sets.entries()) {
    const exits = Object.fromEntries(Object.entries(params).filter(([key]) => exitKeyOf(key)));
    const key = setText(exits);
    const known = byExits.get(key);
    if (known) known.places.push(place);
    else byExits.set(key, { exits, places: [place] });
  }
  const found = new Array<T>(sets.length);
  for (const { exits, places } of byExits.values()) {
    const all = replayer.trades(exits);
    for (const place of places) {
      const { params } = sets[place]!;
      const rows = capturedRows(replayer.table, filtersOf(params));
      found[place] = use(
        params,
        Array.from(rows, (row) => all[row]!),
      );
    }
  }
  return found;
}
