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

/** Averages of sets over all symbols, by `setText`: of one type, known from other groups. */
export type WholeAverages = Map<string, TradedAverage>;

/**
 * The leaders of both searches that the constraints allow in the group, best first by `objective` with each set's average in the group shrunk towards the same
 * set's in the whole. Equal ones keep the order given, the group's own first.
 */
export function rankShrunk(
  { group, whole }: Compared,
  leaders: Leaders,
  objective: Objective,
  known: WholeAverages = new Map(),
): ShrunkSet[] {
  const allowed = inGroup(group, namedOf(leaders));
  const { drawdownLimit } = group.run.settings;
  const scores = isRatio(objective) ? wholeScores(whole, allowed, objective) : null;
  const averages = wholeAverages(whole, allowed, known);
  const ranked = allowed.map(({ text: _, isOfWhole: __, ...set }, k) => {
    const { metrics } = set.figures;
    const average = averages[k]!;
    const shrunk = set.share * metrics.avg_return + (1 - set.share) * average.avg_return;
    const together = withAverage(objective, metrics, shrunk);
    const score = scores
      ? set.share * scoreOf(objective, metrics, drawdownLimit) + (1 - set.share) * scores[k]!
      : scoreOf(objective, together, drawdownLimit);
    const { n, avg_return } = metrics;
    const found = { ...set, group: { n, avg_return }, whole: average, shrunk_avg_return: shrunk, score };
    return { found, score, metrics: together };
  });
  ranked.sort((a, b) => objectives[objective].order.compare(a, b));
  return ranked.map(({ found }) => found);
}

interface NamedSet extends Pick<ShrunkSet, "params" | "from"> {
  readonly text: string;
  /** It is one of the whole's leaders, whoever else found it: every group asks for its average. */
  readonly isOfWhole: boolean;
}

/** Each set once. */
function namedOf(leaders: Leaders): NamedSet[] {
  const named = new Map<string, NamedSet>();
  const ofWhole = new Set(leaders.whole.map(setText));
  for (const from of ["group", "whole"] as const)
    for (const params of leaders[from]) {
      const text = setText(params);
      if (!named.has(text)) named.set(text, { params, from, text, isOfWhole: ofWhole.has(text) });
    }
  return [...named.values()];
}

interface AllowedSet extends NamedSet, Pick<ShrunkSet, "share" | "figures"> {}

/** The sets that the constraints allow in the group, with what they made there. */
function inGroup({ run, part }: Compared["group"], sets: readonly NamedSet[]): AllowedSet[] {
  const { constraints, rules, timeframeMs } = run.settings;
  return run.replaying(part, (replayer) => {
    const found = new Array<AllowedSet | null>(sets.length).fill(null);
    for (const { exits, rows, members } of byExits(sets, replayer)) {
      const enough = members.filter((member) => member.rows.length >= constraints.minTrades);
      if (enough.length === 0) continue;
      const all = new Map(replayer.trades(exits, rows).map((trade) => [trade.row, trade]));
      for (const member of enough) {
        const { params } = sets[member.place]!;
        const trades = Array.from(member.rows, (row): Trade => all.get(row)!);
        const heldAtMost = barsHeldAtMost(exitOf(params), rules, timeframeMs);
        const figures = figuresOf(params, trades, replayer.objectiveTotal, timeframeMs, heldAtMost);
        if (breaksConstraint(figures.metrics, constraints)) continue;
        found[member.place] = { ...sets[member.place]!, figures, share: ownShare(trades, timeframeMs) };
      }
    }
    return found.filter((set) => set !== null);
  });
}

/** Each set's average over all symbols; those that are not known yet are replayed, and the whole's leaders are known from then on. */
function wholeAverages(
  { run, part }: Compared["whole"],
  sets: readonly NamedSet[],
  known: WholeAverages,
): TradedAverage[] {
  const averages = sets.map(({ text }) => known.get(text));
  const unknown = [...sets.keys()].filter((k) => averages[k] === undefined);
  if (unknown.length > 0)
    run.replaying(part, (replayer) => {
      const returns = new Float64Array(part.table.count);
      for (const { exits, rows, members } of byExits(
        unknown.map((k) => sets[k]!),
        replayer,
      )) {
        const found = replayer.returns(exits, rows).returns;
        for (const [k, row] of rows.entries()) returns[row] = found[k]!;
        for (const member of members) averages[unknown[member.place]!] = averageOf(returns, member.rows);
      }
    });
  for (const [k, { text, isOfWhole }] of sets.entries()) if (isOfWhole) known.set(text, averages[k]!);
  return averages as TradedAverage[];
}

/** Each set's score over all symbols. */
function wholeScores({ run, part }: Compared["whole"], sets: readonly NamedSet[], objective: Objective): number[] {
  return run.replaying(part, (replayer) =>
    sets.map(({ params }) => scoreOf(objective, replayer.figures(params).metrics, run.settings.drawdownLimit)),
  );
}

/** In table order, as the engine adds them up. */
function averageOf(returns: Float64Array, rows: Uint32Array): TradedAverage {
  let total = 0;
  for (const row of rows) total += 100 * returns[row]!;
  return { n: rows.length, avg_return: rows.length === 0 ? 0 : total / rows.length };
}

/** Ratios of gains to losses, which no average alone tells: their scores are weighted instead. */
function isRatio(objective: Objective): boolean {
  return objective === "sortino" || objective === "profit_factor";
}

/** A set's metrics with another average; the system quality number is that average over the deviation, which stays. */
function withAverage(objective: Objective, metrics: Metrics, average: number): Metrics {
  const { n, stdev } = metrics;
  const moved = { ...metrics, avg_return: average, total_return: average * n };
  return objective === "sqn" && n > 1 && stdev > 0 ? { ...moved, sqn: (average / stdev) * Math.sqrt(n) } : moved;
}

/** Sets with the same exits, which differ in their filters alone: no filter changes how a trade ends, so they are walked together. */
interface SameExits {
  readonly exits: Parameters;
  /** Every row that one of them captures. */
  readonly rows: Uint32Array;
  /** By their place among the sets. */
  readonly members: readonly { readonly place: number; readonly rows: Uint32Array }[];
}

function* byExits(sets: readonly NamedSet[], { table }: SetReplayer): Generator<SameExits> {
  const alike = new Map<string, { readonly exits: Parameters; readonly places: number[] }>();
  for (const [place, { params }] of sets.entries()) {
    const exits = Object.fromEntries(Object.entries(params).filter(([key]) => exitKeyOf(key)));
    const text = setText(exits);
    const known = alike.get(text);
    if (known) known.places.push(place);
    else alike.set(text, { exits, places: [place] });
  }
  for (const { exits, places } of alike.values()) {
    const members = places.map((place) => ({ place, rows: capturedRows(table, filtersOf(sets[place]!.params)) }));
    const isCaptured = new Uint8Array(table.count);
    for (const { rows } of members) for (const row of rows) isCaptured[row] = 1;
    const rows = new Uint32Array(table.count);
    let count = 0;
    for (let row = 0; row < table.count; row++) if (isCaptured[row] === 1) rows[count++] = row;
    yield { exits, rows: rows.subarray(0, count), members };
  }
}
