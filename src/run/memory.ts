import type { MemorySample } from "./results.ts";

/** What is read at one moment, in bytes. */
export type MemoryReading = Pick<NodeJS.MemoryUsage, "rss" | "heapUsed" | "arrayBuffers">;

/** Where the readings come from; tests bring their own. */
export interface MemorySource {
  readonly read: () => MemoryReading;
  /** Milliseconds on any clock that does not run backwards. */
  readonly now: () => number;
}

const thisProcess: MemorySource = { read: () => process.memoryUsage(), now: () => performance.now() };

/** The process's memory at the start and the end of every phase of a run. Times count from the creation of the timeline. */
export class MemoryTimeline {
  /** Current linear memory of the core, bytes: set by whoever creates or drops one. */
  linearMemoryBytes = 0;
  readonly #samples: MemorySample[] = [];
  readonly #source: MemorySource;
  readonly #beganMs: number;

  constructor(source: MemorySource = thisProcess) {
    this.#source = source;
    this.#beganMs = source.now();
  }

  /** In the order taken. */
  get samples(): readonly MemorySample[] {
    return this.#samples;
  }

  start(phase: string): void {
    this.#sample(phase, "start");
  }

  end(phase: string): void {
    this.#sample(phase, "end");
  }

  /** A phase from start to end; the end is sampled even if the work throws. */
  async during<T>(phase: string, work: () => T | Promise<T>): Promise<T> {
    this.start(phase);
    try {
      return await work();
    } finally {
      this.end(phase);
    }
  }

  #sample(phase: string, event: MemorySample["event"]): void {
    const reading = this.#source.read();
    this.#samples.push({
      phase,
      event,
      rss: reading.rss,
      heap_used: reading.heapUsed,
      array_buffers: reading.arrayBuffers,
      linear_memory: this.linearMemoryBytes,
      milliseconds: this.#source.now() - this.#beganMs,
    });
  }
}
