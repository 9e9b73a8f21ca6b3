import type { RankedSet as ObjectiveRankedSet, SearchResult as ObjectiveSearchResult } from "../search/result.ts";
import type { PortfolioMetrics } from "./metrics.ts";
import type { PortfolioMetric } from "./rankings.ts";

/** How a leaderboard was ranked by portfolio. Field names are the JSON's. */
export interface RankedBy {
  /** What the traded sets were ranked by. */
  readonly metric: PortfolioMetric;
  /** Sets that were wanted on the shortlist: the best by the objective's sums. */
  readonly shortlist: number;
  /** Sets that were traded: the shortlist, with what ties at its end. */
  readonly traded: number;
  /** Whether everything that ties with the last of the shortlist was traded; false where more tie than can be. */
  readonly with_ties: boolean;
  /** Place of the best set by the objective's sums; null if it stands below the shortlist, or nothing was ranked. */
  readonly winner_place: number | null;
  /** Whether it is proven that no set of the whole space belongs to the best by this metric and is not among them. */
  readonly exact: boolean;
}

/** A set of a leaderboard, with what a purse made of it where sets were ranked by that. */
export interface RankedSet extends ObjectiveRankedSet {
  /** What the purse made of its trades; only where sets were ranked by it. */
  readonly portfolio?: PortfolioMetrics;
  /** Place by the objective's sums, 1 the best; null for a set below the shortlist; only where sets were ranked by portfolio. */
  readonly place_by_sums?: number | null;
}

/** What a search found: what `search --json` prints. */
export interface SearchResult extends Omit<ObjectiveSearchResult, "top"> {
  /** The best sets, best first. */
  readonly top: readonly RankedSet[];
  /** Only if sets were ranked by portfolio: how. */
  readonly ranking?: RankedBy;
}
