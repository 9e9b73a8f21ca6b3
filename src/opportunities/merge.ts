import TinyQueue from "tinyqueue";

/** Things in order of their keys, one at a time. */
export interface Run {
  /** Of the present thing; never falls from one to the next. */
  readonly key: number;
  /** Moves to the next thing; false after the last. */
  next(): boolean;
}

/** Runs as one, in order of their keys, equal keys in the order of the runs: each time the run whose turn it is. */
export function* inOrder<R extends Run>(runs: readonly R[]): Generator<R> {
  const begun = runs.map((run, place) => ({ run, place })).filter(({ run }) => run.next());
  const queue = new TinyQueue(begun, (a, b) => a.run.key - b.run.key || a.place - b.place);
  for (let first = queue.pop(); first !== undefined; first = queue.pop()) {
    yield first.run;
    if (first.run.next()) queue.push(first);
  }
}
