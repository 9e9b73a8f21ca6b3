/** Items in order of their keys, one at a time. */
export interface Run {
  /** Key of the current item; never decreases. */
  readonly key: number;
  /** Moves to the next item; false after the last. */
  next(): boolean;
}

/** Merges runs in order of their keys, equal keys in the order of the runs; yields the run whose item is next. */
export function* inOrder<R extends Run>(runs: readonly R[]): Generator<R> {
  // A binary heap: no run comes before its parent, which is at half its index.
  const heap = runs.map((run, place) => ({ run, place })).filter(({ run }) => run.next());
  const isBefore = (a: number, b: number): boolean => {
    const [first, second] = [heap[a]!, heap[b]!];
    return first.run.key < second.run.key || (first.run.key === second.run.key && first.place < second.place);
  };
  const sink = (from: number): void => {
    for (let at = from; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && isBefore(child, least)) least = child;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  };
  for (let at = heap.length >> 1; at >= 0; at--) sink(at);
  while (heap.length > 0) {
    const { run } = heap[0]!;
    yield run;
    if (!run.next()) {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    }
    sink(0);
  }
}
