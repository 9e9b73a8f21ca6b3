import { type NotRun, type TestFinding, testLimits } from "./finding.ts";

/** How often a whole search over noise found something at least as good. */
export interface Selection {
  readonly p: number;
  readonly runs: number;
  readonly atLeast: number;
  /** The score that the runs were compared with. */
  readonly observed: number;
}

/** Why no search over noise was run. */
export interface NoSelection {
  readonly reason: NotRun;
}

/** The minimum number with which p can be as low as 0.05. */
export const selectionRuns = 19;

/**
 * p of the best score of a search against searches over noise, where `reaches` tells whether one such search, by its number from 0,
 * finds at least that score. The first that does ends the test, since p is then above 0.05 whatever would follow: p = 1 / runs, which is as
 * valid (Besag and Clifford 1991, section 2, with h = 1), else 1 / 20.
 */
export async function selectionOf(observed: number, reaches: (run: number) => Promise<boolean>): Promise<Selection> {
  for (let run = 0; run < selectionRuns; run++)
    if (await reaches(run)) return { p: 1 / (run + 1), runs: run + 1, atLeast: 1, observed };
  return { p: 1 / (1 + selectionRuns), runs: selectionRuns, atLeast: 0, observed };
}

/** The selection row of the verdict table: does the search find in the data more than it finds in noise? */
export function selectionTest(selection: Selection | NoSelection | null): TestFinding {
  const base = { name: "selection", threshold: testLimits.selection } as const;
  if (!selection || "reason" in selection)
    return { ...base, outcome: "not run", figure: null, figures: {}, ...selection };
  const { p, runs: done, atLeast, observed } = selection;
  return {
    ...base,
    outcome: p > testLimits.selection.highestP ? "warning" : "passed",
    figure: p,
    figures: { p, runs: done, at_least_as_good: atLeast, best_score: observed },
  };
}
