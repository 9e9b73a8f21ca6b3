import { CoreFault } from "../errors.ts";
import type { SweepJob } from "./sweepJob.ts";
import type { SweepPlan } from "./sweepLayout.ts";
import { meetingBytes } from "./sweepRegions.ts";

/** Where in that region the text begins. */
const textAt = 64;
const ARRIVED = 0;
const GENERATION = 1;
const STOPPED = 2;
const LEFT = 3;
/** The next part of each round of work that is not yet anybody's. */
const NEXT = { pack: 5, bounds: 6, settle: 7 } as const;

/** Work that is shared out once a sweep. */
export type Round = keyof typeof NEXT;

/** How long a thread waits for another that does not respond. */
const patienceMs = 120_000;

/** Another thread stopped: this one's work is no longer needed. */
export class CrewStopped extends Error {}

/** The threads that share one sweep, as one of them sees it. All take the same steps and meet between them. */
export class Crew {
  private readonly words: Int32Array;
  private readonly text: Uint8Array;
  /** Where the numbers of the next share of each round begin. */
  private readonly bases = { pack: 0, bounds: 0, settle: 0 };

  constructor(
    memory: WebAssembly.Memory,
    meeting: number,
    readonly index: number,
    readonly count: number,
  ) {
    this.words = new Int32Array(memory.buffer, meeting, textAt / 4);
    this.text = new Uint8Array(memory.buffer, meeting + textAt, meetingBytes - textAt);
  }

  /** Initialises the region before any other thread starts. */
  open(): void {
    this.words.fill(0);
    this.text.fill(0);
  }

  /** Waits until all threads have arrived. Throws CrewStopped if one has given up. */
  meet(): void {
    if (this.count === 1) return;
    const { words } = this;
    const generation = Atomics.load(words, GENERATION);
    if (Atomics.add(words, ARRIVED, 1) === this.count - 1) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.add(words, GENERATION, 1);
      Atomics.notify(words, GENERATION);
    } else
      while (Atomics.load(words, GENERATION) === generation) {
        this.check();
        if (Atomics.wait(words, GENERATION, generation, patienceMs) === "timed-out") this.stop();
      }
    this.check();
  }

  /** Throws CrewStopped if a thread has given up. */
  check(): void {
    if (this.count > 1 && Atomics.load(this.words, STOPPED) !== 0) throw new CrewStopped("another thread stopped");
  }

  /** Gives up: every other thread stops at its next step. */
  stop(): void {
    if (this.count === 1) return;
    Atomics.store(this.words, STOPPED, 1);
    Atomics.add(this.words, GENERATION, 1);
    Atomics.notify(this.words, GENERATION);
  }

  /** Gives up with a reason for the leading thread. */
  fail(error: unknown): void {
    if (!(error instanceof CrewStopped))
      this.text.set(new TextEncoder().encode(String(error)).subarray(0, this.text.length));
    this.stop();
  }

  /** Why another thread failed; empty if none did. */
  get failure(): string {
    const end = this.text.indexOf(0);
    return new TextDecoder().decode(this.text.slice(0, end < 0 ? this.text.length : end));
  }

  /**
   * Numbers 0 .. `count` - 1 of a round, each to one thread only: who comes late takes fewer. All threads meet before the next share of
   * the same round.
   */
  *share(round: Round, count: number): Generator<number> {
    const base = this.bases[round];
    // Every thread takes one number too many.
    this.bases[round] += count + this.count;
    for (;;) {
      const next = Atomics.add(this.words, NEXT[round], 1) - base;
      if (next >= count) return;
      this.check();
      yield next;
    }
  }

  /** This thread's part of `length` elements. */
  partOf(length: number): [from: number, to: number] {
    return [Math.floor((length * this.index) / this.count), Math.floor((length * (this.index + 1)) / this.count)];
  }

  /** Dismisses the other threads and waits until they no longer use the memory. */
  disband(): void {
    if (this.count === 1) return;
    const { words } = this;
    this.stop();
    for (;;) {
      const left = Atomics.load(words, LEFT);
      if (left >= this.count - 1) return;
      if (Atomics.wait(words, LEFT, left, patienceMs) === "timed-out")
        throw new CoreFault("CORE_WORKER", "a worker thread did not answer", {
          found: `no response for ${patienceMs / 1000} s`,
          remedy: "run again with --threads 1",
        });
    }
  }

  /** A follower's last message. */
  leave(): void {
    Atomics.add(this.words, LEFT, 1);
    Atomics.notify(this.words, LEFT);
  }
}

/** What a worker needs to take its share. */
export interface CrewMessage {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly job: SweepJob;
  readonly plan: SweepPlan;
  readonly mostCapture: number;
  readonly index: number;
  readonly count: number;
}

type Column = Float64Array | Uint16Array | Int32Array | Int8Array | Uint8Array | Uint32Array;

const copies = new WeakMap<object, ArrayBufferView>();

/**
 * A column that threads can share without copying it: itself where it already stands in shared memory, else one copy, made once. A column that is
 * written to again must stand in shared memory, or threads go on with the first copy.
 */
export function toShared<One extends Column>(column: One): One {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const known = copies.get(column) as One | undefined;
  if (known) return known;
  const copy = sharedCopy(column);
  copies.set(column, copy);
  return copy;
}

/** A copy in shared memory, the caller's own. */
export function sharedCopy<One extends Column>(column: One): One {
  const Type = column.constructor as new (buffer: SharedArrayBuffer) => One;
  const copy = new Type(new SharedArrayBuffer(column.byteLength));
  copy.set(column as never);
  return copy;
}
