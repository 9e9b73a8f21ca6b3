import type { CoreObjective } from "../core/objective.ts";
import type { ScoreOrder } from "./scoreOrder.ts";
import type { Metrics } from "./trades.ts";

/**
 * All that is known of an objective. Whoever needs to know something of one asks its row; none branches on a name.
 *
 * A new objective is one row of `objectives`. It needs nothing in assembly/ where its score is never above that of an objective which
 * the core knows: it takes the `core` of that one and `isOnlyBound: "always"`, and its sets are replayed, best bound first, until their
 * order is proven. That is exact, and the slower the further bounds stand above scores. Halves and parameters are then rated by the other's
 * score. For a score that the core computes docs/extending.md lists what to write there.
 */
export interface ObjectiveRow {
  /** The score in a few words, without a full stop, as help and README show it. */
  readonly description: string;
  /** Score of a set, larger is better. `drawdownLimit` (percent points) is where a drawdown begins to cost, for those that ask. */
  readonly score: (metrics: Metrics, drawdownLimit: number) => number;
  readonly order: ScoreOrder;
  /** Least score that any ranked set has: every search that ranks a set reaches it. */
  readonly leastScore: number;
  /** Whether a set that gains may score exactly 0, so that a best score of 0 does not tell that none gains. */
  readonly mayGainAtZero: boolean;
  /** Whether the core must walk drawdowns for it, beyond its sums. */
  readonly needsDrawdown: boolean;
  /** Whether a key of the core only bounds the set's own from above; assembly/scores.ts says the same. "always": the core scores something else. */
  readonly isOnlyBound: "always" | ((key: number) => boolean);
  readonly core: CoreObjective;
}
