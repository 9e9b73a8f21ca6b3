import { isSame } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";
import { type TestFinding, testLimits } from "./finding.ts";
import { meanPoints } from "./tradeSums.ts";

/** One half's figures: avg_return in points and the win rate. */
export interface Half {
  readonly avgReturn: number;
  readonly winRate: number;
}

export interface EarlyLate {
  /** Decrease of avg_return from early to late, relative to early; never below 0. */
  readonly degradation: number;
  /** Late over early win rate; 1 if early is 0. */
  readonly winRateRatio: number;
  /** 2 or more: overfitted. */
  readonly points: number;
  /** 0-100. */
  readonly stability: number;
}

/** Compares the halves of the training part. An improvement is not a degradation. `fullAverage` in points: below 0 nothing is stable. */
export function earlyLate(early: Half, late: Half, fullAverage: number): EarlyLate {
  const isEqual = isSame(early.avgReturn, late.avgReturn);
  const fall = isEqual ? 0 : Math.max(0, early.avgReturn - late.avgReturn);
  return rated(relative(fall, early.avgReturn), early, late, fullAverage);
}

/** A change of avg_return, relative to the early half. */
export function relative(change: number, early: number): number {
  if (early === 0) return change > 0 ? 1 : 0;
  return change / Math.abs(early);
}

/** The rule from its degradation. `fullAverage` in points: below 0 nothing is stable. */
export function rated(degradation: number, early: Half, late: Half, fullAverage: number): EarlyLate {
  const winRateRatio = early.winRate === 0 ? 1 : late.winRate / early.winRate;
  let points = 0;
  if (degradation > 0.3) points++;
  if (winRateRatio < 0.8) points++;
  if (late.avgReturn < 0) points += 2;
  let stability = 100;
  if (degradation > 0.1) stability -= Math.min(50, 20 * degradation);
  if (winRateRatio < 0.9) stability -= Math.min(30, 30 * (1 - winRateRatio));
  return { degradation, winRateRatio, points, stability: fullAverage < 0 ? 0 : stability };
}

/** Halves of equal count in time order; trades that enter together stay together, in the half where the first of them falls. */
export function halvesOf(trades: readonly Trade[]): [Trade[], Trade[]] {
  const ordered = [...trades].sort((a, b) => a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  let middle = Math.ceil(ordered.length / 2);
  while (middle > 0 && middle < ordered.length && ordered[middle]!.entryTimeMs === ordered[middle - 1]!.entryTimeMs)
    middle++;
  return [ordered.slice(0, middle), ordered.slice(middle)];
}

function halfOf(trades: readonly Trade[]): Half {
  const wins = trades.filter((trade) => trade.return > 0).length;
  return { avgReturn: meanPoints(trades), winRate: trades.length === 0 ? 0 : wins / trades.length };
}

/** The early/late row of the verdict table, from the training trades. */
export function earlyLateTest(training: readonly Trade[]): TestFinding {
  const [early, late] = halvesOf(training).map(halfOf) as [Half, Half];
  const { degradation, winRateRatio, points, stability } = earlyLate(early, late, meanPoints(training));
  const threshold = testLimits.early_late;
  const hasFailed = points >= threshold.overfittedPoints || stability < threshold.unstable;
  return {
    name: "early_late",
    outcome: hasFailed ? "failed" : stability < threshold.warning ? "warning" : "passed",
    figure: points,
    threshold,
    figures: {
      points,
      stability,
      degradation,
      win_rate_ratio: winRateRatio,
      early_avg_return: early.avgReturn,
      late_avg_return: late.avgReturn,
      early_win_rate: early.winRate,
      late_win_rate: late.winRate,
    },
  };
}
