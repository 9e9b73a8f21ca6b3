import * as abi from "../core/abi.ts";
import { madeNothing } from "./metrics.ts";
import type { ObjectiveRow } from "./objectiveRow.ts";
import { byRatio, byScore, gainingFirst, type ScoredSet } from "./scoreOrder.ts";
import { balancedScore, evidenceScore } from "./scores.ts";
import type { Metrics } from "./trades.ts";

/** A score without a floor, whose sign tells whether a set gains, by sums alone: what most rows are. */
const plain = { order: byScore, leastScore: Number.NEGATIVE_INFINITY, mayGainAtZero: false, needsDrawdown: false };

/** Sums without squares: a total of 0 may be that of trades that all made nothing. */
const isZero = (key: number): boolean => key === 0;
/** A ratio above the cap may stand at it, or below. */
const isBeyondCap = (key: number): boolean => key >= abi.BEYOND_KEY;

const pointHalves = { columns: ["count", "total", "squares"], ordersTwice: false } as const;

const rows = {
  evidence: {
    ...plain,
    description: "total_return / sqrt(trades): favours many small gains over a few lucky ones",
    score: evidenceScore,
    isOnlyBound: isZero,
    core: { code: abi.EVIDENCE, sums: abi.SUMS, weight: "root of trades", needsCapture: false, halves: pointHalves },
  },
  total: {
    ...plain,
    description: "total_return",
    score: ({ total_return }) => total_return,
    isOnlyBound: isZero,
    core: { code: abi.TOTAL, sums: abi.SUMS, weight: "none", needsCapture: false, halves: pointHalves },
  },
  expectancy: {
    ...plain,
    description: "avg_return",
    score: ({ avg_return }) => avg_return,
    isOnlyBound: isZero,
    core: { code: abi.EXPECTANCY, sums: abi.SUMS, weight: "trades", needsCapture: false, halves: pointHalves },
  },
  sqn: {
    ...plain,
    description: "avg_return / its standard deviation * sqrt(trades)",
    score: ({ sqn }) => sqn,
    // Trades without a spread score 0.
    mayGainAtZero: true,
    isOnlyBound: (key) => key >= abi.REPLAY_KEY,
    core: { code: abi.SQN, sums: abi.SQUARES, weight: "one by trades", needsCapture: false, halves: pointHalves },
  },
  sortino: {
    ...plain,
    description: "avg_return / its downside deviation",
    score: ({ sortino }) => sortino,
    order: byRatio,
    isOnlyBound: isBeyondCap,
    core: {
      code: abi.SORTINO,
      sums: abi.LOSS_SQUARES,
      weight: "one by trades",
      needsCapture: false,
      halves: { columns: ["count", "total", "losingSquares"], ordersTwice: true },
    },
  },
  profit_factor: {
    ...plain,
    description: "sum of gains / sum of losses",
    score: ({ profit_factor }) => profit_factor,
    order: byRatio,
    isOnlyBound: isBeyondCap,
    core: {
      code: abi.PROFIT_FACTOR,
      sums: abi.GAINS_LOSSES,
      weight: "none",
      needsCapture: false,
      halves: { columns: ["count", "gain", "loss"], ordersTwice: true },
    },
  },
  capture: {
    ...plain,
    description: "avg_return * share of objective opportunities captured",
    score: ({ avg_return, capture_rate }) => capture_rate * avg_return,
    // So do sets without objective opportunities.
    mayGainAtZero: true,
    isOnlyBound: isZero,
    core: {
      code: abi.CAPTURE,
      sums: abi.SUMS,
      weight: "trades by capture rate",
      needsCapture: true,
      halves: { columns: ["count", "total", "squares", "objective"], ordersTwice: false },
    },
  },
  calmar: {
    ...plain,
    description: "total_return / maximum drawdown (at least one point)",
    score: ({ total_return, max_drawdown }) =>
      total_return > 0 ? total_return / Math.max(max_drawdown, 1) : total_return,
    needsDrawdown: true,
    isOnlyBound: isZero,
    core: { code: abi.CALMAR, sums: abi.SUMS, weight: "none", needsCapture: false, halves: pointHalves },
  },
  balanced: {
    description: "the older system's points for average, payoff, win rate, drawdown and capture",
    score: balancedScore,
    order: gainingFirst,
    leastScore: 0,
    mayGainAtZero: false,
    needsDrawdown: true,
    isOnlyBound: (key) => key > abi.GAIN_KEY && isLastBitSet(key),
    core: {
      code: abi.BALANCED,
      sums: abi.WINS,
      weight: "one by trades",
      needsCapture: true,
      halves: { columns: ["count", "gain", "loss", "objective", "total", "wins"], ordersTwice: true },
    },
  },
} satisfies Record<string, ObjectiveRow>;

/** What sets are ranked by. */
export type Objective = keyof typeof rows;

/** Every objective, one row each. Help, request checks, searches, halves of time and tests use these. */
export const objectives: Readonly<Record<Objective, ObjectiveRow>> = rows;

export const objectiveNames = Object.keys(rows) as readonly Objective[];

/** A set that breaks one of these is not ranked. */
export interface Constraints {
  readonly minTrades: number;
  /** Percent points. */
  readonly maxDrawdown?: number;
  /** Share, 0-1. */
  readonly minCaptureRate?: number;
}

/** Score of a set, larger is better. `drawdownLimit` is in percent points. */
export function scoreOf(objective: Objective, metrics: Metrics, drawdownLimit: number): number {
  return objectives[objective].score(metrics, drawdownLimit);
}

/**
 * Whether the best of all ranked sets tells that none of them makes money: those that do come before the others, but where some of them may
 * have a score of exactly 0.
 */
export function isNoneGaining(
  objective: Objective,
  best: { readonly score: number; readonly metrics: Pick<Metrics, "total_return"> },
): boolean {
  const isTold = !objectives[objective].mayGainAtZero || best.score < 0;
  return isTold && best.metrics.total_return <= 0;
}

/** Whether a set is kept from being ranked: by a constraint, or because its trades, if there are any, all made exactly nothing. */
export function breaksConstraint(metrics: Metrics, constraints: Constraints): boolean {
  return (
    metrics.n < constraints.minTrades ||
    madeNothing(metrics) ||
    (constraints.maxDrawdown !== undefined && metrics.max_drawdown > constraints.maxDrawdown) ||
    (constraints.minCaptureRate !== undefined && metrics.capture_rate < constraints.minCaptureRate)
  );
}

/** Orders sets best first: as the objective does, then the lower index. */
export function compareSets(
  objective: Objective,
  a: ScoredSet & { readonly index: number },
  b: ScoredSet & { readonly index: number },
): number {
  return objectives[objective].order.compare(a, b) || a.index - b.index;
}

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

function isLastBitSet(key: number): boolean {
  number[0] = key;
  return (words[0]! & 1) === 1;
}
