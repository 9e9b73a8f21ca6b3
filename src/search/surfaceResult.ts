import type { ParameterValue } from "../space/parameters.ts";

/** Scores of ranked sets that share a value, or two; null if there is none. */
export interface SurfaceCell {
  /** Ranked sets. */
  readonly count: number;
  /** Mean score of the ranked sets; null if there are none. */
  readonly mean: number | null;
  /** Best score of the ranked sets; null if there are none. */
  readonly best: number | null;
  /** Share of them whose total_return is above 0. */
  readonly gaining: number | null;
}

/** The surface of a search: what its scores say by one and by two parameters, over all sets that its sums let rank. Field names are the JSON's. */
export interface Surface {
  /** What was counted: the score itself, or under `calmar` and `balanced` the score as if there were no drawdown. */
  readonly of: "score" | "score_without_drawdown";
  /** All sets of the space. */
  readonly all: SurfaceCell;
  /** In the space's order. Sets in which a parameter does not count are left out of its figures. */
  readonly parameters: readonly {
    /** Name of the parameter. */
    readonly name: string;
    /** Share of the scores' variance that it explains alone, 0-1. */
    readonly share: number;
    /** By candidate, in the space's order. */
    readonly slice: readonly ({ readonly value: ParameterValue } & SurfaceCell)[];
  }[];
  /** Of any two parameters (by their places above), [candidate of the first][candidate of the second]; two of more than 65,536 cells are left out. */
  readonly pairs: readonly {
    /** Index of the first parameter. */
    readonly first: number;
    /** Index of the second. */
    readonly second: number;
    /** Ranked sets, a row for each value of the first and a column for each of the second. */
    readonly count: readonly (readonly number[])[];
    /** Their mean score, in the same order; null where none is ranked. */
    readonly mean: readonly (readonly (number | null)[])[];
    /** Their best score; null where none is ranked. */
    readonly best: readonly (readonly (number | null)[])[];
    /** Share of them that gain; null where none is ranked. */
    readonly gaining: readonly (readonly (number | null)[])[];
  }[];
}
