import { CoreFault } from "../errors.ts";
import { nodeModule } from "../nodeModule.ts";
import type { CrewMessage } from "./crew.ts";
import { sweepWorkerText } from "./sweepWorkerText.ts";

/** A thread that follows a sweep, in whatever way it is made. */
export interface Follower {
  postMessage(message: unknown): void;
  /** Ends the thread. */
  terminate(): unknown;
}

const followers: Follower[] = [];

/** Sends every follower its message; they are kept for the next sweep and do not keep the process alive. */
export function callCrew(messages: readonly CrewMessage[]): void {
  for (const [k, message] of messages.entries()) {
    followers[k] ??= hire((gone) => forget(k, gone));
    followers[k].postMessage(message);
  }
}

function forget(k: number, gone: Follower): void {
  if (followers[k] === gone) delete followers[k];
}

/** Its code is a text rather than a file: no file is being opened when it is ended, and a bundler takes it along. */
function hire(onGone: (gone: Follower) => void): Follower {
  const { Worker } = nodeModule("node:worker_threads")!;
  const worker = new Worker(sweepWorkerText, { eval: true, stdin: false, execArgv: [] });
  worker.unref();
  worker.once("error", () => onGone(worker));
  worker.once("exit", () => onGone(worker));
  return worker;
}

/** The last search in this page that needs followers: they are one search's at a time. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Does a page's work by `threads` threads, this one among them: the others are started before, because a thread that waits cannot start them, and ended
 * afterwards. `start` makes one; by default from its own code, by a blob's address.
 */
export function withFollowers<T>(threads: number, start: () => PageWorker, work: () => Promise<T>): Promise<T> {
  const mine = last.then(async () => {
    try {
      const started = Array.from({ length: threads - 1 }, (_, k) => {
        const worker = start();
        followers[k] = worker;
        return ready(worker);
      });
      await Promise.all(started);
      return await work();
    } finally {
      for (const follower of followers.splice(0)) follower.terminate();
    }
  });
  last = mine.catch(() => undefined);
  return mine;
}

/** What a page's Worker is, as far as followers need it. */
export interface PageWorker extends Follower {
  onmessage: ((event: MessageEvent) => unknown) | null;
  onerror: ((event: ErrorEvent) => unknown) | null;
}

/** A follower from its own code. */
export function blobWorker(): PageWorker {
  return new Worker(URL.createObjectURL(new Blob([sweepWorkerText], { type: "text/javascript" })));
}

/**
 * Resolves once messages reach a worker without its parent: until a browser's parent thread has heard that the worker's script was evaluated, it keeps
 * back what it posts, and a parent that waits for the worker would hear that never. A word from the script itself comes too early; an answer does not.
 */
function ready(worker: PageWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) =>
      reject(
        new CoreFault("CORE_WORKER", "a worker thread does not start", {
          found: message || "no reason given",
          remedy: "allow worker-src blob: in the page's policy, pass startWorker, or leave threads out",
        }),
      );
    worker.postMessage(null);
  });
}
