export interface Candidate {
  readonly score: number;
  readonly cell: number;
  readonly exit: number;
}

/** The best candidates seen, at most `capacity`, in a sorted list: offers that miss it cost one comparison. */
export class Pool {
  private readonly kept: Candidate[] = [];
  private least = Number.NEGATIVE_INFINITY;

  constructor(private readonly capacity: number) {}

  /** Offers every filter combination of one exit; -Infinity is no candidate. */
  offerAll(scores: Float64Array, exit: number): void {
    for (let cell = 0; cell < scores.length; cell++)
      if (scores[cell]! > this.least) this.insert({ score: scores[cell]!, cell, exit });
  }

  private insert(candidate: Candidate): void {
    const { kept } = this;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (kept[middle]!.score >= candidate.score) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, candidate);
    if (kept.length > this.capacity) kept.pop();
    if (kept.length === this.capacity) this.least = kept.at(-1)!.score;
  }

  /** Best first. */
  sorted(): readonly Candidate[] {
    return this.kept;
  }
}
