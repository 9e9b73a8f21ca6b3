import { setImmediate } from "node:timers/promises";
import { InputError, SluiceError, type Warning } from "../errors.ts";
import { MemoryTimeline } from "./memory.ts";
import type { Progress, RunOptions } from "./request.ts";

/** The caller's AbortSignal fired. */
export class AbortedError extends SluiceError {
  /** `saved` are configs that had been saved by then; `reason` is the signal's, kept as the cause. */
  constructor(
    readonly saved: readonly string[] = [],
    reason?: unknown,
  ) {
    super(
      "ABORTED",
      `the run was stopped before it ended; ${savedText(saved)}`,
      {},
      reason === undefined ? undefined : { cause: reason },
    );
  }
}

/** The caller's `onProgress` threw: the call ends with that, and what was thrown is the cause. */
export function progressThrew(cause: unknown): InputError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new InputError(
    "PROGRESS_THREW",
    `onProgress threw, so the call was stopped: ${found}`,
    { where: "onProgress", found, expected: "a function that returns", remedy: "catch the error inside onProgress" },
    { cause },
  );
}

/** What became of the configs, in words. */
export function savedText(saved: readonly string[]): string {
  return saved.length === 0 ? "nothing was saved" : `saved before that: ${saved.join(", ")}`;
}

/** A listener who hears nothing for half a second may think that the run hangs; pieces of work are much shorter. */
const mostSilentMs = 250;

/** What accompanies one run: its progress, its memory timeline, and the caller's wish to stop. */
export class Session {
  readonly timeline = new MemoryTimeline();
  /** What the result should tell its reader, each once. */
  readonly warnings: Warning[] = [];

  private lastWord: Progress | null = null;
  private saidMs = 0;

  constructor(private readonly options: RunOptions = {}) {}

  /** Throws AbortedError where the caller asked to stop. */
  readonly checkAborted = (): void => {
    const { signal } = this.options;
    if (signal?.aborted) throw new AbortedError([], signal.reason);
  };

  /** Between two pieces of work: stops where that is wanted, and says the last word again where nothing was said for long. */
  readonly beat = (): void => {
    this.checkAborted();
    this.sayAgain();
  };

  /** Says the last word again where nothing was said for long. */
  readonly sayAgain = (): void => {
    if (this.lastWord && performance.now() - this.saidMs >= mostSilentMs) this.tell(this.lastWord);
  };

  say(phase: string, message: string, fraction?: number): void {
    this.tell({ phase, message, ...(fraction !== undefined && { fraction }) });
  }

  private tell(word: Progress): void {
    this.lastWord = word;
    this.saidMs = performance.now();
    try {
      this.options.onProgress?.(word);
    } catch (cause) {
      // A run inside another speaks through it.
      if (cause instanceof InputError && cause.code === "PROGRESS_THREW") throw cause;
      throw progressThrew(cause);
    }
  }

  /** Notes a warning that goes into the result; the same code and message count once. */
  warn(code: string, message: string): void {
    if (!this.warnings.some((warning) => warning.code === code && warning.message === message))
      this.warnings.push({ code, message });
  }

  /** One phase from start to end, on the timeline. */
  async phase<T>(name: string, message: string, work: () => Promise<T>): Promise<T> {
    this.say(name, message);
    return this.timeline.during(name, async () => {
      await this.breathe();
      return work();
    });
  }

  /**
   * Does work whose files must not be left half-written by whoever stops the run. Where something of it `stays`, the run is heard to its
   * end from then on, so that nobody is told that nothing was saved.
   */
  withFiles<T>(work: () => Promise<T>, stays?: (done: T) => boolean): Promise<T> {
    this.checkAborted();
    return this.options.withFiles ? this.options.withFiles(work, stays) : work();
  }

  /** Lets other work of the process, and a pending abort, have their turn. */
  async breathe(): Promise<void> {
    await setImmediate();
    this.beat();
  }

  /** Notes the core's memory of the work just done. */
  noteLinearMemory(bytes: number): void {
    this.timeline.linearMemoryBytes = Math.max(this.timeline.linearMemoryBytes, bytes);
  }
}
