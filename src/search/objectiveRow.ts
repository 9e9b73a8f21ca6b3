import type { CoreObjective } from "../core/objective.ts";
import type { ScoreOrder } from "./scoreOrder.ts";
import type { Metrics } from "./trades.ts";

/**
 * Everything about an objective. Code that needs a property of one reads its row; nothing branches on a name.
 *
 * A new objective is one row of `objectives`. It needs nothing in assembly/ where its score is never above that of an objective which
 * the core knows: it takes the `core` of that one and `isOnlyBound: "always"`, and its sets are replayed, best bound first, until their
 * order is proven. That is exact, and the slower the further bounds stand above scores. Halves and parameters are then rated by the other's
 * score. For a score that the core computes docs/extending.md lists what to write there.
 */
export interface ObjectiveRow {
  /** The score in a few words, without a full stop, for help and README. */
  readonly description: string;
  /** Score of a set, larger is better. `drawdownLimit` (percent points) is the drawdown above which points are deducted, for objectives that use it. */
  readonly score: (metrics: Metrics, drawdownLimit: number) => number;
  readonly order: ScoreOrder;
  /** Minimum score of any ranked set: every search that ranks a set reaches it. */
  readonly leastScore: number;
  /** Whether a set that gains may score exactly 0, so that a best score of 0 does not tell that none gains. */
  readonly mayGainAtZero: boolean;
  /** Whether the core must walk drawdowns for it, beyond its sums. */
  readonly needsDrawdown: boolean;
  /** Whether a key of the core only bounds the set's own from above; assembly/scores.ts says the same. "always": the core scores something else. */
  readonly isOnlyBound: "always" | ((key: number) => boolean);
  readonly core: CoreObjective;
}
