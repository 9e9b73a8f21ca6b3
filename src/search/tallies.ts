/** Scored sets of one exit, an element each. */
export interface ScoredCells {
  readonly count: number;
  readonly cells: Uint32Array;
  readonly scores: Float64Array;
  /** 1 if the set makes money, else 0. */
  readonly gaining: Uint8Array;
}

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

  /** Adds sets, each at the place of its cell, or at its cell itself. */
  addAll({ count: sets, cells, scores, gaining: gains }: ScoredCells, places: Uint16Array | null): void {
    const { count, sum, best, gaining } = this;
    for (let k = 0; k < sets; k++) {
      const cell = cells[k]!;
      const at = places === null ? cell : places[cell]!;
      const score = scores[k]!;
      count[at]!++;
      sum[at]! += score;
      if (score > best[at]!) best[at] = score;
      gaining[at]! += gains[k]!;
    }
  }

  /** Adds a tally of others. */
  join(at: number, others: Tallies, other: number): void {
    this.count[at]! += others.count[other]!;
    this.sum[at]! += others.sum[other]!;
    if (others.best[other]! > this.best[at]!) this.best[at] = others.best[other]!;
    this.gaining[at]! += others.gaining[other]!;
  }

  /** Takes one tally over from columns in which the numbers of a tally are `stride` apart. */
  take(at: number, from: Float64Array, first: number, stride: number): void {
    this.count[at] = from[first]!;
    this.sum[at] = from[first + stride]!;
    this.best[at] = from[first + 2 * stride]!;
    this.gaining[at] = from[first + 3 * stride]!;
  }

  clear(): void {
    this.count.fill(0);
    this.sum.fill(0);
    this.best.fill(Number.NEGATIVE_INFINITY);
    this.gaining.fill(0);
  }
}
