import { setImmediate } from "node:timers/promises";
/** Set while the thread is being terminated or another thread checks whether it may be: nothing is opened meanwhile. */
export const closed = -1;
let count = null;
/** Counts what this thread opens from now on. */
export function countOpenings(where) {
    count = where;
}
/** Does work that opens a file: loads a part of the library, or begins to read. */
export async function opening(work) {
    if (!count)
        return work();
    while (!begun(count))
        await setImmediate();
    try {
        return await work();
    }
    finally {
        Atomics.sub(count.words, count.at, 1);
    }
}
/** Counts a thread that this one is about to start, until it has loaded; null if nothing is counted. */
export function startingThread() {
    while (count && !begun(count))
        Atomics.wait(count.words, count.at, closed, 1);
    return count;
}
/** Counts one more, unless nothing may be opened now. */
function begun({ words, at }) {
    for (;;) {
        const open = Atomics.load(words, at);
        if (open === closed)
            return false;
        if (Atomics.compareExchange(words, at, open, open + 1) === open)
            return true;
    }
}
/** A started thread's word that it has loaded. */
export function threadStarted(count) {
    if (count)
        Atomics.sub(count.words, count.at, 1);
}
