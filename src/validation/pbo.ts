import { borrowSides, type HalfRules, type Side } from "../core/halves.ts";
import { type Objective, objectives } from "../search/objectives.ts";
import type { BlockSums } from "./blocks.ts";
import { distinctSets } from "./distinct.ts";
import { type Histogram, histogramOf } from "./histogram.ts";
import { quantileOf } from "./tradeSums.ts";

/** Probability of backtest overfitting, and the figures behind it. */
export interface Overfitting {
  /** Share of the halves whose winner is not above the median out of sample, 0-1; null with fewer than two sets or without a winner. */
  readonly pbo: number | null;
  /** Sets of different trades that were compared. */
  readonly sets: number;
  /** Halves that have a winner in sample: C(16,8) = 12,870 of 16 blocks at most. */
  readonly halves: number;
  /** Quantiles of the logits (above 0: the winner is above the median out of sample); null if `pbo` is. */
  readonly logits: Readonly<Record<"q05" | "q25" | "median" | "q75" | "q95", number>> | null;
  /** Of all logits; null if `pbo` is. */
  readonly spread: Histogram | null;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, Lopez de Prado and Zhu 2017):
 * over every half of the blocks, where the best set in sample ranks out of sample. The winner of a half needs `minTrades`/2 trades in
 * it, and not all of them at 0. If several are equally good, the half counts by the share of them that fall to the median or below, and
 * its logit is that of their mean rank: the order of the sets does not matter. Sets with the same trades count once. The number of blocks
 * must be even.
 */
export function backtestOverfitting(sampled: BlockSums, objective: Objective, minTrades: number): Overfitting {
  const blockSums = distinctSets(sampled);
  const { sets } = blockSums;
  const logits: number[] = [];
  let overfitted = 0;
  const { code, halves: halfScore } = objectives[objective].core;
  const rules = { ...halfScore, code, minCount: minTrades / 2 };
  if (sets > 1)
    eachPairOfHalves(blockSums, rules, (inSample, outOfSample) => {
      const ranks = Array.from(inSample.winners(), (set) => outOfSample.rankOf(set));
      if (ranks.length === 0) return;
      const rank = ranks.reduce((sum, one) => sum + one, 0) / ranks.length;
      overfitted += ranks.filter((one) => 2 * one <= sets + 1).length / ranks.length;
      logits.push(Math.log(rank / (sets + 1 - rank)));
    });
  const sorted = Float64Array.from(logits).sort();
  const halves = sorted.length;
  if (halves === 0) return { pbo: null, sets, halves, logits: null, spread: null };
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
    spread: histogramOf(sorted),
  };
}

/**
 * Visits every half as in-sample beside the other half. Blocks are dealt to two sides one after another, the first always to the left
 * (the mirror image is visited with it). What is left when a side has its half falls to the other, and is added while that is rated.
 */
function eachPairOfHalves(blockSums: BlockSums, rules: HalfRules, visit: (one: Side, other: Side) => void): void {
  const { blocks } = blockSums;
  const half = blocks / 2;
  const { left, right, release } = borrowSides(blockSums, rules, half - 1);
  const visitBoth = (): void => {
    visit(left, right);
    visit(right, left);
  };
  const deal = (block: number, onLeft: number, onRight: number): void => {
    if (onLeft + 1 < half) {
      left.add(onLeft, block);
      deal(block + 1, onLeft + 1, onRight);
    } else {
      left.rate(onLeft, block, block + 1);
      right.rate(onRight, block + 1, blocks);
      visitBoth();
    }
    if (block === 0) return;
    if (onRight + 1 < half) {
      right.add(onRight, block);
      deal(block + 1, onLeft, onRight + 1);
    } else {
      left.rate(onLeft, block + 1, blocks);
      right.rate(onRight, block, block + 1);
      visitBoth();
    }
  };
  try {
    deal(0, 0, 0);
  } finally {
    release();
  }
}
