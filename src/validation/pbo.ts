import type { Objective } from "../search/objectives.ts";
import type { BlockSums } from "./blocks.ts";
import { distinctSets } from "./distinct.ts";
import {
  addRows,
  emptySumRow,
  hasNothing,
  hasSecond,
  type Ranking,
  type SumRow,
  type Sums,
  sumRowOf,
  writeStatistics,
} from "./halfStatistics.ts";
import { quantileOf } from "./tradeSums.ts";

/** Probability of backtest overfitting with what it rests on. */
export interface Overfitting {
  /** Share of the halves whose winner is not above the median out of sample, 0-1; null with fewer than two sets or without a winner. */
  readonly pbo: number | null;
  /** Sets of different trades that were compared. */
  readonly sets: number;
  /** Halves that have a winner in sample: C(16,8) = 12,870 of 16 blocks at most. */
  readonly halves: number;
  /** Quantiles of the logits (above 0: the winner is above the median out of sample); null where `pbo` is. */
  readonly logits: Readonly<Record<"q05" | "q25" | "median" | "q75" | "q95", number>> | null;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, Lopez de Prado and Zhu 2017):
 * over every half of the blocks, where the best set in sample ranks out of sample. The winner of a half needs `minTrades`/2 trades in
 * it, and not all of them at nothing. Where several are equally good, the half counts by the share of them that fall to the median or below, and
 * its logit is that of their mean rank: no order of the sets plays a part. Sets that are the same trades are one. The number of blocks
 * must be even.
 */
export function backtestOverfitting(sampled: BlockSums, objective: Objective, minTrades: number): Overfitting {
  const blockSums = distinctSets(sampled);
  const { sets } = blockSums;
  const logits: number[] = [];
  let overfitted = 0;
  if (sets > 1)
    eachPairOfHalves(blockSums, objective, minTrades / 2, (inSample, outOfSample, sums) => {
      const winners = winnersOf(inSample, sums, minTrades / 2);
      if (winners.length === 0) return;
      const ranks = ranksOf(winners, outOfSample, hasSecond(objective));
      const rank = ranks.reduce((sum, one) => sum + one, 0) / ranks.length;
      overfitted += ranks.filter((one) => 2 * one <= sets + 1).length / ranks.length;
      logits.push(Math.log(rank / (sets + 1 - rank)));
    });
  const sorted = Float64Array.from(logits).sort();
  const halves = sorted.length;
  if (halves === 0) return { pbo: null, sets, halves, logits: null };
  const quantile = (share: number): number => quantileOf(sorted, share);
  return {
    pbo: overfitted / halves,
    sets,
    halves,
    logits: {
      q05: quantile(0.05),
      q25: quantile(0.25),
      median: quantile(0.5),
      q75: quantile(0.75),
      q95: quantile(0.95),
    },
  };
}

type VisitHalf = (inSample: Ranking, outOfSample: Ranking, inSampleSums: Sums) => void;

/**
 * Visits every half as in-sample beside the other half. Blocks are dealt to two sides one after another, the first always to the left
 * (the mirror image is visited with it), and each side keeps its sums after every block, so that a side's next sums are one
 * addition away. Nothing is ever taken away again: sums carry no residue, and a set without losses has a loss of exactly 0.
 */
function eachPairOfHalves(blockSums: BlockSums, objective: Objective, minCount: number, visit: VisitHalf): void {
  const { sets, blocks, objectiveTotals } = blockSums;
  const half = blocks / 2;
  const blockRows = Array.from({ length: blocks }, (_, block) => sumRowOf(blockSums, objective, block));
  const levels = (): SumRow[] => Array.from({ length: half + 1 }, () => emptySumRow(objective, sets));
  const left = levels();
  const right = levels();
  const ranking = (): Ranking => ({ first: new Float64Array(sets), second: new Float64Array(sets) });
  const leftSums = left[half]!.sums;
  const rightSums = right[half]!.sums;
  const leftRanking = ranking();
  const rightRanking = ranking();
  const deal = (
    block: number,
    onLeft: number,
    onRight: number,
    leftObjective: number,
    rightObjective: number,
  ): void => {
    if (block === blocks) {
      writeStatistics(leftRanking, objective, leftSums, leftObjective, minCount);
      writeStatistics(rightRanking, objective, rightSums, rightObjective, minCount);
      visit(leftRanking, rightRanking, leftSums);
      visit(rightRanking, leftRanking, rightSums);
      return;
    }
    const objectiveTotal = objectiveTotals[block]!;
    if (onLeft < half) {
      addRows(left[onLeft + 1]!, left[onLeft]!, blockRows[block]!);
      deal(block + 1, onLeft + 1, onRight, leftObjective + objectiveTotal, rightObjective);
    }
    if (onRight < half && block > 0) {
      addRows(right[onRight + 1]!, right[onRight]!, blockRows[block]!);
      deal(block + 1, onLeft, onRight + 1, leftObjective, rightObjective + objectiveTotal);
    }
  };
  deal(0, 0, 0, 0, 0);
}

/** The best sets with trades enough: one, or several that are equally good; none where no set has enough. */
function winnersOf({ first, second }: Ranking, sums: Sums, minCount: number): number[] {
  let winners: number[] = [];
  for (let s = 0; s < first.length; s++) {
    if (sums.count[s]! < minCount || hasNothing(sums, s)) continue;
    const best = winners[0];
    const order = best === undefined ? 1 : first[s]! - first[best]! || second[s]! - second[best]!;
    if (order > 0) winners = [s];
    else if (order === 0) winners.push(s);
  }
  return winners;
}

/** From so many sets on, sorting all of them is less work than counting for each. */
const manySets = 8;

/** Ranks of some sets among all, 1 = worst, ties averaged. */
function ranksOf(sets: readonly number[], ranking: Ranking, comparesSecond: boolean): number[] {
  if (sets.length < manySets) return sets.map((set) => rankOf(set, ranking, comparesSecond));
  const { first, second } = ranking;
  const order = Uint32Array.from(first, (_, set) => set).sort(
    (a, b) => first[a]! - first[b]! || second[a]! - second[b]!,
  );
  const ranks = new Float64Array(first.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const [one, two] = [first[order[from]!], second[order[from]!]];
    while (to < order.length && first[order[to]!] === one && second[order[to]!] === two) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2;
  }
  return sets.map((set) => ranks[set]!);
}

/** Rank of one set among all, 1 = worst, ties averaged. */
function rankOf(set: number, { first, second }: Ranking, comparesSecond: boolean): number {
  const ownFirst = first[set]!;
  const ownSecond = second[set]!;
  let below = 0;
  let equal = 0;
  if (comparesSecond)
    for (let s = 0; s < first.length; s++) {
      if (first[s]! < ownFirst) below++;
      else if (first[s] === ownFirst) {
        if (second[s]! < ownSecond) below++;
        else if (second[s] === ownSecond) equal++;
      }
    }
  else
    for (let s = 0; s < first.length; s++) {
      if (first[s]! < ownFirst) below++;
      else if (first[s] === ownFirst) equal++;
    }
  return below + (equal + 1) / 2;
}
