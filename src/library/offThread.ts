import { Worker } from "node:worker_threads";
import { CapacityError, CoreFault, InputError } from "../errors.ts";
import type { RequestOf } from "../run/calls.ts";
import type { Progress } from "../run/request.ts";
import { checkRequest } from "../run/requestCheck.ts";
import type { ConfigRun } from "../run/results.ts";
import { AbortedError, progressThrew, savedText } from "../run/session.ts";
import type { Language } from "../words/catalogue/languages.ts";
import { type CallOptions, checkCallOptions } from "./callOptions.ts";
import { sluiceErrors } from "./faults.ts";
import { handedOver, receivedResult } from "./handOver.ts";
import { Interruption } from "./interruption.ts";
import { type JobName, jobs, type ResultOf } from "./jobs.ts";
import { notified } from "./notified.ts";
import { type PackedError, unpackError } from "./wire.ts";
import { type WorkerCode, workerCode } from "./workerCode.ts";

/** The input of a thread. */
export interface Assignment {
  readonly job: JobName;
  readonly request: unknown;
  readonly words: SharedArrayBuffer;
  readonly command: string | undefined;
  readonly language: Language | undefined;
  /** Where packages are looked for by a thread whose code is a text. */
  readonly home?: string;
}

/** Messages from a thread: its progress, and once how it ended. */
export type Said = { readonly progress: Progress } | { readonly result: unknown } | { readonly error: PackedError };

/** How long a thread may take to stop cleanly before it is terminated. */
const tidyMs = 15;
const retryMs = 5;
const watchMs = 20;
/** Garbage would be the largest part of a run's memory, and the machine is shared: this saves 40 MiB for a tenth more time. */
const maxYoungGenerationSizeMb = 3;

/** A checked call of the library, by default on a thread of its own. It throws only SluiceErrors. */
export function called<Name extends JobName>(job: Name, request: unknown, options: unknown): Promise<ResultOf<Name>> {
  return sluiceErrors(async () => {
    const { notify, ...how } = checkCallOptions(options);
    const checked = checkRequest(job, request);
    const work = (): Promise<ResultOf<Name>> => made(job, checked, how);
    const { signal, language } = how;
    return notify === undefined ? work() : notified({ verb: job, request: checked, notify, signal, language }, work);
  });
}

/** A checked call, on the thread that its options name. */
async function made<Name extends JobName>(
  job: Name,
  checked: RequestOf<Name>,
  { signal, onProgress, thread, command, language }: CallOptions,
): Promise<ResultOf<Name>> {
  if (signal?.aborted) throw new AbortedError([], signal.reason);
  if (thread === "caller") {
    const work = (await jobs[job]()) as (request: unknown, options: object) => Promise<ResultOf<Name>>;
    return work(checked, {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(command !== undefined && { command }),
      ...(language !== undefined && { language }),
    });
  }
  await othersGone(signal);
  const code = await workerCode();
  const request = await handedOver(checked);
  if (signal?.aborted) throw new AbortedError([], signal.reason);
  const call = new Call(code, { job, request, command, language }, onProgress ?? (() => undefined));
  const stop = (): void => call.stop(new AbortedError([], signal!.reason));
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return (await receivedResult(await call.result)) as ResultOf<Name>;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** Threads of calls that were answered while files were still being opened. */
const leftBehind = new Map<Worker, Promise<void>>();

/** Waits for the threads that stopped calls left behind, so that there is at most one of them per call at a time. */
async function othersGone(signal: AbortSignal | undefined): Promise<void> {
  if (leftBehind.size === 0) return;
  // Now somebody waits for them.
  for (const worker of leftBehind.keys()) worker.ref();
  let heard: (() => void) | undefined;
  const aborted = new Promise<void>((resolve) => {
    heard = resolve;
    signal?.addEventListener("abort", heard, { once: true });
  });
  await Promise.race([Promise.all(leftBehind.values()), aborted]);
  signal?.removeEventListener("abort", heard!);
  if (signal?.aborted) throw new AbortedError([], signal.reason);
}

/** One call on one thread, from start until the thread is gone. */
class Call {
  readonly result: Promise<unknown>;
  private readonly interruption = new Interruption();
  private readonly worker: Worker;
  private stopped: Error | null = null;
  private isOver = false;
  /** The call was answered; its thread ends later. */
  private isLeftBehind = false;
  private giveUp: (why: Error) => void = () => undefined;

  constructor(
    code: WorkerCode,
    assignment: Omit<Assignment, "words">,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    this.worker = this.start(code, { ...assignment, words: this.interruption.words.buffer });
    const watch = this.watch((assignment.request as { readonly maxRssBytes?: number } | null | undefined)?.maxRssBytes);
    this.result = this.outcome().finally(async () => {
      clearInterval(watch);
      if (this.isLeftBehind) return;
      this.isOver = true;
      await this.worker.terminate();
    });
  }

  /** Asks the thread to stop, and terminates it if it does not: but never while it writes or opens files. */
  stop(why: Error): void {
    if (this.stopped) return;
    this.stopped = why;
    this.interruption.stop();
    setTimeout(() => this.end(), tidyMs);
  }

  /** Terminates the thread as soon as allowed. If it is still loading modules, the call is answered first. */
  private end(): void {
    if (this.isOver) return;
    if (this.interruption.mayEnd()) {
      void this.worker.terminate();
      return;
    }
    if (!this.isLeftBehind && this.interruption.mayAnswer()) {
      this.isLeftBehind = true;
      leftBehind.set(this.worker, new Promise((resolve) => this.worker.once("exit", () => resolve())));
      this.worker.unref();
      this.giveUp(this.stopped!);
    }
    const again = setTimeout(() => this.end(), retryMs);
    if (this.isLeftBehind) again.unref();
  }

  private say(progress: Progress): void {
    if (this.stopped) return;
    try {
      this.onProgress(progress);
    } catch (cause) {
      this.stop(progressThrew(cause));
    }
  }

  private start(code: WorkerCode, assignment: Assignment): Worker {
    Atomics.add(this.interruption.words, this.interruption.openings.at, 1);
    try {
      return new Worker("file" in code ? code.file : code.text, {
        workerData: "file" in code ? assignment : { ...assignment, home: code.home },
        eval: !("file" in code),
        stdin: false,
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb },
      });
    } catch (cause) {
      // A getter of the caller's may throw as well; errors of starting a thread have codes of their own.
      if (typeof (cause as NodeJS.ErrnoException).code === "string") throw cause;
      throw new InputError(
        "REQUEST_NOT_PLAIN",
        "a request must consist of plain values, because it is sent to another thread",
        {
          found: (cause as Error).message,
          expected: "numbers, texts, lists, plain objects and typed arrays",
          remedy: 'leave out anything else, or call with thread: "caller"',
        },
      );
    }
  }

  private outcome(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.giveUp = reject;
      this.worker
        .on("message", (said: Said) => {
          if ("progress" in said) this.say(said.progress);
          // A stop request may come too late, but the caller still gets the error it caused.
          else if ("result" in said)
            if (this.stopped instanceof InputError) reject(stoppedAfter(this.stopped, savedIn(said.result)));
            else resolve(said.result);
          else reject(this.stopped ? stoppedAfter(this.stopped, said.error.saved) : unpackError(said.error));
        })
        .on("messageerror", reject)
        .on("error", (error: NodeJS.ErrnoException) =>
          reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfHeap() : (this.stopped ?? error)),
        )
        .on("exit", () => {
          this.isOver = true;
          leftBehind.delete(this.worker);
          reject(this.stopped ?? vanished());
        });
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
  return new CapacityError("MAX_RSS", "stopped: exceeded --max-rss; nothing was saved", rss, {
    where: "--max-rss",
    found: `${mebibytes(rss)} in use`,
    expected: `at most ${mebibytes(maxRssBytes)}`,
    remedy: "raise --max-rss, or use fewer symbols, days or opportunities, a smaller --memory or --threads 1",
  });
}

/** Why a run was stopped, including what it had saved by then. */
function stoppedAfter(why: Error, saved: readonly string[]): Error {
  if (saved.length === 0) return why;
  if (why instanceof AbortedError) return new AbortedError(saved, why.cause);
  if (why instanceof InputError)
    return new InputError(why.code, `${why.message}; ${savedText(saved)}`, why.details, { cause: why.cause });
  if (!(why instanceof CapacityError)) return why;
  const message = why.message.replace(savedText([]), savedText(saved));
  return new CapacityError(why.code, message, why.neededBytes, why.details);
}

/** Configs that a result says it saved. */
function savedIn(result: unknown): string[] {
  const { runs } = Object(result) as { readonly runs?: readonly ConfigRun[] };
  return (runs ?? []).flatMap(({ saved }) => (saved ? [saved.file] : []));
}

function outOfHeap(): CapacityError {
  return new CapacityError("HEAP_FULL", "the JavaScript heap is full; nothing was saved", 0, {
    remedy: "use fewer symbols, days or opportunities, or allow more with NODE_OPTIONS=--max-old-space-size=MIB",
  });
}

function vanished(): CoreFault {
  return new CoreFault("THREAD_VANISHED", "the thread of a run ended without a result");
}
