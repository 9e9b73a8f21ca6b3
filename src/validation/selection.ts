import type { OpportunityTable } from "../opportunities/table.ts";
import type { TestResult } from "./result.ts";

/** How often a search over shuffled features found something at least as good. */
export interface Selection {
  readonly p: number;
  readonly runs: number;
  readonly atLeast: number;
  /** The score that the runs were held against. */
  readonly observed: number;
}

/** Why no search over noise was made. */
export interface NoSelection {
  readonly reason: string;
}

const runs = 99;
/** So many runs at least as good end the test: p is then above 0.1 whatever would follow. */
const enough = 10;
const highestP = 0.05;

/**
 * p of the best score of a search against searches over noise, where `reaches` tells whether one such search, by its number from 0,
 * finds at least that score. Ends early once p cannot be small any more; then p = runs at least as good / runs, which is as valid
 * (Besag and Clifford 1991, section 2).
 */
export function selectionOf(observed: number, reaches: (run: number) => boolean): Selection {
  let atLeast = 0;
  for (let run = 0; run < runs; run++) {
    if (reaches(run)) atLeast++;
    if (atLeast === enough) return { p: enough / (run + 1), runs: run + 1, atLeast, observed };
  }
  return { p: (1 + atLeast) / (1 + runs), runs, atLeast, observed };
}

/**
 * Opportunities whose feature rows are dealt anew among those of one symbol and direction: what was known no longer goes with what came.
 * One table is kept for all deals.
 */
export class ShuffledFeatures {
  /** Holds the last deal. */
  readonly table: OpportunityTable;
  private readonly groups: readonly Uint32Array[];
  private readonly from: Uint32Array;

  constructor(
    private readonly original: OpportunityTable,
    private readonly uniform: () => number,
  ) {
    this.table = { ...original, features: original.features.map((column) => new Float64Array(column.length)) };
    const groups = new Map<number, number[]>();
    for (let row = 0; row < original.count; row++) {
      const key = 2 * original.symbol[row]! + (original.direction[row] === 1 ? 1 : 0);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    this.groups = [...groups.values()].map((rows) => Uint32Array.from(rows));
    this.from = new Uint32Array(original.count);
  }

  /** Deals once more and gives the table. */
  next(): OpportunityTable {
    const { from, uniform } = this;
    for (const rows of this.groups) {
      const dealt = rows.slice();
      // Fisher and Yates, Durstenfeld's form (1964).
      for (let k = dealt.length - 1; k > 0; k--) {
        const other = Math.floor(uniform() * (k + 1));
        const row = dealt[k]!;
        dealt[k] = dealt[other]!;
        dealt[other] = row;
      }
      for (let k = 0; k < dealt.length; k++) from[rows[k]!] = dealt[k]!;
    }
    for (const [k, shuffled] of this.table.features.entries()) {
      const column = this.original.features[k]!;
      for (let row = 0; row < shuffled.length; row++) shuffled[row] = column[from[row]!]!;
    }
    return this.table;
  }
}

/** The selection row of the verdict table: does the search find in the data more than it finds in noise? */
export function selectionTest(selection: Selection | NoSelection | null): TestResult {
  const base = { name: "selection", threshold: "p at most 0.05" };
  if (!selection || "reason" in selection)
    return { ...base, outcome: "not run", figure: null, figures: {}, ...selection };
  const { p, runs: done, atLeast, observed } = selection;
  return {
    ...base,
    outcome: p > highestP ? "warning" : "passed",
    figure: p,
    figures: { p, runs: done, at_least_as_good: atLeast, best_score: observed },
  };
}
