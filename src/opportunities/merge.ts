import TinyQueue from "tinyqueue";

/** Items in order of their keys, one at a time. */
export interface Run {
  /** Key of the current item; never decreases. */
  readonly key: number;
  /** Moves to the next item; false after the last. */
  next(): boolean;
}

/** Merges runs in order of their keys, equal keys in the order of the runs; yields the run whose item is next. */
export function* inOrder<R extends Run>(runs: readonly R[]): Generator<R> {
  const begun = runs.map((run, place) => ({ run, place })).filter(({ run }) => run.next());
  const queue = new TinyQueue(begun, (a, b) => a.run.key - b.run.key || a.place - b.place);
  for (let first = queue.pop(); first !== undefined; first = queue.pop()) {
    yield first.run;
    if (first.run.next()) queue.push(first);
  }
}
