import { type TestName, testLimits } from "../../../validation/finding.ts";
import type { TestResult } from "../../../validation/result.ts";
import { count, percent, share } from "../../figures.ts";
import { portfolio } from "./portfolio.ts";

/** A test for somebody who does not know its name. */
export interface TestWords {
  readonly name: string;
  /** What it found, given its figures. */
  readonly found: (figures: TestResult["figures"]) => string;
  readonly needs: string;
}

const { pbo, deflated_sharpe, walk_forward, plateau, permutation, selection } = testLimits;

const whole = (fraction: number): string => `${Math.round(100 * fraction)}%`;
const perTrade = (points: number): string => `${percent(points)} per trade`;

/** Each test in words. */
export const tests: Readonly<Record<TestName, TestWords>> = {
  early_late: {
    name: "over time",
    found: ({ early_avg_return: early = 0, late_avg_return: late = 0 }) =>
      `earlier days ${percent(early)}, later days ${perTrade(late)}`,
    needs: "a gain, and no decline",
  },
  bootstrap: {
    name: "luck",
    found: ({ low = 0, by_equity = 0 }) =>
      by_equity > 0 ? portfolio.perDay(percent(low)) : `the 95% range starts at ${perTrade(low)}`,
    needs: "above 0",
  },
  pbo: {
    name: "overfitting odds",
    found: ({ pbo: odds = 1 }) => `${whole(odds)} of splits pick a set that is worse than most afterwards`,
    needs: `at most ${whole(pbo.most)}`,
  },
  deflated_sharpe: {
    name: "many tries",
    found: ({ dsr = 0, trials = 0 }) =>
      `deflated Sharpe ${dsr.toFixed(3)} after some ${count(trials)} independent tries`,
    needs: String(deflated_sharpe.least),
  },
  walk_forward: {
    name: "walk-forward",
    found: ({ avg_return: average = 0, winning_windows: winning = 0 }) =>
      `${perTrade(average)}, ${share(winning)} of windows gain`,
    needs: `not below ${walk_forward.leastReturn}, and ${whole(walk_forward.leastEfficiency)} of what training promised`,
  },
  plateau: {
    name: "neighbours",
    found: ({ plateau: kept = 0 }) => `nearby settings keep ${whole(kept)} of the score`,
    needs: whole(plateau.leastShare),
  },
  permutation: {
    name: "random entries",
    found: ({ p = 1 }) => `as good in ${whole(p)} of random placements of the same trades`,
    needs: `at most ${whole(permutation.highestP)}`,
  },
  selection: {
    name: "shuffled",
    found: ({ p = 1 }) => `as good a set in ${whole(p)} of searches on shuffled outcomes`,
    needs: `at most ${whole(selection.highestP)}`,
  },
};
