import { nextTurn } from "./nodeModule.ts";

/*
 * Files are opened and closed in the background, and a file that a thread was opening or closing when it was terminated stays open for good: on Node 20
 * every module that it was loading, on any Node the occasional data file. So a thread that may be terminated counts those files, in shared memory.
 */

/** A count in shared memory, at its place. */
export interface OpeningCount {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly at: number;
}

/** Set while the thread is being terminated or another thread checks whether it may be: nothing is opened meanwhile. */
export const closed = -1;

let count: OpeningCount | null = null;

/** Counts what this thread opens from now on. */
export function countOpenings(where: OpeningCount): void {
  count = where;
}

/** Does work that opens or closes a file: loads a part of the library, or begins to read. */
export async function opening<T>(work: () => Promise<T>): Promise<T> {
  if (!count) return work();
  while (!begun(count)) await nextTurn();
  try {
    return await work();
  } finally {
    Atomics.sub(count.words, count.at, 1);
  }
}

/** Closes a file: one whose closing has begun, and is given up with its thread, stays open as well. */
export function closing(file: { readonly close: () => Promise<void> }): Promise<void> {
  return opening(() => file.close());
}

/** Counts one more, unless nothing may be opened now. */
function begun({ words, at }: OpeningCount): boolean {
  for (;;) {
    const open = Atomics.load(words, at);
    if (open === closed) return false;
    if (Atomics.compareExchange(words, at, open, open + 1) === open) return true;
  }
}

/** A started thread's word that it has loaded. */
export function threadStarted(count: OpeningCount): void {
  Atomics.sub(count.words, count.at, 1);
}
