import { setImmediate } from "node:timers/promises";

/** Longest stretch of work between two turns of the caller's event loop, milliseconds. */
const longestMs = 1;

/** Does work that pauses at each `yield`, and lets the caller's event loop run now and then. */
export async function stepwise<T>(steps: Generator<void, T>): Promise<T> {
  let beganMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - beganMs < longestMs) continue;
    await setImmediate();
    beganMs = performance.now();
  }
}

/** The same at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
