/** A candidate for the leaderboard. */
export interface Candidate {
  /** Larger is better; see orderingKeyOf. */
  readonly key: number;
  /** Place in the space's order: the lower wins a tie. */
  readonly rank: number;
}

const isWorse = (a: Candidate, b: Candidate): boolean => a.key < b.key || (a.key === b.key && a.rank > b.rank);

/** The best candidates seen, at most `capacity`: a binary heap with the worst at its root. */
export class Board {
  private readonly heap: Candidate[] = [];

  constructor(readonly capacity: number) {}

  get isFull(): boolean {
    return this.heap.length === this.capacity;
  }

  /** The worst one kept. */
  get worst(): Candidate | undefined {
    return this.heap[0];
  }

  offer(candidate: Candidate): void {
    const { heap } = this;
    if (!this.isFull) {
      let at = heap.push(candidate) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!isWorse(heap[at]!, heap[parent]!)) break;
        [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
        at = parent;
      }
      return;
    }
    if (this.capacity === 0 || !isWorse(heap[0]!, candidate)) return;
    heap[0] = candidate;
    for (let at = 0; ; ) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && isWorse(heap[child]!, heap[worst]!)) worst = child;
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
      at = worst;
    }
  }

  /** Best first. */
  sorted(): Candidate[] {
    return [...this.heap].sort((a, b) => b.key - a.key || a.rank - b.rank);
  }
}
