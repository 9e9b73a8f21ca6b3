/*
 * Files are opened in the background, and one that a thread was opening when it was ended stays open for good: on Node 20 every module
 * that it was loading, on any Node the odd data file. So a thread that may be ended counts what it is opening, where whoever ends it sees that.
 */

/** A count in shared memory, at its place. */
export interface OpeningCount {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly at: number;
}

let count: OpeningCount | null = null;

/** Counts what this thread opens from now on. */
export function countOpenings(where: OpeningCount): void {
  count = where;
}

/** Does work that opens a file: loads a part of the library, or begins to read. */
export async function opening<T>(work: () => Promise<T>): Promise<T> {
  if (!count) return work();
  Atomics.add(count.words, count.at, 1);
  try {
    return await work();
  } finally {
    Atomics.sub(count.words, count.at, 1);
  }
}

/** Counts a thread that this one is about to start, until it has loaded; null where nothing is counted. */
export function startingThread(): OpeningCount | null {
  if (count) Atomics.add(count.words, count.at, 1);
  return count;
}

/** A started thread's word that it has loaded. */
export function threadStarted(count: OpeningCount | null): void {
  if (count) Atomics.sub(count.words, count.at, 1);
}
