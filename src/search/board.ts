import { Best } from "../best.ts";

/** A candidate for the leaderboard. */
export interface Candidate {
  /** Larger is better; see orderingKeyOf. */
  readonly key: number;
  /** Place in the space's order: the lower wins a tie. */
  readonly rank: number;
}

/** The best candidates seen. */
export class Board extends Best<Candidate> {
  constructor(capacity: number) {
    super(capacity, (a, b) => b.key - a.key || a.rank - b.rank);
  }
}
