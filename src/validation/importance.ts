import { roundingVariance } from "../search/spread.ts";

/** Scores of the ranked sets that give a parameter one of its candidate values. */
export interface ValueScores {
  readonly count: number;
  readonly sum: number;
  /** Ignored if count is 0. */
  readonly best: number;
}

/** Scores of all ranked sets. */
export interface AllScores {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

export interface ValueProfile {
  readonly count: number;
  /** Null if no set has the value; `best` also if all sets with it made nothing. Those count with a score of 0. */
  readonly mean: number | null;
  readonly best: number | null;
}

export interface Importance {
  /** Share of the score's variance over all ranked sets that the parameter explains alone, 0-1; 0 if the scores do not vary. */
  readonly share: number;
  /** By candidate value, in their order. */
  readonly profile: readonly ValueProfile[];
}

/**
 * Main effect of each parameter: the variance between the means of its values, weighted by their number of sets, over the variance of all
 * ranked sets (first-order sensitivity, Sobol 1993), exact because every set is counted. Shares do not add up to 1 if parameters interact.
 */
export function importanceOf(parameters: readonly (readonly ValueScores[])[], all: AllScores): Importance[] {
  const spread = all.squares - (all.count === 0 ? 0 : all.sum * (all.sum / all.count));
  const isFlat = spread <= roundingSpread(all);
  return parameters.map((values) => {
    // Some sets may not have the parameter at all, for example sets without a trailing stop have no distance. They are left out of its mean.
    const having = values.filter(({ count }) => count > 0);
    const sets = having.reduce((total, { count }) => total + count, 0);
    const mean = having.reduce((total, { sum }) => total + sum, 0) / Math.max(1, sets);
    let between = 0;
    for (const { count, sum } of having) {
      const difference = sum / count - mean;
      between += count * (difference * difference);
    }
    return {
      share: isFlat || between <= roundingSpread({ count: sets, sum: mean * sets }) ? 0 : Math.min(1, between / spread),
      profile: values.map(({ count, sum, best }) =>
        count === 0
          ? { count, mean: null, best: null }
          : { count, mean: sum / count, best: Number.isFinite(best) ? best : null },
      ),
    };
  });
}

/** Sum of squared differences from the mean that rounding alone may leave for that many scores. */
function roundingSpread({ count, sum }: Pick<AllScores, "count" | "sum">): number {
  return count === 0 ? 0 : count * roundingVariance(sum / count, count);
}
