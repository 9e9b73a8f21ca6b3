import { Worker } from "node:worker_threads";
import { CapacityError, CoreFault, InputError } from "../errors.ts";
import type { Progress } from "../run/request.ts";
import { AbortedError, savedText } from "../run/session.ts";
import { Interruption } from "./interruption.ts";
import { type JobName, jobs, type RequestOf, type ResultOf } from "./jobs.ts";
import { type PackedError, unpackError } from "./wire.ts";

/** How a call is made. */
export interface CallOptions {
  /** Stops the call within 50 ms; nothing half-written is left. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * `own` (unless said): a thread made for this call and gone after it, so that the caller's event loop stays free and the memory goes back.
   * `caller`: no thread, 20 ms and 10 MiB less; the event loop waits, aborts are heard between phases, and `maxRssBytes` is not watched.
   */
  readonly thread?: "own" | "caller";
}

/** What a thread is given. */
export interface Assignment {
  readonly job: JobName;
  readonly request: unknown;
  readonly words: SharedArrayBuffer;
}

/** What a thread says: how far it is, and once how it ended. */
export type Said = { readonly progress: Progress } | { readonly result: unknown } | { readonly error: PackedError };

/** How long a thread may take to stop by itself, tidily, before it is ended. */
const tidyMs = 15;
const retryMs = 5;
const watchMs = 20;
/** Room for garbage is the largest part of what a run would take, and the machine is shared: 40 MiB less for a tenth of the time. */
const maxYoungGenerationSizeMb = 3;

/** A function of the library, on a thread of its own. */
export function offThread<Name extends JobName>(
  job: Name,
): (request: RequestOf<Name>, options?: CallOptions) => Promise<ResultOf<Name>> {
  return async (request, { signal, onProgress, thread } = {}) => {
    if (signal?.aborted) throw new AbortedError();
    if (thread === "caller") {
      const work = (await jobs[job]()) as (request: unknown, options: object) => Promise<ResultOf<Name>>;
      return work(request, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
    }
    const call = new Call(job, request, onProgress ?? (() => undefined));
    const stop = (): void => call.stop(new AbortedError());
    signal?.addEventListener("abort", stop, { once: true });
    try {
      return (await call.result) as ResultOf<Name>;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  };
}

/** One call on one thread, from its first moment until the thread is gone. */
class Call {
  readonly result: Promise<unknown>;
  private readonly interruption = new Interruption();
  private readonly worker: Worker;
  private stopped: Error | null = null;
  private isOver = false;

  constructor(
    job: JobName,
    request: unknown,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    this.worker = this.start({ job, request, words: this.interruption.words.buffer });
    const watch = this.watch((request as { readonly maxRssBytes?: number } | null | undefined)?.maxRssBytes);
    this.result = this.outcome().finally(async () => {
      clearInterval(watch);
      this.isOver = true;
      await this.worker.terminate();
    });
  }

  /** Asks the thread to stop, and ends it where it does not hear: but never while it writes files. */
  stop(why: Error): void {
    if (this.stopped) return;
    this.stopped = why;
    this.interruption.stop();
    const end = (): void => {
      if (this.isOver) return;
      if (this.interruption.mayEnd()) void this.worker.terminate();
      else setTimeout(end, retryMs);
    };
    setTimeout(end, tidyMs);
  }

  private start(assignment: Assignment): Worker {
    // Sources that run unbuilt, in tests, have the built worker beside them.
    const built = import.meta.url.endsWith(".ts") ? "../../dist/library/worker.js" : "./worker.js";
    try {
      return new Worker(new URL(built, import.meta.url), {
        workerData: assignment,
        stdin: false,
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb },
      });
    } catch (cause) {
      if ((cause as Error).name !== "DataCloneError") throw cause;
      throw new InputError("REQUEST_NOT_PLAIN", "a request goes to another thread as plain values", {
        found: (cause as Error).message,
        expected: "numbers, texts, lists, plain objects and typed arrays",
        remedy: 'leave out what is none, or call with thread: "caller"',
      });
    }
  }

  private outcome(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.worker
        .on("message", (said: Said) => {
          if ("progress" in said) {
            if (!this.stopped) this.onProgress(said.progress);
          } else if ("result" in said) resolve(said.result);
          else reject(this.stopped ? stoppedAfter(this.stopped, said.error.saved) : unpackError(said.error));
        })
        .on("messageerror", reject)
        .on("error", (error: NodeJS.ErrnoException) =>
          reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfHeap() : (this.stopped ?? error)),
        )
        .on("exit", () => reject(this.stopped ?? vanished()));
    });
  }

  private watch(maxRssBytes: number | undefined): NodeJS.Timeout | undefined {
    if (maxRssBytes === undefined) return undefined;
    const look = (): void => {
      const rss = process.memoryUsage.rss();
      if (rss > maxRssBytes) this.stop(overTheCeiling(rss, maxRssBytes));
    };
    return setInterval(look, watchMs).unref();
  }
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

function overTheCeiling(rss: number, maxRssBytes: number): CapacityError {
  return new CapacityError("MAX_RSS", "the run was ended at the memory it may take; nothing was saved", rss, {
    where: "--max-rss",
    found: `${mebibytes(rss)} in use`,
    expected: `at most ${mebibytes(maxRssBytes)}`,
    remedy: "allow more, or give it fewer symbols, days or opportunities, a smaller --memory or --threads 1",
  });
}

/** Why a run was stopped, true to what it had saved by then. */
function stoppedAfter(why: Error, saved: readonly string[]): Error {
  if (saved.length === 0) return why;
  if (!(why instanceof CapacityError)) return new AbortedError(saved);
  const message = why.message.replace(savedText([]), savedText(saved));
  return new CapacityError(why.code, message, why.neededBytes, why.details);
}

function outOfHeap(): CapacityError {
  return new CapacityError("HEAP_FULL", "the run needs a larger JavaScript heap than there is; nothing was saved", 0, {
    remedy: "give it fewer symbols, days or opportunities, or allow more with NODE_OPTIONS=--max-old-space-size=MIB",
  });
}

function vanished(): CoreFault {
  return new CoreFault("THREAD_VANISHED", "the thread of a run ended without a word");
}
