import { closed, type OpeningCount } from "../opening.ts";
import { AbortedError } from "../run/session.ts";

const stopAt = 0;
const filesAt = 1;
const opensAt = 2;
const ended = -1;

/**
 * What two threads share: the request to stop, whether files are being written that must not be left half done, and how many files are
 * being opened.
 */
export class Interruption {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(buffer = new SharedArrayBuffer(12)) {
    this.words = new Int32Array(buffer);
  }

  /** Where openings are counted. */
  get openings(): OpeningCount {
    return { words: this.words, at: opensAt };
  }

  /** Throws if a stop was requested. */
  readonly check = (): void => {
    if (this.aborted) throw new AbortedError();
  };

  stop(): void {
    Atomics.store(this.words, stopAt, 1);
  }

  get aborted(): boolean {
    return Atomics.load(this.words, stopAt) !== 0;
  }

  /**
   * Does work that must not be interrupted; none begins once the thread may be terminated. If part of the work `stays`, the thread may no
   * longer be terminated, so that it can report it.
   */
  readonly withFiles = async <T>(work: () => Promise<T>, stays?: (done: T) => boolean): Promise<T> => {
    for (;;) {
      const open = Atomics.load(this.words, filesAt);
      if (open === ended) throw new AbortedError();
      if (Atomics.compareExchange(this.words, filesAt, open, open + 1) === open) break;
    }
    let isKept = false;
    try {
      const done = await work();
      isKept = stays?.(done) ?? false;
      return done;
    } finally {
      if (!isKept) Atomics.sub(this.words, filesAt, 1);
    }
  };

  /** Whether the call may be answered: no file is being written, and from then on none will be. */
  mayAnswer(): boolean {
    const open = Atomics.compareExchange(this.words, filesAt, 0, ended);
    return open === 0 || open === ended;
  }

  /** Whether the thread may be terminated at any point; from then on it writes and opens nothing. */
  mayEnd(): boolean {
    if (!this.mayAnswer()) return false;
    const open = Atomics.compareExchange(this.words, opensAt, 0, closed);
    return open === 0 || open === closed;
  }
}
