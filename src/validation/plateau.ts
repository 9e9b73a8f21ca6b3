import { type TestFinding, testLimits } from "./finding.ts";
import { thinned } from "./histogram.ts";

/** The scores around a chosen set. */
export interface Plateau {
  /** Scores of its neighbours in its last search, each with different trades; 0 for one that is not ranked. */
  readonly neighbours: readonly number[];
  /** The best score of that search. */
  readonly best: number;
}

/** Mean score of the neighbours over the best score: a set on an isolated peak was found by luck. 0 if the best is not above 0. */
export function plateauOf({ neighbours, best }: Plateau): number {
  if (best <= 0 || neighbours.length === 0) return 0;
  return neighbours.reduce((sum, score) => sum + score, 0) / neighbours.length / best;
}

/** The plateau row of the verdict table; not run for a set without neighbours. */
export function plateauTest(plateau: Plateau | null): TestFinding {
  const base = { name: "plateau", threshold: testLimits.plateau } as const;
  const isAlone = plateau?.neighbours.length === 0;
  if (!plateau || isAlone) {
    const reason = { code: "NO_NEIGHBOUR" } as const;
    return { ...base, outcome: "not run", figure: null, figures: {}, ...(isAlone && { reason }) };
  }
  const share = plateauOf(plateau);
  return {
    ...base,
    outcome: share < testLimits.plateau.leastShare ? "failed" : "passed",
    figure: share,
    figures: { plateau: share, neighbours: plateau.neighbours.length, best_score: plateau.best },
    picture: { values: thinned(plateau.neighbours) },
  };
}
