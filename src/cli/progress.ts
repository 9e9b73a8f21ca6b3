import { shorten } from "../report/lines.ts";
import { escaped } from "../text.ts";
import type { ProgressEvent } from "./verb.ts";

/** Where progress is shown. */
export interface ProgressOutput {
  readonly write: (text: string) => void;
  /** One line rewritten in place; otherwise a plain line now and then, so that a cron mail stays short. */
  readonly inPlace: boolean;
  readonly columns: number;
  readonly now: () => number;
  /** Calls `work` every so many milliseconds until the function that it returns is called. */
  readonly every: (periodMs: number, work: () => void) => () => void;
}

/** An interval that does not keep a process alive. */
export function interval(periodMs: number, work: () => void): () => void {
  const timer = setInterval(work, periodMs).unref();
  return () => clearInterval(timer);
}

/** A clock that shows seconds must be looked at more often. */
const redrawMs = 250;
/** No terminal is quicker, nor any reader. */
const leastRedrawMs = 50;
/** Where lines are kept: the first one, so that short commands say nothing, and the others. */
const firstLineMs = 1000;
const lineMs = 10_000;

/** Shows how far a command is. `end` leaves the terminal clean, even after an error. */
export class Progress {
  readonly #output: ProgressOutput;
  readonly #beganMs: number;
  readonly #stop: () => void;
  /** Until something is heard, the command is loading its parts. */
  #event: ProgressEvent | null = { phase: "starting", message: "", remainingMs: null };
  #heardMs: number;
  #hasDrawn = false;
  #drawnMs = Number.NEGATIVE_INFINITY;
  #nextLineMs: number;
  #share = 0;

  constructor(output: ProgressOutput) {
    this.#output = output;
    this.#beganMs = output.now();
    this.#heardMs = this.#beganMs;
    this.#nextLineMs = this.#beganMs + firstLineMs;
    this.#stop = output.every(redrawMs, () => this.#draw());
  }

  show(event: ProgressEvent): void {
    this.#event = event;
    this.#heardMs = this.#output.now();
    this.#share = Math.max(this.#share, Math.min(1, event.share || 0));
    this.#draw();
  }

  end(): void {
    this.#stop();
    if (this.#output.inPlace && this.#hasDrawn) this.#output.write("\r\u001b[2K");
    this.#event = null;
  }

  #draw(): void {
    const { inPlace, write, now, columns } = this.#output;
    if (this.#event === null) return;
    const nowMs = now();
    if (inPlace) {
      if (nowMs - this.#drawnMs < leastRedrawMs) return;
      this.#drawnMs = nowMs;
      this.#hasDrawn = true;
      write(`\r\u001b[2K${progressLine(this.#standing(nowMs), columns - 1)}`);
    } else if (nowMs >= this.#nextLineMs) {
      this.#nextLineMs = nowMs + lineMs;
      write(`${plainLine(this.#standing(nowMs))}\n`);
    }
  }

  #standing(nowMs: number): ShownProgress {
    const { phase, message, remainingMs } = this.#event!;
    const elapsedMs = nowMs - this.#beganMs;
    const known = remainingMs === undefined ? this.#leftByShare() : remainingMs;
    // It goes on while nothing is heard.
    const leftMs = known === null ? null : Math.max(0, known - (nowMs - this.#heardMs));
    return { text: escaped(`${phase} ${message}`.trim()), share: this.#share, elapsedMs, leftMs };
  }

  /** Where the event does not say it: if the rest takes as long for its size. */
  #leftByShare(): number | null {
    const elapsedMs = this.#heardMs - this.#beganMs;
    return this.#share < 0.02 || elapsedMs < firstLineMs ? null : (elapsedMs / this.#share) * (1 - this.#share);
  }
}

/** What a line shows. */
export interface ShownProgress {
  readonly text: string;
  /** Of the whole command, 0-1. */
  readonly share: number;
  readonly elapsedMs: number;
  readonly leftMs: number | null;
}

/** ` 41% [########------------] 0:37, 0:52 left  phase4 walking forward, window 3 of 6`, at most so wide. */
export function progressLine({ text, share, elapsedMs, leftMs }: ShownProgress, width: number): string {
  const cells = width >= 90 ? 20 : 10;
  const full = Math.floor(cells * share);
  const bar = `[${"#".repeat(full)}${"-".repeat(cells - full)}]`;
  const left = leftMs === null ? "" : `, ${clock(Math.max(1000, leftMs))} left`;
  return shorten(`${percentText(share)} ${bar} ${clock(elapsedMs)}${left}  ${text}`, width);
}

/** `0:37   41%, 0:52 left  phase4 walking forward, window 3 of 6`. */
function plainLine({ text, share, elapsedMs, leftMs }: ShownProgress): string {
  const left = leftMs === null ? "" : `, ${clock(Math.max(1000, leftMs))} left`;
  return shorten(`${clock(elapsedMs)}  ${percentText(share)}${left}  ${text}`, 100);
}

/** Whole percent, rounded down: 100 is the end. */
const percentText = (share: number): string => `${Math.floor(100 * share)}%`.padStart(4);

/** `0:37`, `12:05`, `3:10:00`. */
function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
