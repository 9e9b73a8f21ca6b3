import { isSame } from "../search/spread.ts";
import { type TestFinding, testLimits } from "./finding.ts";
import { pictured } from "./histogram.ts";
import type { RandomEntries } from "./randomEntries.ts";

/** Above this p the moments of entry did not matter. */
export const { highestP } = testLimits.permutation;

/** One-sided p of a figure in points among those of random runs: (1 + runs at least as good) / (1 + runs). A run that differs only by rounding counts as equal. */
export function pOf(observed: number, runs: ArrayLike<number>): number {
  let atLeast = 0;
  for (let k = 0; k < runs.length; k++) if (runs[k]! >= observed || isSame(runs[k]!, observed)) atLeast++;
  return (1 + atLeast) / (1 + runs.length);
}

/** The permutation row of the verdict table: do the entries of the hold-out matter, or would random ones have done as well? */
export function permutationTest(entries: RandomEntries | null): TestFinding {
  const base = { name: "permutation", threshold: testLimits.permutation } as const;
  if (!entries) return { ...base, outcome: "not run", figure: null, figures: {} };
  const p = pOf(entries.observed, entries.runs);
  return {
    ...base,
    outcome: p > highestP ? "warning" : "passed",
    figure: p,
    figures: {
      p,
      observed_avg_return: entries.observed,
      random_avg_return: meanOf(entries.runs),
      trades: entries.moved,
      runs: entries.runs.length,
    },
    picture: { ...pictured(entries.runs), mark: entries.observed },
  };
}

export function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
