/** Scores of sets by what they share, one tally an element: how many, their sum, the best, and how many sets make money. */
export class Tallies {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  /** -Infinity if there is none. */
  readonly best: Float64Array;
  readonly gaining: Float64Array;

  constructor(readonly length: number) {
    this.count = new Float64Array(length);
    this.sum = new Float64Array(length);
    this.best = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
    this.gaining = new Float64Array(length);
  }

  /** Adds one set; `gaining` is 1 if it makes money, else 0. */
  add(at: number, score: number, gaining: number): void {
    this.count[at]!++;
    this.sum[at]! += score;
    if (score > this.best[at]!) this.best[at] = score;
    this.gaining[at]! += gaining;
  }

  /** Adds a tally of others. */
  join(at: number, others: Tallies, other: number): void {
    this.count[at]! += others.count[other]!;
    this.sum[at]! += others.sum[other]!;
    if (others.best[other]! > this.best[at]!) this.best[at] = others.best[other]!;
    this.gaining[at]! += others.gaining[other]!;
  }

  clear(): void {
    this.count.fill(0);
    this.sum.fill(0);
    this.best.fill(Number.NEGATIVE_INFINITY);
    this.gaining.fill(0);
  }
}
