import { InputError, SluiceError, type Warning } from "../errors.ts";
import { nextTurn } from "../nodeModule.ts";
import { MemoryTimeline } from "./memory.ts";
import { Meter } from "./meter.ts";
import type { Progress, RunOptions } from "./request.ts";

/** The caller's AbortSignal fired. */
export class AbortedError extends SluiceError {
  /** `saved` are the configs saved by then; `reason` is the signal's, kept as the cause. */
  constructor(
    /** Paths of configs that had been saved before the run was stopped. */
    readonly saved: readonly string[] = [],
    reason?: unknown,
  ) {
    super(
      "ABORTED",
      `the run was aborted; ${savedText(saved)}`,
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

/** Which configs were saved, in words. */
export function savedText(saved: readonly string[]): string {
  return saved.length === 0 ? "nothing was saved" : `saved before that: ${saved.join(", ")}`;
}

/** Progress without what the meter knows. */
type Word = Pick<Progress, "phase" | "message" | "fraction">;

/** Without progress for half a second a run may seem to hang; single pieces of work are much shorter. */
const mostSilentMs = 250;

/** One run's progress, memory timeline, and abort signal. */
export class Session {
  readonly timeline = new MemoryTimeline();
  /** Warnings for the result, each once. */
  readonly warnings: Warning[] = [];

  /** How far the call is. */
  readonly meter = new Meter();

  private lastWord: Word | null = null;
  private saidMs = 0;

  constructor(private readonly options: RunOptions = {}) {}

  /** Throws AbortedError if the caller asked to stop. */
  readonly checkAborted = (): void => {
    const { signal } = this.options;
    if (signal?.aborted) throw new AbortedError([], signal.reason);
  };

  /** Between two pieces of work: stops if requested, and repeats the last progress if none was reported for a while. */
  readonly beat = (): void => {
    this.checkAborted();
    this.sayAgain();
  };

  /** Repeats the last progress if none was reported for a while. */
  readonly sayAgain = (): void => {
    if (this.lastWord && performance.now() - this.saidMs >= mostSilentMs) this.tell(this.lastWord);
  };

  say(phase: string, message: string, fraction?: number): void {
    this.tell({ phase, message, ...(fraction !== undefined && { fraction }) });
  }

  /** The call has done what it was for: its last word. */
  finish(): void {
    this.meter.finish();
    if (this.lastWord) this.tell(this.lastWord);
  }

  /** Does one expected piece of work: see `Meter`. */
  async piece<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.meter.begin(name);
    try {
      return await work();
    } finally {
      this.meter.end();
    }
  }

  private tell(word: Word): void {
    this.lastWord = word;
    this.saidMs = performance.now();
    try {
      this.options.onProgress?.({ ...word, ...this.meter.standing() });
    } catch (cause) {
      // A run inside another reports through it.
      if (cause instanceof InputError && cause.code === "PROGRESS_THREW") throw cause;
      throw progressThrew(cause);
    }
  }

  /** Adds a warning to the result; the same code and message count once. */
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
   * Does work whose files must not be left half-written if the run is stopped. If part of the work `stays`, the run can no longer be
   * stopped, so that nobody is told that nothing was saved.
   */
  withFiles<T>(work: () => Promise<T>, stays?: (done: T) => boolean): Promise<T> {
    this.checkAborted();
    return this.uninterrupted(work, stays);
  }

  /** The same for work that may still be needed after a stop was requested: the records of a run that has saved a config. */
  uninterrupted<T>(work: () => Promise<T>, stays?: (done: T) => boolean): Promise<T> {
    return this.options.withFiles ? this.options.withFiles(work, stays) : work();
  }

  /** Yields to other work of the process and to a pending abort. */
  async breathe(): Promise<void> {
    await nextTurn();
    this.beat();
  }

  /** Records the core's memory for the work just done. */
  noteLinearMemory(bytes: number): void {
    this.timeline.linearMemoryBytes = Math.max(this.timeline.linearMemoryBytes, bytes);
  }
}
