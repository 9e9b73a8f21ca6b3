/** One parameter: its values, and the scores of the ranked sets that have each of them. */
export interface SurfaceAxis {
  readonly name: string;
  /** Numbers ascend; others stand as in the space. */
  readonly values: readonly string[];
  /** Place of the chosen set's value; -1 if it does not count in it. */
  readonly chosen: number;
  /** Share of the scores' variance that it explains alone, 0-1. */
  readonly share: number;
  readonly slice: SurfaceCells;
}

/** Ranked sets by cell, and their scores' mean and best; null if there is none. */
export interface SurfaceCells {
  readonly count: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly best: readonly (number | null)[];
}

/** Scores by two parameters, places among the axes: [value of the first][value of the second]. */
export interface SurfacePair extends SurfaceCells {
  readonly first: number;
  readonly second: number;
}

export interface SurfaceSubject {
  readonly name: string;
  readonly objective: string;
  /** What was counted over which sets, in sentences. */
  readonly notes: readonly string[];
  readonly axes: readonly SurfaceAxis[];
  /** Places of the axes that stand first on a page: the two that matter most. */
  readonly shown: readonly [first: number, second: number];
  readonly pairs: readonly SurfacePair[];
}

export interface SurfaceData {
  readonly subjects: readonly SurfaceSubject[];
  readonly more: number;
}
